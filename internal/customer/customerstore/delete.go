package customerstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// maxUnfinished bounds the orders that a refusal names.
const maxUnfinished = 20

// Delete deletes an account with its sessions, devices, invitation and addresses, takes the name from its customer, and makes it
// due to be erased everywhere else: all of it, or nothing. It fails with NOT_FOUND if there is no such account, with
// UNFINISHED_ORDERS if its customer has any, and with BAD_USER_INPUT if nobody could manage the shop any more.
func (s *Store) Delete(ctx context.Context, id uuid.UUID, by auth.Author) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		account, err := load(tx, id)
		if err != nil {
			return err
		}
		if err := mustHaveFinished(tx, id); err != nil {
			return err
		}
		if account.ManagesAll() {
			if err := mustBeManaged(tx, id); err != nil {
				return err
			}
		}
		now := s.now()
		for _, step := range []struct {
			sql    string
			values []any
		}{
			{`DELETE FROM public.accounts AS a WHERE a.customer_id = ?`, []any{id}}, // and with it sessions, devices, the invitation
			{`DELETE FROM public.customer_addresses AS a WHERE a.customer_id = ?`, []any{id}},
			{`UPDATE public.customers SET name = ?, phone = NULL, deleted_at = ? WHERE id = ?`, []any{customer.Forgotten, now, id}},
			{`INSERT INTO public.erasures (customer_id, requested_at, due_at) VALUES (?, ?, ?)`, []any{id, now, now}},
		} {
			if err := tx.Exec(step.sql, step.values...).Error; err != nil {
				return fmt.Errorf("delete account: %w", err)
			}
		}
		was := rightsOf(account.Rights)
		return events.Append(tx, events.Entry{
			Stream: customer.Stream, ID: id, LocationID: place(account.Rights), Type: customer.AccountDeleted, By: by, At: now, Payload: removed{&was},
		})
	})
}

// removed is the payload of a deletion.
type removed struct {
	Before *rights `json:"before"`
}

// mustHaveFinished refuses to go on while the customer has orders that aren't finished. Its lock waits for orders that are being
// placed, whose foreign keys hold the row. One that is placed by a session that ends a moment later is made and delivered, and
// forgotten after that.
func mustHaveFinished(tx *gorm.DB, customerID uuid.UUID) error {
	if err := tx.Exec(`SELECT FROM public.customers AS c WHERE c.id = ? FOR UPDATE`, customerID).Error; err != nil {
		return fmt.Errorf("lock customer: %w", err)
	}
	var open []uuid.UUID
	err := tx.Raw(`
		SELECT o.id
		FROM public.orders AS o
		WHERE o.customer_id = ? AND o.status IN ('PENDING', 'CONFIRMED', 'PREPARING', 'READY', 'OUT_FOR_DELIVERY')
		ORDER BY o.placed_at, o.id
		LIMIT ?`, customerID, maxUnfinished).Find(&open).Error
	switch {
	case err != nil:
		return fmt.Errorf("look for unfinished orders: %w", err)
	case len(open) > 0:
		return customer.UnfinishedOrders(open)
	}
	return nil
}

// DueErasure takes the erasure that has been due longest, and keeps it from others until the time given; found is false if none
// is due.
func (s *Store) DueErasure(ctx context.Context, now, until time.Time) (due customer.Erasure, found bool, err error) {
	var row struct {
		CustomerID  uuid.UUID
		RequestedAt time.Time
		ErasedAt    *time.Time
	}
	taken := s.db.WithContext(ctx).Raw(`
		UPDATE public.erasures AS e
		SET due_at = ?
		WHERE e.customer_id = (
			SELECT d.customer_id FROM public.erasures AS d WHERE d.due_at <= ? ORDER BY d.due_at LIMIT 1 FOR UPDATE SKIP LOCKED
		)
		RETURNING e.customer_id, e.requested_at, e.erased_at`, until, now).Find(&row)
	if taken.Error != nil {
		return customer.Erasure{}, false, fmt.Errorf("take an erasure: %w", taken.Error)
	}
	return customer.Erasure{PersonID: row.CustomerID, RequestedAt: row.RequestedAt, ErasedAt: row.ErasedAt}, taken.RowsAffected > 0, nil
}

// PostponeErasure has servers go on with it later.
func (s *Store) PostponeErasure(ctx context.Context, person uuid.UUID, until time.Time) error {
	return s.updateErasure(ctx, `due_at = ?`, person, until)
}

// EndErasure records that no table has anything left.
func (s *Store) EndErasure(ctx context.Context, person uuid.UUID, lookAgain time.Time) error {
	return s.updateErasure(ctx, `erased_at = pg_catalog.clock_timestamp(), due_at = ?`, person, lookAgain)
}

// FinishErasure records that nothing is left of the person at all.
func (s *Store) FinishErasure(ctx context.Context, person uuid.UUID, at time.Time) error {
	return s.updateErasure(ctx, `due_at = NULL, finished_at = ?`, person, at)
}

func (s *Store) updateErasure(ctx context.Context, set string, person uuid.UUID, value any) error {
	err := s.db.WithContext(ctx).Exec(`UPDATE public.erasures SET `+set+` WHERE customer_id = ? AND finished_at IS NULL`, value, person).Error
	if err != nil {
		return fmt.Errorf("update erasure: %w", err)
	}
	return nil
}
