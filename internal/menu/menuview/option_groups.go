package menuview

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
)

// OptionGroups asks for all groups of the catalogue, by name. An option of theirs can be had if some location has it.
type OptionGroups struct{}

// OptionGroupsHandler handles OptionGroups.
type OptionGroupsHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows.
func (h *OptionGroupsHandler) Handle(ctx context.Context, _ OptionGroups) ([]*OptionGroup, error) {
	return h.read(ctx, `ORDER BY name COLLATE "und-x-icu", id`)
}

// Group reads one group; nil if there is none, or it is archived.
func (h *OptionGroupsHandler) Group(ctx context.Context, id uuid.UUID) (*OptionGroup, error) {
	found, err := h.Groups(ctx, []uuid.UUID{id})
	return found[id], err
}

// Groups reads the groups named; those that don't exist are missing.
func (h *OptionGroupsHandler) Groups(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*OptionGroup, error) {
	groups, err := h.read(ctx, `WHERE id = ANY ($1)`, ids)
	found := make(map[uuid.UUID]*OptionGroup, len(groups))
	for _, g := range groups {
		found[g.ID] = g
	}
	return found, err
}

// Options reads the options named, as their groups have them; those that don't exist are missing.
func (h *OptionGroupsHandler) Options(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Option, error) {
	groups, err := h.read(ctx, `WHERE id IN (SELECT o.group_id FROM public.menu_option_view AS o WHERE o.id = ANY ($1))`, ids)
	found := map[uuid.UUID]*Option{}
	for _, g := range groups {
		for i, o := range g.Options {
			if slices.Contains(ids, o.ID) {
				found[o.ID] = &g.Options[i]
			}
		}
	}
	return found, err
}

func (h *OptionGroupsHandler) read(ctx context.Context, which string, values ...any) ([]*OptionGroup, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT id, name, min, max, free_up_to, halves, light, extra, options, version FROM public.option_group_view `+which, values...)
	groups, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByPos[OptionGroup])
	if err != nil {
		return nil, fmt.Errorf("read option groups: %w", err)
	}
	for _, g := range groups {
		for i := range g.Options {
			o := &g.Options[i]
			o.IsAvailable = slices.ContainsFunc(o.Prices, func(p Price) bool { return p.IsAvailable })
		}
	}
	return groups, nil
}
