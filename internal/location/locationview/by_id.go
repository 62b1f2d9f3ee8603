package locationview

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/batch"
)

// ByID asks for one location; nil if there is none.
type ByID struct{ ID uuid.UUID }

// ByIDHandler handles ByID.
type ByIDHandler struct {
	pool   *pgxpool.Pool
	single *batch.Batcher[uuid.UUID, *Location]
}

// NewByIDHandler returns a handler that runs at most concurrency statements at once; queries that come meanwhile share the
// next one.
func NewByIDHandler(pool *pgxpool.Pool, concurrency int) *ByIDHandler {
	h := &ByIDHandler{pool: pool}
	h.single = batch.New(concurrency, h.Locations)
	return h
}

// Handle reads one row.
func (h *ByIDHandler) Handle(ctx context.Context, q ByID) (*Location, error) {
	found, _, err := h.single.One(ctx, q.ID)
	return found, err
}

// Locations reads the locations named; those that don't exist are missing.
func (h *ByIDHandler) Locations(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Location, error) {
	all, err := read(ctx, h.pool, `WHERE l.id = ANY ($1)`, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]*Location, len(all))
	for _, l := range all {
		found[l.ID] = l
	}
	return found, nil
}
