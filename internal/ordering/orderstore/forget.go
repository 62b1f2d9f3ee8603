package orderstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/kitchen/kitchenstore"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// forgotten is how many rows one transaction forgets: the document of each order is computed anew at its end.
const forgotten = 100

// Forget erases a person from their quotes, orders and refunds: name, phone, e-mail and address, by what a guest is known again,
// tokens, what they wrote, and what others wrote as the reason of a move or a refund, which may speak of them. What was sold, paid
// and given back stays. It tells whether it was clean before: nothing was there, and nothing has to wait for an order that isn't
// finished, a payment that is due, or whoever is at work on one.
func (s *Store) Forget(ctx context.Context, person uuid.UUID) (clean bool, err error) {
	quotes, err := s.forgetQuotes(ctx, person)
	if err != nil {
		return false, fmt.Errorf("forget the customer of quotes: %w", err)
	}
	orders, err := postgres.Repeat(ctx, func(ctx context.Context) (int64, error) { return s.forgetOrders(ctx, person) })
	if err != nil {
		return false, fmt.Errorf("forget the customer of orders: %w", err)
	}
	refunds, err := postgres.Repeat(ctx, func(ctx context.Context) (int64, error) { return s.forgetRefunds(ctx, person) })
	if err != nil {
		return false, fmt.Errorf("forget the author of refunds: %w", err)
	}
	var waits bool
	err = s.db.WithContext(ctx).Raw(`
		SELECT EXISTS (SELECT FROM public.orders AS o WHERE o.customer_id = ? AND o.forgotten_at IS NULL) OR EXISTS (`+signedRefunds+`)`,
		person, person, person).Find(&waits).Error
	if err != nil {
		return false, fmt.Errorf("look for orders and refunds that wait to be forgotten: %w", err)
	}
	return quotes+orders+refunds == 0 && !waits, nil
}

// forgetOrders forgets the customer of some orders that are finished, with their payment and refunds, and locks them in the order
// in which commands do.
func (s *Store) forgetOrders(ctx context.Context, person uuid.UUID) (done int64, err error) {
	err = postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var ids []uuid.UUID
		err := tx.Raw(`
			SELECT o.id
			FROM public.orders AS o
			JOIN public.payments AS p ON p.order_id = o.id
			WHERE o.customer_id = ? AND o.forgotten_at IS NULL AND o.status IN ('DELIVERED', 'PICKED_UP', 'CANCELLED', 'REJECTED')
				AND p.due IS NULL AND p.refunds_due_at IS NULL
			ORDER BY o.id
			LIMIT ?`+lockBoth+` SKIP LOCKED`, person, forgotten).Find(&ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		done = int64(len(ids))
		for _, sql := range []string{
			`
			UPDATE public.orders AS o
			SET
				customer_name = (SELECT c.name FROM public.customers AS c WHERE c.id = o.customer_id), customer_phone = NULL, customer_email = NULL,
				street = NULL, city = NULL, postal_code = NULL, address_notes = NULL, special_instructions = NULL,
				forgotten_at = pg_catalog.now()
			WHERE o.id IN ?`, `
			UPDATE public.order_items AS i SET instructions = NULL WHERE i.order_id IN ? AND i.instructions IS NOT NULL`, `
			UPDATE public.ticket_items AS i
			SET was = (i.was::jsonb || '{"instructions": null}')::json
			FROM public.tickets AS t
			WHERE t.id = i.ticket_id AND t.order_id IN ? AND i.was IS NOT NULL`, `
			UPDATE public.order_amendments AS a
			SET before = jsonb_set(a.before::jsonb, '{items}', (
				SELECT jsonb_agg(item || '{"instructions": null}') FROM jsonb_array_elements(a.before::jsonb -> 'items') AS item
			))::json
			WHERE a.order_id IN ?`, `
			UPDATE public.payment_supplements AS s
			SET token = NULL, action_client_secret = NULL, action_url = NULL, amendment = NULL
			WHERE s.order_id IN ?`, `
			UPDATE public.payments AS p SET token = NULL, action_client_secret = NULL, action_url = NULL WHERE p.order_id IN ?`, `
			UPDATE public.refunds AS r SET reason = '' WHERE r.order_id IN ? AND r.actor_role <> 'SYSTEM'`, `
			DELETE FROM public.order_tokens AS t WHERE t.order_id IN ?`, `
			DELETE FROM public.guest_orders AS g WHERE g.order_id IN ?`, `
			DELETE FROM public.guest_networks AS n WHERE n.order_id IN ?`, `
			UPDATE public.promotion_redemptions AS r
			SET customer_id = o.customer_id
			FROM public.orders AS o
			WHERE o.id = r.order_id AND r.customer_id <> o.customer_id AND r.order_id IN ?`,
		} {
			if err := tx.Exec(sql, ids).Error; err != nil {
				return err
			}
		}
		tickets, err := kitchenstore.ForgetWords(tx, ids)
		if err != nil {
			return err
		}
		return events.ForgetAggregates(tx, person, slices.Concat(ids, tickets))
	})
	return done, err
}

// signedRefunds are the refunds that have the name of the manager who made them, whose id is given twice. They are found by their
// events, which an index has by author.
const signedRefunds = `
	SELECT f.id
	FROM public.refunds AS f
	WHERE f.actor_id = ? AND f.actor_name IS NOT NULL AND f.order_id IN (
		SELECT e.stream_id FROM public.events AS e WHERE ` + events.Audited + ` AND e.actor_id = ? AND e.type = 'REFUNDED'
	)`

// forgetRefunds takes a manager's name from some of the refunds that the manager made. One that somebody else has locked waits for
// the next time.
func (s *Store) forgetRefunds(ctx context.Context, person uuid.UUID) (done int64, err error) {
	updated := s.db.WithContext(ctx).Exec(`
		UPDATE public.refunds AS r
		SET actor_name = NULL
		WHERE r.id IN (`+signedRefunds+` LIMIT ? FOR NO KEY UPDATE SKIP LOCKED)`, person, person, forgotten)
	return updated.RowsAffected, updated.Error
}
