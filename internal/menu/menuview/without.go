package menuview

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

// Without asks what of a location's menu couldn't be ordered any more if there were none of an ingredient.
type Without struct{ LocationID, IngredientID uuid.UUID }

// Lost is what can be ordered now, and couldn't any more, as a menu goes.
type Lost struct {
	MenuItems []LostMenuItem
	Options   []LostOption
}

// LostMenuItem is a dish and the sizes of it, smallest first, that would be gone.
type LostMenuItem struct {
	MenuItem *MenuItem
	Sizes    []menu.Size
}

// LostOption is an option, on whichever dishes, and the sizes, smallest first, in which it would be gone.
type LostOption struct {
	Option *Option
	Sizes  []menu.Size
}

// WithoutHandler handles Without.
type WithoutHandler struct{ Menus *MenuHandler }

// Handle compares the menu as it is with recipes and options. It fails with NOT_FOUND if there is no such location.
func (h *WithoutHandler) Handle(ctx context.Context, q Without) (Lost, error) {
	items, err := h.Menus.Handle(ctx, Menu{LocationID: &q.LocationID})
	if err != nil {
		return Lost{}, err
	}
	made, err := h.madeOf(ctx, q.IngredientID)
	if err != nil {
		return Lost{}, err
	}
	return lost(items, q.IngredientID, made), nil
}

// madeOf lists the items whose recipes have the ingredient.
func (h *WithoutHandler) madeOf(ctx context.Context, ingredient uuid.UUID) ([]uuid.UUID, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Menus.pool.Query(ctx, `SELECT r.menu_item_id FROM public.recipe_line_view AS r WHERE r.ingredient_id = $1`, ingredient)
	made, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("read which items are made of an ingredient: %w", err)
	}
	return made, nil
}

// lost is what of the items can't be ordered without an ingredient, which the recipes of some have.
func lost(items []*MenuItem, ingredient uuid.UUID, made []uuid.UUID) (l Lost) {
	l = Lost{MenuItems: []LostMenuItem{}, Options: []LostOption{}}
	seen := map[uuid.UUID]bool{}
	for _, item := range items {
		gone := sizesOf(item.Prices, func(size menu.Size) bool {
			return slices.Contains(made, item.ID) || slices.ContainsFunc(item.OptionGroups, func(g OptionGroup) bool { return !g.reaches(size, ingredient) })
		})
		if len(gone) > 0 {
			l.MenuItems = append(l.MenuItems, LostMenuItem{item, gone})
		}
		for _, g := range item.OptionGroups {
			for i := range g.Options {
				o := &g.Options[i]
				gone := sizesOf(o.Prices, func(size menu.Size) bool { return o.takes(size, ingredient) })
				if len(gone) > 0 && !seen[o.ID] {
					seen[o.ID] = true
					l.Options = append(l.Options, LostOption{o, gone})
				}
			}
		}
	}
	return l
}

// sizesOf lists the sizes that can be had now and that the condition holds for.
func sizesOf(prices []Price, condition func(menu.Size) bool) (sizes []menu.Size) {
	for _, p := range prices {
		if p.IsAvailable && condition(p.Size) {
			sizes = append(sizes, p.Size)
		}
	}
	return sizes
}

// takes tells whether the option needs the ingredient in a size.
func (o *Option) takes(size menu.Size, ingredient uuid.UUID) bool {
	return o.IngredientID != nil && *o.IngredientID == ingredient &&
		slices.ContainsFunc(o.Doses, func(d Dose) bool { return d.Size == size && d.Quantity > 0 })
}

// reaches tells whether as many options as must be chosen can be had in a size without the ingredient.
func (g *OptionGroup) reaches(size menu.Size, ingredient uuid.UUID) bool {
	left := 0
	for i := range g.Options {
		o := &g.Options[i]
		if len(sizesOf(o.Prices, func(s menu.Size) bool { return s == size && !o.takes(size, ingredient) })) > 0 {
			left++
		}
	}
	return left >= g.Min
}
