package menuview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// ItemByID asks for one item, whether it can be ordered now or not; nil if there is none that the actor may see.
type ItemByID struct {
	By auth.Actor
	ID uuid.UUID
}

// ItemByIDHandler handles ItemByID.
type ItemByIDHandler struct{ Pool *pgxpool.Pool }

// Handle reads one row, of the menu or, for those who may see it, of what was on it.
func (h *ItemByIDHandler) Handle(ctx context.Context, q ItemByID) (*MenuItem, error) {
	found, err := h.Items(ctx, []uuid.UUID{q.ID})
	if err != nil {
		return nil, err
	}
	item := found[q.ID]
	if item == nil && q.By.Is(auth.RoleManager) {
		if found, err = h.Archived(ctx, []uuid.UUID{q.ID}); err != nil {
			return nil, err
		}
		item = found[q.ID]
	}
	if item == nil || !item.VisibleTo(q.By) {
		return nil, nil
	}
	return item, nil
}

// OnMenu reads one item, hidden or not; nil if it isn't on the menu.
func (h *ItemByIDHandler) OnMenu(ctx context.Context, id uuid.UUID) (*MenuItem, error) {
	found, err := h.Items(ctx, []uuid.UUID{id})
	return found[id], err
}

// columns of public.menu_view and public.archived_menu_item_view that are the same.
const columns = `id, name, description, category, is_pizza, tax_category, prices, allergens, is_hidden, preparation_minutes, version`

func (i *MenuItem) into() []any {
	return []any{
		&i.ID, &i.Name, &i.Description, &i.Category, &i.IsPizza, (*string)(&i.TaxCategory), &i.Prices, &i.Allergens, &i.IsHidden,
		&i.PreparationMinutes, &i.Version,
	}
}

// Items reads the items named, hidden or not; those that aren't on the menu are missing.
func (h *ItemByIDHandler) Items(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*MenuItem, error) {
	items, err := h.read(ctx, `SELECT `+columns+`, is_available FROM public.menu_view WHERE id = ANY ($1)`, []any{ids}, func(i *MenuItem) any { return &i.IsAvailable })
	return byID(items), err
}

// Archived reads the items named that were on the menu; the others are missing.
func (h *ItemByIDHandler) Archived(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*MenuItem, error) {
	items, err := h.read(ctx, `SELECT `+columns+`, archived_at FROM public.archived_menu_item_view WHERE id = ANY ($1)`, []any{ids}, archivedAt)
	return byID(items), err
}

func archivedAt(i *MenuItem) any { return &i.ArchivedAt }

// read reads items by a statement that selects the common columns and one more.
func (h *ItemByIDHandler) read(ctx context.Context, sql string, values []any, last func(*MenuItem) any) ([]*MenuItem, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, sql, values...)
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*MenuItem, error) {
		var i MenuItem
		return &i, row.Scan(append(i.into(), last(&i))...)
	})
	if err != nil {
		return nil, fmt.Errorf("read menu items: %w", err)
	}
	return items, nil
}

func byID(items []*MenuItem) map[uuid.UUID]*MenuItem {
	found := make(map[uuid.UUID]*MenuItem, len(items))
	for _, item := range items {
		found[item.ID] = item
	}
	return found
}
