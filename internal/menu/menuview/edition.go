package menuview

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/projection"
	"pizzeria/internal/platform/readmodel"
)

// edition is the menu as it was at one moment, and the locations that there were.
type edition struct {
	menu   *cachedMenu
	places []uuid.UUID
}

// at returns the menu of a location, nil for the only one, as a meal goes.
func (e edition) at(id *uuid.UUID) ([]*MenuItem, error) {
	meant := e.places
	if id != nil {
		at := slices.Index(e.places, *id)
		meant = e.places[max(at, 0) : at+1]
	}
	place, err := location.Only(id, meant)
	if err != nil {
		return nil, err
	}
	return e.menu.at(place)
}

// cachedMenu is the menu at one version of its read model. It is shared by requests.
type cachedMenu struct {
	version  string
	listings []*Listing // all of them, as a meal goes

	mu      sync.Mutex
	byPlace map[uuid.UUID][]*MenuItem // of the locations that were asked for; never changed
}

// at returns the menu of a location that there is.
func (m *cachedMenu) at(place uuid.UUID) ([]*MenuItem, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if items, ok := m.byPlace[place]; ok {
		return items, nil
	}
	items := make([]*MenuItem, len(m.listings))
	for i, l := range m.listings {
		items[i] = l.At(place)
		if err := items[i].write(); err != nil {
			return nil, err
		}
	}
	m.byPlace[place] = items
	return items, nil
}

// choose lists what a query asks for.
func choose(all []*MenuItem, by auth.Actor, category *string, includeUnavailable bool) []*MenuItem {
	items := make([]*MenuItem, 0, len(all))
	for _, item := range all {
		if (item.IsAvailable || includeUnavailable && item.VisibleTo(by)) && (category == nil || item.Category == *category) {
			items = append(items, item)
		}
	}
	return items
}

// read returns the menu as it is now, for a batch of queries.
func (h *MenuHandler) read(ctx context.Context, key []struct{}) (map[struct{}]edition, error) {
	now, _, err := h.readAt(ctx, "''")
	return map[struct{}]edition{key[0]: now}, err
}

// readAt returns the menu as it is now: the cached one, if the version is still the same. One statement reads the version,
// the menu if the version has changed, the locations, and an expression of text: so all are of the same moment. Categories of the
// manager's own come after those that every pizzeria has. Without the OFFSET, Postgres would work the version out twice.
func (h *MenuHandler) readAt(ctx context.Context, expression string) (now edition, value string, err error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	current, cached := &cachedMenu{byPlace: map[uuid.UUID][]*MenuItem{}}, h.cached.Load()
	var documents []byte
	err = h.pool.QueryRow(ctx, `
		SELECT
			`+expression+`,
			now.version,
			(SELECT array_agg(l.id) FROM public.location_view AS l),
			CASE WHEN now.version <> $1 THEN (
				SELECT coalesce(json_agg(item ORDER BY
					array_position(ARRAY['Starters', 'Salads', 'Pizza', 'Pasta', 'Sides', 'Desserts', 'Drinks'], item.category),
					item.category COLLATE "und-x-icu", item.name COLLATE "und-x-icu", item.id), '[]')
				FROM (
					SELECT
						v.id, v.name, v.description, v.category, v.is_pizza AS "isPizza", v.tax_category AS "taxCategory", v.prices,
						v.allergens, v.declared_allergens AS "declaredAllergens",
						v.fixed_allergens AS "fixedAllergens", v.diet, v.option_groups AS "optionGroups", v.halves, v.image,
						v.is_available AS "isAvailable", v.is_hidden AS "isHidden", v.is_offered AS "isOffered",
						v.preparation_minutes AS "preparationMinutes", v.version, v.locations, v.sold_out AS "soldOut", v.sizes_left AS "sizesLeft",
						v.options_sold_out AS "optionsSoldOut", v.options_gone AS "optionsGone"
					FROM public.menu_view AS v
				) AS item
			) END
		FROM (SELECT `+readmodel.VersionSQL("menu")+` AS version OFFSET 0) AS now`, cached.version).Scan(&value, &current.version, &now.places, &documents)
	if err != nil {
		return edition{}, "", fmt.Errorf("read menu: %w", err)
	}
	if documents == nil {
		now.menu = cached
		return now, value, nil
	}
	if err := json.Unmarshal(documents, &current.listings); err != nil {
		return edition{}, "", fmt.Errorf("decode menu: %w", err)
	}
	h.cached.Store(current)
	now.menu = current
	return now, value, nil
}

// write makes the item's document. Texts are written as gqlgen does; encoding/json escapes more of them.
func (i *MenuItem) write() error {
	text := func(s string) json.RawMessage { return projection.Text(nil, s) }
	item, err := document(struct {
		*MenuItem
		Name         json.RawMessage `json:"name"`
		Description  json.RawMessage `json:"description"`
		Category     json.RawMessage `json:"category"`
		OptionGroups []writtenGroup  `json:"optionGroups"`
	}{i, text(i.Name), text(i.Description), text(i.Category), written(i.OptionGroups)})
	if err != nil {
		return err
	}
	i.document = projection.Store(item)
	return nil
}
