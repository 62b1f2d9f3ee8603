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

// read returns the menu as it is now: the cached one, if the version is still the same. One statement reads the version, and
// the menu if the version has changed, so that both are of the same moment. Categories of the manager's own come after those
// that every pizzeria has.
func (h *MenuHandler) read(ctx context.Context, key []struct{}) (map[struct{}]*cachedMenu, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	current, cached := &cachedMenu{}, h.cached.Load()
	var documents []byte
	err := h.pool.QueryRow(ctx, `
		SELECT
			now.version,
			CASE WHEN now.version <> $1 THEN (
				SELECT coalesce(json_agg(item ORDER BY
					array_position(ARRAY['Starters', 'Salads', 'Pizza', 'Pasta', 'Sides', 'Desserts', 'Drinks'], item.category),
					item.category, lower(item.name), item.id), '[]')
				FROM (
					SELECT v.id, v.name, v.description, v.category, v.prices, v.allergens, v.is_available AS "isAvailable", v.version
					FROM public.menu_view AS v
				) AS item
			) END
		FROM (SELECT `+readmodel.VersionSQL("menu")+` AS version) AS now`, cached.version).Scan(&current.version, &documents)
	if err != nil {
		return nil, fmt.Errorf("read menu: %w", err)
	}
	if documents == nil {
		return map[struct{}]*cachedMenu{key[0]: cached}, nil
	}
	if current.items, err = decodeItems(documents); err != nil {
		return nil, err
	}
	h.cached.Store(current)
	return map[struct{}]*cachedMenu{key[0]: current}, nil
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
