package locationview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/batch"
	"pizzeria/internal/platform/postgres"
)

// Choice asks which location is meant: the one named, whether or not there is one; without a name the only one.
type Choice struct {
	ID *uuid.UUID
	// Of are the locations to choose from; nil: all that there are.
	Of []uuid.UUID
}

// ChoiceHandler handles Choice.
type ChoiceHandler struct {
	pool  *pgxpool.Pool
	reads *batch.Batcher[struct{}, []uuid.UUID]
}

// NewChoiceHandler returns a handler that runs at most concurrency statements at once; queries that come meanwhile share the
// next one.
func NewChoiceHandler(pool *pgxpool.Pool, concurrency int) *ChoiceHandler {
	h := &ChoiceHandler{pool: pool}
	h.reads = batch.New(concurrency, h.read)
	return h
}

// Handle fails with BAD_USER_INPUT if none is named and there are several, and with NOT_FOUND if there is none.
func (h *ChoiceHandler) Handle(ctx context.Context, q Choice) (uuid.UUID, error) {
	if q.ID != nil {
		return *q.ID, nil
	}
	first := q.Of
	if first == nil {
		var err error
		if first, _, err = h.reads.One(ctx, struct{}{}); err != nil {
			return uuid.Nil, err
		}
	}
	return location.Only(nil, first)
}

func (h *ChoiceHandler) read(ctx context.Context, _ []struct{}) (map[struct{}][]uuid.UUID, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.pool.Query(ctx, `SELECT l.id FROM public.location_view AS l LIMIT 2`)
	first, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("look for the only location: %w", err)
	}
	return map[struct{}][]uuid.UUID{{}: first}, nil
}
