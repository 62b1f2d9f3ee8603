package menuview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// ItemByID asks for one item as a location sells it, whether it can be ordered now or not; nil if there is none that the actor
// may see, or no such location.
type ItemByID struct {
	By         auth.Actor
	ID         uuid.UUID
	LocationID uuid.UUID
}

// ItemByIDHandler handles ItemByID.
type ItemByIDHandler struct{ Pool *pgxpool.Pool }

// Handle reads one row, of the menu or, for those who may see it, of what was on it.
func (h *ItemByIDHandler) Handle(ctx context.Context, q ItemByID) (*MenuItem, error) {
	listed, err := h.listings(ctx, `
		WHERE m.id = $1 AND EXISTS (SELECT FROM public.location_view AS l WHERE l.id = $2)`, q.ID, q.LocationID)
	if err != nil {
		return nil, err
	}
	var item *MenuItem
	if len(listed) > 0 {
		item = listed[0].At(q.LocationID)
	} else if q.By.Is(auth.RoleManager) {
		found, err := h.Archived(ctx, []uuid.UUID{q.ID})
		if err != nil {
			return nil, err
		}
		item = found[q.ID]
	}
	if item == nil || !item.VisibleTo(q.By) {
		return nil, nil
	}
	return item, nil
}

// OnMenu reads one item as the catalogue has it, hidden or not; nil if it isn't on the menu.
func (h *ItemByIDHandler) OnMenu(ctx context.Context, id uuid.UUID) (*MenuItem, error) {
	found, err := h.Items(ctx, []uuid.UUID{id})
	return found[id], err
}

// requireLocation fails with NOT_FOUND if there is no such location.
func (h *ItemByIDHandler) requireLocation(ctx context.Context, place uuid.UUID) error {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	var there bool
	if err := h.Pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM public.location_view AS l WHERE l.id = $1)`, place).Scan(&there); err != nil {
		return fmt.Errorf("look for the location: %w", err)
	}
	if !there {
		return location.NotFound()
	}
	return nil
}

// columns of public.menu_view and public.archived_menu_item_view that are the same.
const columns = `id, name, description, category, is_pizza, tax_category, prices, allergens, diet, is_hidden, preparation_minutes, version, image`

func (i *MenuItem) into() []any {
	return []any{
		&i.ID, &i.Name, &i.Description, &i.Category, &i.IsPizza, (*string)(&i.TaxCategory), &i.Prices, &i.Allergens, &i.Diet, &i.IsHidden,
		&i.PreparationMinutes, &i.Version, &i.Image,
	}
}

// Items reads the items named as the catalogue has them, hidden or not; those that aren't on the menu are missing.
func (h *ItemByIDHandler) Items(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*MenuItem, error) {
	listed, err := h.Listings(ctx, ids)
	items := make(map[uuid.UUID]*MenuItem, len(listed))
	for id, l := range listed {
		items[id] = l.Anywhere()
	}
	return items, err
}

// Listings reads the items named for all locations, hidden or not; those that aren't on the menu are missing.
func (h *ItemByIDHandler) Listings(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Listing, error) {
	listed, err := h.listings(ctx, `WHERE m.id = ANY ($1)`, ids)
	found := make(map[uuid.UUID]*Listing, len(listed))
	for _, l := range listed {
		found[l.ID] = l
	}
	return found, err
}

func (h *ItemByIDHandler) listings(ctx context.Context, which string, values ...any) ([]*Listing, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `
		SELECT `+columns+`,
			declared_allergens, fixed_allergens, is_available, is_offered, locations, sold_out, sizes_left, option_groups, halves, options_sold_out, options_gone
		FROM public.menu_view AS m `+which, values...)
	listed, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*Listing, error) {
		var l Listing
		return &l, row.Scan(append(
			l.into(), &l.Declared, &l.Fixed, &l.IsAvailable, &l.Offered, &l.Offers, &l.SoldOut, &l.Left, &l.OptionGroups, &l.Halves, &l.OptionsSoldOut, &l.OptionsGone,
		)...)
	})
	if err != nil {
		return nil, fmt.Errorf("read menu items: %w", err)
	}
	return listed, nil
}

// Archived reads the items named that were on the menu; the others are missing.
func (h *ItemByIDHandler) Archived(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*MenuItem, error) {
	items, err := h.archived(ctx, `WHERE id = ANY ($1)`, ids)
	found := make(map[uuid.UUID]*MenuItem, len(items))
	for _, item := range items {
		found[item.ID] = item
	}
	return found, err
}

func (h *ItemByIDHandler) archived(ctx context.Context, which string, values ...any) ([]*MenuItem, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT `+columns+`, declared_allergens, archived_at FROM public.archived_menu_item_view `+which, values...)
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*MenuItem, error) {
		var i MenuItem
		return &i, row.Scan(append(i.into(), &i.DeclaredAllergens, &i.ArchivedAt)...)
	})
	if err != nil {
		return nil, fmt.Errorf("read archived menu items: %w", err)
	}
	return items, nil
}
