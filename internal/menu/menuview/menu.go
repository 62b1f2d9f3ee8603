package menuview

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/batch"
)

// Menu asks for what is on the menu: as a meal goes, then by name.
type Menu struct {
	Category           *string // nil: all of them
	IncludeUnavailable bool    // also what cannot be ordered now
}

// MenuHandler handles Menu. It keeps the edition that it read last, and asks each time whether that is still the menu.
type MenuHandler struct {
	pool    *pgxpool.Pool
	current *batch.Batcher[struct{}, *edition]
	kept    atomic.Pointer[edition]
}

// NewMenuHandler returns a handler that asks by a number of statements at once at most; whoever comes meanwhile shares the
// next one.
func NewMenuHandler(pool *pgxpool.Pool, atOnce int) *MenuHandler {
	h := &MenuHandler{pool: pool}
	h.kept.Store(&edition{})
	h.current = batch.New(atOnce, h.read)
	return h
}

// Handle answers with the menu as it is when it is asked, or newer.
func (h *MenuHandler) Handle(ctx context.Context, q Menu) ([]*MenuItem, error) {
	menu, _, err := h.current.One(ctx, struct{}{})
	if err != nil {
		return nil, err
	}
	items := make([]*MenuItem, 0, len(menu.items))
	for _, item := range menu.items {
		if (item.IsAvailable || q.IncludeUnavailable) && (q.Category == nil || item.Category == *q.Category) {
			items = append(items, item)
		}
	}
	return items, nil
}
