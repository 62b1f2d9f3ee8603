// Package node finds nodes of all types by their ids alone. No two nodes have the same id.
package node

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

// Node is a thing of one of the types that the API calls a Node.
type Node interface{ IsNode() }

// Type is one of them.
type Type struct {
	name, view string
	read       func(ctx context.Context, by auth.Actor, ids []uuid.UUID, found map[uuid.UUID]Node) error
}

// Of declares a type: what the API calls it, the view of the schema public whose column id has its ids, how several are
// read at once, and whether an actor may see one.
func Of[N Node](
	name, view string,
	read func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]N, error),
	maySee func(by auth.Actor, n N) bool,
) Type {
	return Type{name, view, func(ctx context.Context, by auth.Actor, ids []uuid.UUID, found map[uuid.UUID]Node) error {
		all, err := read(ctx, ids)
		for id, n := range all {
			if maySee(by, n) {
				found[id] = n
			}
		}
		return err
	}}
}

// ByIDs asks for things of any type, 100 at most. The answer has one for each id, in the same order; nil where there is
// none that the actor may see.
type ByIDs struct {
	By  auth.Actor
	IDs []uuid.UUID
}

const maxIDs = 100

// Handler handles ByIDs: one statement tells which type each id is of, and one more reads those of a type.
type Handler struct {
	pool  *pgxpool.Pool
	types map[string]Type
	sql   string
}

// NewHandler returns a handler that knows these types.
func NewHandler(pool *pgxpool.Pool, types ...Type) *Handler {
	h := &Handler{pool: pool, types: make(map[string]Type, len(types))}
	arms := make([]string, len(types))
	for i, t := range types {
		h.types[t.name] = t
		arms[i] = `
			SELECT '` + t.name + `' AS type
			WHERE EXISTS (SELECT FROM public.` + t.view + ` AS v WHERE v.id = wanted.id)`
	}
	h.sql = `
		SELECT known.type, wanted.id
		FROM unnest($1::uuid[]) AS wanted (id)
		CROSS JOIN LATERAL (` + strings.Join(arms, `
			UNION ALL`) + `
		) AS known`
	return h
}

// Handle reads what there is.
func (h *Handler) Handle(ctx context.Context, q ByIDs) ([]Node, error) {
	if len(q.IDs) > maxIDs {
		return nil, fault.New(fault.BadUserInput, "Ask for %d ids at once at most.", maxIDs).At("ids")
	}
	ofType, err := h.sort(ctx, q.IDs)
	if err != nil {
		return nil, fmt.Errorf("look up ids: %w", err)
	}
	found := make(map[uuid.UUID]Node, len(q.IDs))
	for name, ids := range ofType {
		if err := h.types[name].read(ctx, q.By, ids, found); err != nil {
			return nil, fmt.Errorf("read %s by ids: %w", name, err)
		}
	}
	nodes := make([]Node, len(q.IDs))
	for i, id := range q.IDs {
		nodes[i] = found[id]
	}
	return nodes, nil
}

// sort tells of which types there are things with these ids, and with which.
func (h *Handler) sort(ctx context.Context, ids []uuid.UUID) (map[string][]uuid.UUID, error) {
	wanted := slices.Clone(ids)
	slices.SortFunc(wanted, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, err := h.pool.Query(ctx, h.sql, slices.Compact(wanted))
	if err != nil {
		return nil, err
	}
	ofType := map[string][]uuid.UUID{}
	var name string
	var id uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&name, &id}, func() error {
		ofType[name] = append(ofType[name], id)
		return nil
	})
	return ofType, err
}
