package menuview

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// Menu asks for what is on the menu: as a meal goes, then by name.
type Menu struct {
	Category           *string // nil: all of them
	IncludeUnavailable bool    // also what cannot be ordered now
}

// MenuHandler handles Menu.
type MenuHandler struct{ DB *gorm.DB }

// Handle reads the rows. Categories of the manager's own come after those that every pizzeria has.
func (h *MenuHandler) Handle(ctx context.Context, q Menu) ([]*MenuItem, error) {
	items := []*MenuItem{}
	if q.Category != nil && strings.ContainsRune(*q.Category, 0) { // Postgres can't even compare it
		return items, nil
	}
	err := h.DB.WithContext(ctx).Raw(`
		SELECT `+columns+`
		FROM public.menu_view
		WHERE (is_available OR ?) AND (category = ? OR ?)
		ORDER BY
			array_position(ARRAY['Starters', 'Salads', 'Pizza', 'Pasta', 'Sides', 'Desserts', 'Drinks'], category),
			category, lower(name), id`,
		q.IncludeUnavailable, q.Category, q.Category == nil,
	).Scan(&items).Error
	if err != nil {
		return nil, fmt.Errorf("read menu: %w", err)
	}
	return items, nil
}
