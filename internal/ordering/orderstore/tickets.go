package orderstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/kitchen/kitchenstore"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/text"
)

// followTickets opens the ticket of an order that has been confirmed, and has the ticket of one follow what was done with the
// order itself.
func followTickets(tx *gorm.DB, order *ordering.Order) error {
	var followed []ordering.Event
	for _, e := range order.Events() {
		switch e.Type { //nolint:exhaustive // the others change nothing in the kitchen
		case ordering.OrderConfirmed:
			if err := kitchenstore.OpenTicket(tx, order.State().ID, e.Actor, e.At); err != nil {
				return err
			}
		case ordering.PreparationStarted, ordering.OrderReady, ordering.OrderCancelled, ordering.OrderRejected, ordering.OrderAmended:
			followed = append(followed, e)
		}
	}
	if len(followed) == 0 {
		return nil
	}
	ticket, err := kitchenstore.LoadTicket(tx, order.State().ID)
	if err != nil || ticket == nil {
		return err
	}
	for _, e := range followed {
		if e.Type != ordering.OrderAmended {
			ticket.Follow(e)
			continue
		}
		items, err := changedItems(*e.Amendment)
		if err != nil {
			return err
		}
		if err := kitchenstore.ChangeTicket(tx, ticket, order.State().ID, items, e.Actor, e.Reason, e.At); err != nil {
			return err
		}
		if ticket.State().Status == kitchen.Done {
			order.ReadyByTicket(e.At)
		}
	}
	return kitchenstore.SaveTicket(tx, ticket)
}

// changedItems are what an amendment changes, as a ticket remembers it.
func changedItems(a ordering.Amendment) ([]kitchen.ChangedItem, error) {
	items := make([]kitchen.ChangedItem, len(a.Changes))
	for i, change := range a.Changes {
		items[i].ItemID = change.ItemID
		if change.Before == nil {
			continue
		}
		was, err := text.JSON(change.Before)
		if err != nil {
			return nil, fmt.Errorf("write what an item was: %w", err)
		}
		items[i].Was = was
	}
	return items, nil
}

// actionRow is what a screen has told, and what became of it.
type actionRow struct {
	ID       uuid.UUID
	TicketID uuid.UUID
	Kind     kitchen.ActionKind
	Outcome  kitchen.Outcome
	Reason   *kitchen.Why
	ToldAt   time.Time
}

func (actionRow) TableName() string { return "public.kitchen_actions" }

// Act loads a ticket of a location, and its order, under their locks, lets do decide, and saves both with the verdict: all of
// that, or nothing. An action that was told before isn't done again: its verdict is returned. found is false if there is no
// such ticket there.
func (s *Store) Act(
	ctx context.Context, at uuid.UUID, a kitchen.Action, now time.Time, do func(*kitchen.Ticket, *ordering.Order, uuid.UUID) (kitchen.Verdict, error),
) (v kitchen.Verdict, found bool, err error) {
	err = postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var of []struct{ OrderID, Expo uuid.UUID }
		err := tx.Raw(`
			SELECT t.order_id, s.id AS expo
			FROM public.tickets AS t
			JOIN public.stations AS s ON s.location_id = t.location_id AND s.is_expo
			WHERE t.id = ? AND t.location_id = ?`, a.TicketID, at).Find(&of).Error
		if err != nil {
			return fmt.Errorf("look up ticket: %w", err)
		}
		if found = len(of) > 0; !found {
			return nil
		}
		before, err := load(tx, of[0].OrderID, lockBoth) // the order first, as whatever moves it does
		if err != nil {
			return err
		}
		told := []actionRow{}
		if err := tx.Where("id = ?", a.ID).Find(&told).Error; err != nil {
			return fmt.Errorf("look up action: %w", err)
		}
		if len(told) > 0 {
			v = kitchen.Verdict{Outcome: told[0].Outcome, Why: told[0].Reason}
			return nil
		}
		ticket, err := kitchenstore.LoadTicket(tx, before.ID)
		if err != nil {
			return err
		}
		order := ordering.Restore(before)
		if v, err = do(ticket, order, of[0].Expo); err != nil {
			return err
		}
		row := actionRow{a.ID, a.TicketID, a.Kind, v.Outcome, v.Why, now}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("insert action: %w", err)
		}
		if err := kitchenstore.SaveTicket(tx, ticket); err != nil {
			return err
		}
		return saveMoved(tx, before, order)
	})
	return v, found, err
}

// Overtaken returns the numbers of the orders that were to be done before a ticket's, in order.
func (s *Store) Overtaken(ctx context.Context, ticket uuid.UUID) ([]string, error) {
	var numbers []string
	err := s.db.WithContext(ctx).Raw(`
		SELECT o.number::text
		FROM public.tickets AS t
		JOIN public.tickets AS b ON b.location_id = t.location_id AND (b.due_at, b.id) < (t.due_at, t.id) AND NOT b.is_rush
		JOIN public.orders AS o ON o.id = b.order_id
		WHERE t.id = ? AND b.status = 'OPEN'
		ORDER BY b.due_at, b.id
		LIMIT 20`, ticket).Find(&numbers).Error
	if err != nil {
		return nil, fmt.Errorf("look for what a rush overtakes: %w", err)
	}
	return numbers, nil
}

// Due returns tickets of which something may begin by now, at most so many, the longest due first.
func (s *Store) Due(ctx context.Context, now time.Time, most int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		SELECT t.id FROM public.tickets AS t WHERE t.next_fire_at <= ? ORDER BY t.next_fire_at LIMIT ?`, now, most).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("look for tickets to fire: %w", err)
	}
	return ids, nil
}

// UpdateTicket loads a ticket under its lock, lets change decide, and saves it. A ticket that has gone changes nothing.
func (s *Store) UpdateTicket(ctx context.Context, id uuid.UUID, change func(*kitchen.Ticket) error) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		ticket, err := kitchenstore.LoadTicket(tx, id)
		if err != nil || ticket == nil {
			return err
		}
		if err := change(ticket); err != nil {
			return err
		}
		return kitchenstore.SaveTicket(tx, ticket)
	})
}

// OpenMissing opens the tickets of some orders in the kitchen that have none, as servers of an earlier version leave them,
// and returns how many.
func (s *Store) OpenMissing(ctx context.Context, now time.Time, most int) (int, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		SELECT o.id
		FROM public.orders AS o
		WHERE o.status IN ('CONFIRMED', 'PREPARING') AND NOT EXISTS (SELECT FROM public.tickets AS t WHERE t.order_id = o.id)
		LIMIT ?`, most).Find(&ids).Error
	if err != nil {
		return 0, fmt.Errorf("look for orders without a ticket: %w", err)
	}
	for _, id := range ids {
		if err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error { return openMissing(tx, id, now) }); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

func openMissing(tx *gorm.DB, id uuid.UUID, now time.Time) error {
	state, err := load(tx, id, lockBoth)
	if err != nil || !slices.Contains([]ordering.Status{ordering.Confirmed, ordering.Preparing}, state.Status) {
		return err
	}
	if err := kitchenstore.OpenTicket(tx, id, auth.System().Author(), now); err != nil || state.Status == ordering.Confirmed {
		return err
	}
	ticket, err := kitchenstore.LoadTicket(tx, id)
	if err != nil || ticket == nil {
		return err
	}
	ticket.Follow(ordering.Event{Type: ordering.PreparationStarted, Actor: auth.System().Author(), At: now})
	return kitchenstore.SaveTicket(tx, ticket)
}

// SweepActions forgets what screens have told 30 days after that: no screen repeats it any more.
func SweepActions() postgres.Sweep {
	return postgres.Sweep{Table: "public.kitchen_actions", Column: "told_at", Keep: 30 * 24 * time.Hour}
}
