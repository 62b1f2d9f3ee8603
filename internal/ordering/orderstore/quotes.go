package orderstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/promotion/promotionstore"
)

type quoteRow struct {
	ID         uuid.UUID
	LocationID uuid.UUID
	CustomerID *uuid.UUID
	Network    string
	Portions   int
	ExpiresAt  time.Time
	Baking     []location.Batch `gorm:"serializer:json"`
	Ordered    ordering.State   `gorm:"serializer:json"`
}

func (quoteRow) TableName() string { return "public.quotes" }

// errHeldMeanwhile is why a quote has to be calculated anew.
var errHeldMeanwhile = errors.New("what a quote was calculated by is held by somebody else, or isn't any more")

// Quote reads a quote that holds what it promises; nil if there is none.
func (s *Store) Quote(ctx context.Context, id uuid.UUID) (*ordering.HeldQuote, error) {
	var row quoteRow
	found := s.db.WithContext(ctx).Where("id = ?", id).Limit(1).Find(&row)
	if found.Error != nil || found.RowsAffected == 0 {
		return nil, found.Error
	}
	return &ordering.HeldQuote{ID: row.ID, CustomerID: row.CustomerID, Network: row.Network, ExpiresAt: row.ExpiresAt, Order: row.Ordered}, nil
}

// Hold stores a quote and what it holds in the place of those that it replaces, in one transaction. It has lost a race if these
// aren't what the client holds any more, or if stock or a promotion doesn't reach by now. It fails with LIMIT_REACHED if the
// network holds too much.
func (s *Store) Hold(ctx context.Context, quote ordering.HeldQuote, limits location.OrderLimits, replaced []uuid.UUID, now time.Time) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		if err := end(tx, quote.CustomerID, replaced); err != nil {
			return err
		}
		row := quoteRow{
			ID: quote.ID, LocationID: quote.Order.LocationID, CustomerID: quote.CustomerID, Network: quote.Network,
			Portions: quote.Order.Portions(), ExpiresAt: quote.ExpiresAt, Baking: quote.Order.Batches, Ordered: quote.Order,
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("insert quote: %w", err)
		}
		if err := allowNetwork(tx, quote.Network, limits); err != nil {
			return err
		}
		if err := promotionstore.Hold(tx, quote.ID, quote.Order.Promotions); err != nil {
			return err
		}
		short, err := inventorystore.Hold(tx, inventorystore.Quote{ID: quote.ID, LocationID: row.LocationID}, quote.Order.Needs(), replaced, now)
		if err == nil && len(short) > 0 {
			return postgres.LostRace(errHeldMeanwhile)
		}
		return err
	})
}

// end deletes the quotes of a client that a new one takes the place of, but for their stock. One account's quotes take turns
// here, and so it has one.
func end(tx *gorm.DB, customer *uuid.UUID, replaced []uuid.UUID) error {
	if customer != nil {
		if err := postgres.TakeTurns(tx, "quotes of "+customer.String()); err != nil {
			return err
		}
	}
	var there []uuid.UUID
	err := tx.Raw(`
		SELECT q.id FROM public.quotes AS q WHERE q.id IN ? OR q.customer_id = ? ORDER BY q.id FOR UPDATE`, replaced, customer).Find(&there).Error
	if err != nil {
		return fmt.Errorf("lock a client's quotes: %w", err)
	}
	if len(there) != len(replaced) || slices.ContainsFunc(there, func(id uuid.UUID) bool { return !slices.Contains(replaced, id) }) {
		return postgres.LostRace(errHeldMeanwhile)
	}
	return deleteQuotes(tx, there)
}

// deleteQuotes gives back what quotes hold that are locked, but for their stock, which is to be changed last: all orders wait
// for it.
func deleteQuotes(tx *gorm.DB, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	if err := promotionstore.GiveBack(tx, ids); err != nil {
		return err
	}
	if err := tx.Exec(`DELETE FROM public.quotes AS q WHERE q.id IN ?`, ids).Error; err != nil {
		return fmt.Errorf("delete quotes: %w", err)
	}
	return nil
}

// allowNetwork refuses what is more than a network may hold, unless it isn't counted. Clients behind one address don't take
// turns for this: they would wait for each other's stock. As many quotes more as are under way at once may slip through.
func allowNetwork(tx *gorm.DB, network string, limits location.OrderLimits) error {
	if network == "" {
		return nil
	}
	var holds ordering.NetworkHolds
	err := tx.Raw(`
		SELECT count(*) AS quotes, coalesce(sum(q.portions), 0) AS portions FROM public.quotes AS q WHERE q.network = ?`, network).Find(&holds).Error
	if err != nil {
		return fmt.Errorf("count what a network holds: %w", err)
	}
	return holds.Allow(limits)
}

// AddQuoted is Add for an order that was quoted. The quote is gone with it, and nobody else can order it. It fails with
// QUOTE_EXPIRED if it was gone before.
func (s *Store) AddQuoted(ctx context.Context, order *ordering.Order, quote uuid.UUID, limits location.OrderLimits) error {
	state := order.State()
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		added, err := insertOrder(tx, state)
		if err != nil || !added {
			return err
		}
		var there []uuid.UUID
		err = tx.Raw(`SELECT q.id FROM public.quotes AS q WHERE q.id = ? AND q.expires_at > ? FOR UPDATE`, quote, state.PlacedAt).Find(&there).Error
		switch {
		case err != nil:
			return fmt.Errorf("lock quote: %w", err)
		case len(there) == 0:
			return ordering.QuoteExpired()
		}
		if err := allow(tx, state, limits); err != nil {
			return err
		}
		if err := promotionstore.RedeemHeld(tx, state.ID, state.PersonID(), quote, state.Promotions); err != nil {
			return err
		}
		if err := tx.Exec(`DELETE FROM public.quotes AS q WHERE q.id = ?`, quote).Error; err != nil {
			return fmt.Errorf("delete quote: %w", err)
		}
		if err := inventorystore.TakeOver(tx, quote, state.ID, state.PlacedAt); err != nil {
			return err
		}
		if err := appendEvents(tx, order); err != nil {
			return err
		}
		return followTickets(tx, order)
	})
}
