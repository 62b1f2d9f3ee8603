package orderview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/batch"
	"pizzeria/internal/platform/postgres"
)

// columns of public.order_view that make an Order, named so that a view recreated with more of them breaks nothing.
const columns = `id, version, status, fulfillment, customer_id, location_id, placed_at, document`

// into is where they are scanned to: by types that pgx knows, since it would take json.RawMessage by way of encoding/json.
func (o *Order) into() []any {
	return []any{
		&o.ID, &o.Version, (*string)(&o.Status), (*string)(&o.Fulfillment), &o.CustomerID, &o.LocationID, &o.PlacedAt, (*[]byte)(&o.Document),
	}
}

// ByID asks for one order in full; nil if there is none that the actor may see.
type ByID struct {
	By auth.Actor
	ID uuid.UUID
}

// ByIDHandler handles ByID.
type ByIDHandler struct {
	pool   *pgxpool.Pool
	single *batch.Batcher[uuid.UUID, *Order]
}

// NewByIDHandler returns a handler that reads single orders by at most concurrency statements at once; queries that come
// meanwhile share the next one.
func NewByIDHandler(pool *pgxpool.Pool, concurrency int) *ByIDHandler {
	h := &ByIDHandler{pool: pool}
	h.single = batch.New(concurrency, h.Orders)
	return h
}

// Handle reads one row.
func (h *ByIDHandler) Handle(ctx context.Context, q ByID) (*Order, error) {
	found, err := h.Order(ctx, q.ID)
	if err != nil || found == nil || !found.VisibleTo(q.By) {
		return nil, err
	}
	return found, nil
}

// Order reads the order named; nil if there is none. It is shared with others who read it at the same time.
func (h *ByIDHandler) Order(ctx context.Context, id uuid.UUID) (*Order, error) {
	found, _, err := h.single.One(ctx, id)
	return found, err
}

const byID = `SELECT ` + columns + ` FROM public.order_view WHERE id = $1`

// byIDs has one plan for any number of ids, which is made once: Postgres can't see how many there are, and looks each up
// by itself (OFFSET keeps it from reading all of the view to join it).
const byIDs = `
	SELECT o.*
	FROM unnest((SELECT $1::uuid[])) AS wanted (id)
	CROSS JOIN LATERAL (SELECT ` + columns + ` FROM public.order_view WHERE id = wanted.id OFFSET 0) AS o`

// Orders reads the orders named, which differ; those that don't exist are missing.
func (h *ByIDHandler) Orders(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Order, error) {
	if len(ids) == 1 {
		return h.read(ctx, 1, byID, ids[0])
	}
	return h.read(ctx, len(ids), byIDs, ids)
}

func (h *ByIDHandler) read(ctx context.Context, most int, sql string, key any) (map[uuid.UUID]*Order, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, err := h.pool.Query(ctx, sql, key)
	if err != nil {
		return nil, fmt.Errorf("read orders: %w", err)
	}
	defer rows.Close()
	found := make(map[uuid.UUID]*Order, most)
	for rows.Next() {
		var o Order
		if err := rows.Scan(o.into()...); err != nil {
			return nil, fmt.Errorf("read an order: %w", err)
		}
		found[o.ID] = &o
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read orders: %w", err)
	}
	return found, nil
}
