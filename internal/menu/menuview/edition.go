package menuview

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// cachedMenu is the menu at one version of its read model. It is never changed, and is shared by requests.
type cachedMenu struct {
	version string
	items   []*MenuItem // all of them, as a meal goes
}

// choose lists what a query asks for.
func (m *cachedMenu) choose(q Menu) []*MenuItem {
	items := make([]*MenuItem, 0, len(m.items))
	for _, item := range m.items {
		if (item.IsAvailable || q.IncludeUnavailable && item.VisibleTo(q.By)) && (q.Category == nil || item.Category == *q.Category) {
			items = append(items, item)
		}
	}
	return items
}

// read returns the menu as it is now, for a batch of queries.
func (h *MenuHandler) read(ctx context.Context, key []struct{}) (map[struct{}]*cachedMenu, error) {
	current, _, err := h.readAt(ctx, "''")
	return map[struct{}]*cachedMenu{key[0]: current}, err
}

// readAt returns the menu as it is now: the cached one, if the version is still the same. One statement reads the version,
// the menu if the version has changed, and an expression of text: so all are of the same moment. Categories of the manager's
// own come after those that every pizzeria has.
func (h *MenuHandler) readAt(ctx context.Context, expression string) (current *cachedMenu, value string, err error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	current, cached := &cachedMenu{}, h.cached.Load()
	var documents []byte
	err = h.pool.QueryRow(ctx, `
		SELECT
			`+expression+`,
			now.version,
			CASE WHEN now.version <> $1 THEN (
				SELECT coalesce(json_agg(item ORDER BY
					array_position(ARRAY['Starters', 'Salads', 'Pizza', 'Pasta', 'Sides', 'Desserts', 'Drinks'], item.category),
					item.category COLLATE "und-x-icu", item.name COLLATE "und-x-icu", item.id), '[]')
				FROM (
					SELECT
						v.id, v.name, v.description, v.category, v.is_pizza AS "isPizza", v.tax_category AS "taxCategory", v.prices,
						v.allergens, v.is_available AS "isAvailable", v.is_hidden AS "isHidden",
						v.preparation_minutes AS "preparationMinutes", v.version, NULL AS "archivedAt"
					FROM public.menu_view AS v
				) AS item
			) END
		FROM (SELECT `+readmodel.VersionSQL("menu")+` AS version) AS now`, cached.version).Scan(&value, &current.version, &documents)
	if err != nil {
		return nil, "", fmt.Errorf("read menu: %w", err)
	}
	if documents == nil {
		return cached, value, nil
	}
	if current.items, err = decodeItems(documents); err != nil {
		return nil, "", err
	}
	h.cached.Store(current)
	return current, value, nil
}

func decodeItems(list []byte) ([]*MenuItem, error) {
	var compact bytes.Buffer
	var documents []json.RawMessage
	if err := json.Compact(&compact, list); err != nil {
		return nil, fmt.Errorf("decode menu: %w", err)
	}
	if err := json.Unmarshal(compact.Bytes(), &documents); err != nil {
		return nil, fmt.Errorf("decode menu: %w", err)
	}
	items := make([]*MenuItem, len(documents))
	for i, document := range documents {
		items[i] = &MenuItem{document: document}
		if err := json.Unmarshal(document, items[i]); err != nil {
			return nil, fmt.Errorf("decode a menu item: %w", err)
		}
	}
	return items, nil
}
