// Package screenview is the read side of screens: the rows of public.screen_view.
package screenview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/screen"
)

// Screen is one row of public.screen_view, as the API shows it.
type Screen struct {
	ID            uuid.UUID
	LocationID    uuid.UUID
	Name          string
	Settings      screen.Settings
	CodeExpiresAt *time.Time // nil: no code can be claimed
	PairedAt      time.Time
	ClaimedAt     *time.Time
	LastSeenAt    *time.Time // to half a minute
	RevokedAt     *time.Time
	Version       int
}

// IsNode marks the screen as a node of the API.
func (*Screen) IsNode() {}

// VisibleTo tells whether an actor may see the screen: whoever manages its location, and the screen itself.
func (s *Screen) VisibleTo(by auth.Actor) bool {
	return by.At(s.LocationID).Is(auth.RoleManager) || (by.IsScreen && by.ID == s.ID)
}

// Screens asks for the screens of a location, by name.
type Screens struct {
	By             auth.Actor
	LocationID     uuid.UUID
	IncludeRevoked bool
}

// maxScreens bounds the list, of which those in use are screen.MaxScreens at most.
const maxScreens = 500

// ScreensHandler handles Screens.
type ScreensHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows. It fails with FORBIDDEN for whoever doesn't manage the location.
func (h *ScreensHandler) Handle(ctx context.Context, q Screens) ([]*Screen, error) {
	if err := q.By.At(q.LocationID).Require(auth.RoleManager); err != nil {
		return nil, err
	}
	return read(ctx, h.Pool, `
		WHERE s.location_id = $1 AND ($2 OR s.revoked_at IS NULL)
		ORDER BY s.revoked_at DESC NULLS FIRST, s.name COLLATE "und-x-icu", s.id
		LIMIT $3`, q.LocationID, q.IncludeRevoked, maxScreens)
}

// ByID asks for one screen; nil if there is none that the actor may see.
type ByID struct {
	By auth.Actor
	ID uuid.UUID
}

// ByIDHandler handles ByID.
type ByIDHandler struct{ Pool *pgxpool.Pool }

// Handle reads one row.
func (h *ByIDHandler) Handle(ctx context.Context, q ByID) (*Screen, error) {
	s, err := h.Screen(ctx, q.ID)
	if err != nil || s == nil || !s.VisibleTo(q.By) {
		return nil, err
	}
	return s, nil
}

// Screen reads one row, whoever asks; nil if there is none.
func (h *ByIDHandler) Screen(ctx context.Context, id uuid.UUID) (*Screen, error) {
	found, err := h.Screens(ctx, []uuid.UUID{id})
	return found[id], err
}

// Screens reads the screens named; those that don't exist are missing.
func (h *ByIDHandler) Screens(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Screen, error) {
	all, err := read(ctx, h.Pool, `WHERE s.id = ANY ($1)`, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]*Screen, len(all))
	for _, s := range all {
		found[s.ID] = s
	}
	return found, nil
}

func read(ctx context.Context, pool *pgxpool.Pool, which string, arguments ...any) ([]*Screen, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := pool.Query(ctx, `
		SELECT
			s.id, s.location_id, s.name, s.station_ids, s.text_size, s.theme, s.keys, s.sound_volume, s.sound_events, s.code_expires_at, s.paired_at,
			s.claimed_at, s.last_seen_at, s.revoked_at, s.version
		FROM public.screen_view AS s `+which, arguments...)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*Screen, error) {
		var s Screen
		of := &s.Settings
		err := row.Scan(
			&s.ID, &s.LocationID, &s.Name, &of.StationIDs, &of.TextSize, &of.Theme, &of.Keys, &of.Sounds.Volume, &of.Sounds.Events, &s.CodeExpiresAt,
			&s.PairedAt, &s.ClaimedAt, &s.LastSeenAt, &s.RevokedAt, &s.Version,
		)
		return &s, err
	})
	if err != nil {
		return nil, fmt.Errorf("read screens: %w", err)
	}
	return all, nil
}
