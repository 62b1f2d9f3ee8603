package menuview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// ItemByID asks for one item, whether it can be ordered now or not; nil if there is none, or none any more.
type ItemByID struct{ ID uuid.UUID }

// ItemByIDHandler handles ItemByID.
type ItemByIDHandler struct{ DB *gorm.DB }

// Handle reads one row.
func (h *ItemByIDHandler) Handle(ctx context.Context, q ItemByID) (*MenuItem, error) {
	var item *MenuItem
	err := h.DB.WithContext(ctx).Raw(`SELECT `+columns+` FROM public.menu_view WHERE id = ?`, q.ID).Scan(&item).Error
	if err != nil {
		return nil, fmt.Errorf("read menu item: %w", err)
	}
	return item, nil
}
