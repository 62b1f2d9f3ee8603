package app

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
)

// menuDishes reads what can be ordered, and keeps it as long as the menu is the same: previews are asked for at every tap.
type menuDishes struct {
	dishes interface {
		Dishes(ctx context.Context, at uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]menu.Dish, error)
	}
	menus interface {
		Version(ctx context.Context) (string, error)
	}

	mu      sync.Mutex
	version string
	kept    map[place]menu.Dish
}

// place is where a dish is sold.
type place struct{ location, dish uuid.UUID }

// Dishes is menustore.Store.Dishes. What is kept was read when the menu was that of its version, or since.
func (m *menuDishes) Dishes(ctx context.Context, at uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]menu.Dish, error) {
	version, err := m.menus.Version(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the menu's version: %w", err)
	}
	found := m.known(version, at, ids)
	missing := slices.DeleteFunc(slices.Clone(ids), func(id uuid.UUID) bool { _, known := found[id]; return known })
	if len(missing) == 0 {
		return found, nil
	}
	read, err := m.dishes.Dishes(ctx, at, missing)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, dish := range read {
		found[id] = dish
		if m.version == version { // nobody has seen a newer one meanwhile
			m.kept[place{at, id}] = dish
		}
	}
	return found, nil
}

// known returns those of the dishes that are kept of a version, and begins anew with another one.
func (m *menuDishes) known(version string, at uuid.UUID, ids []uuid.UUID) map[uuid.UUID]menu.Dish {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.version != version {
		m.version, m.kept = version, map[place]menu.Dish{}
	}
	found := make(map[uuid.UUID]menu.Dish, len(ids))
	for _, id := range ids {
		if dish, known := m.kept[place{at, id}]; known {
			found[id] = dish
		}
	}
	return found
}
