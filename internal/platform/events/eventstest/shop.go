// Package eventstest writes orders and their events by plain SQL, for tests of those who read them.
package eventstest

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// Shop is a database with one customer and one location.
type Shop struct {
	*pgtest.Database
	Customer uuid.UUID
	Location uuid.UUID
}

// Executor is a connection, a pool or a transaction.
type Executor interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Open returns a shop without orders in a database of its own.
func Open(t testing.TB, opts ...pgtest.Option) *Shop {
	t.Helper()
	s := &Shop{Database: pgtest.New(t, opts...), Customer: uuid.New()}
	_, err := s.Pool.Exec(t.Context(), `INSERT INTO public.customers (id, name, created_at) VALUES ($1, 'Ada', now())`, s.Customer)
	require.NoError(t, err)
	s.Location = s.AddLocation(t, "EUR")
	return s
}

// Place writes an order with a payment and its first event, in the transaction or on the connection given.
func (s *Shop) Place(ctx context.Context, on Executor) (uuid.UUID, error) {
	id := uuid.New()
	_, err := on.Exec(ctx, `
		WITH placed AS (
			INSERT INTO public.orders (id, version, status, fulfillment, customer_id, customer_name, subtotal_cents,
				discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at)
			VALUES ($1, 1, 'PENDING', 'PICKUP', $2, 'Ada', 900, 0, 0, 0, 0, 900, 'EUR', now())
			RETURNING id
		), paid AS (
			INSERT INTO public.payments (id, order_id, method, status, amount_cents)
			SELECT gen_random_uuid(), id, 'CASH', 'PENDING', 900 FROM placed
		)
		INSERT INTO public.events (at, stream, stream_id, location_id, version, type, to_state, payload, actor_role)
		SELECT now(), 'ORDER', id, $3, 1, 'PLACED', 'PENDING', '{"payment": {"status": "PENDING", "refunded": 0}}', 'CUSTOMER'
		FROM placed`,
		id, s.Customer, s.Location)
	return id, err
}

// eventTo names an event that leads to each state. A test's orders may go anywhere.
var eventTo = map[string]string{
	"PENDING": "PLACED", "CONFIRMED": "CONFIRMED", "PREPARING": "PREPARATION_STARTED", "READY": "READY",
	"PICKED_UP": "PICKED_UP", "CANCELLED": "CANCELLED",
}

// Move gives an order its next event.
func (s *Shop) Move(ctx context.Context, on Executor, order uuid.UUID, to string) error {
	_, err := on.Exec(ctx, `SELECT FROM public.orders WHERE id = $1 FOR UPDATE`, order)
	if err != nil {
		return err
	}
	_, err = on.Exec(ctx, `
		WITH before AS (
			SELECT id, status FROM public.orders WHERE id = $1
		), moved AS (
			UPDATE public.orders AS o SET version = version + 1, status = $2 WHERE o.id = $1 RETURNING o.id, o.version
		), paid AS (
			UPDATE public.payments AS p SET status = 'CAPTURED', refunded_cents = moved.version FROM moved
			WHERE p.order_id = moved.id
		)
		INSERT INTO public.events (at, stream, stream_id, location_id, version, type, from_state, to_state, payload, actor_role)
		SELECT now(), 'ORDER', moved.id, $4, moved.version, $3, before.status, $2,
			jsonb_build_object('payment', jsonb_build_object('status', 'CAPTURED', 'refunded', moved.version)), 'COOK'
		FROM moved JOIN before ON before.id = moved.id`, order, to, eventTo[to], s.Location)
	return err
}

// MustPlace commits an order in state PENDING.
func (s *Shop) MustPlace(t testing.TB) uuid.UUID {
	t.Helper()
	id, err := s.Place(t.Context(), s.Pool)
	require.NoError(t, err)
	return id
}

// MustMove commits one event for each state.
func (s *Shop) MustMove(t testing.TB, order uuid.UUID, states ...string) {
	t.Helper()
	for _, to := range states {
		tx, err := s.Pool.Begin(t.Context())
		require.NoError(t, err)
		require.NoError(t, s.Move(t.Context(), tx, order, to))
		require.NoError(t, tx.Commit(t.Context()))
	}
}

// Key names an event.
type Key struct {
	ID      uuid.UUID // the order's
	Version int
}

// Written lists all events there are.
func (s *Shop) Written(t testing.TB) []Key {
	t.Helper()
	rows, err := s.Pool.Query(t.Context(), `SELECT stream_id, version FROM public.events ORDER BY stream_id, version`)
	require.NoError(t, err)
	keys, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (k Key, err error) {
		return k, row.Scan(&k.ID, &k.Version)
	})
	require.NoError(t, err)
	return keys
}

var states = []string{"PENDING", "CONFIRMED", "PREPARING", "READY"}

// Write makes transactions until ctx ends, each with some events of new and of known orders. One in five is rolled
// back, one in ten stays open for long. Errors are those of a busy database, and roll back as well.
func (s *Shop) Write(ctx context.Context, seed uint64) {
	random := rand.New(rand.NewPCG(seed, seed))
	var known []uuid.UUID
	for ctx.Err() == nil {
		known = append(known, s.writeOnce(ctx, random, known)...)
	}
}

func (s *Shop) writeOnce(ctx context.Context, random *rand.Rand, known []uuid.UUID) (placed []uuid.UUID) {
	ctx = context.WithoutCancel(ctx)
	tx, err := s.Pool.Begin(ctx)
	if err != nil {
		return nil
	}
	defer func() { _ = tx.Rollback(ctx) }()
	for range 1 + random.IntN(4) {
		if len(known) == 0 || random.IntN(3) == 0 {
			id, err := s.Place(ctx, tx)
			if err != nil {
				return nil
			}
			placed = append(placed, id)
			continue
		}
		if s.Move(ctx, tx, known[random.IntN(len(known))], states[random.IntN(len(states))]) != nil {
			return nil
		}
		time.Sleep(time.Duration(random.IntN(2)) * time.Millisecond)
	}
	if random.IntN(10) == 0 {
		time.Sleep(time.Duration(random.IntN(400)) * time.Millisecond)
	}
	if random.IntN(5) == 0 || tx.Commit(ctx) != nil {
		return nil
	}
	return placed
}
