package menuview

import (
	"context"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/batch"
)

// Menu asks for what is on a location's menu: as a meal goes, then by name.
type Menu struct {
	By                 auth.Actor
	LocationID         *uuid.UUID // nil: the only location
	Category           *string    // nil: all of them
	IncludeUnavailable bool       // also what cannot be ordered now, as far as the actor may see it
}

// MenuHandler handles Menu. It caches the menu that it read last, and asks each time whether its version is still current.
type MenuHandler struct {
	pool   *pgxpool.Pool
	reads  *batch.Batcher[struct{}, edition]
	cached atomic.Pointer[cachedMenu]
}

// NewMenuHandler returns a handler that runs at most concurrency statements at once; queries that come meanwhile share the
// next one.
func NewMenuHandler(pool *pgxpool.Pool, concurrency int) *MenuHandler {
	h := &MenuHandler{pool: pool}
	h.cached.Store(&cachedMenu{})
	h.reads = batch.New(concurrency, h.read)
	return h
}

// Handle answers with the menu as it is when it is asked, or newer. It fails with NOT_FOUND if there is no such location, and
// with BAD_USER_INPUT if none is named and there are several.
func (h *MenuHandler) Handle(ctx context.Context, q Menu) ([]*MenuItem, error) {
	now, _, err := h.reads.One(ctx, struct{}{})
	if err != nil {
		return nil, err
	}
	items, err := now.at(q.LocationID)
	if err != nil {
		return nil, err
	}
	return choose(items, q.By, q.Category, q.IncludeUnavailable), nil
}

// Version names the menu as it is when it is asked, or newer: as long as it is the same, so is what the menu is made of.
func (h *MenuHandler) Version(ctx context.Context) (string, error) {
	now, _, err := h.reads.One(ctx, struct{}{})
	if err != nil {
		return "", err
	}
	return now.menu.version, nil
}
