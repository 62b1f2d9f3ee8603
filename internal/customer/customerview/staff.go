package customerview

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

const staffColumns = `id, name, email, roles, location_ids, suspended_at, invited_until`

// StaffMember is one row of public.staff_view: somebody who works for the shop.
type StaffMember struct {
	ID          uuid.UUID
	Name        string
	Email       string
	Roles       []auth.Role
	LocationIDs []uuid.UUID `db:"location_ids"` // where the roles are held; nil: at all locations
	SuspendedAt *time.Time  `db:"suspended_at"`
	// InvitedUntil is until when the invitation can be accepted; nil once it has been.
	InvitedUntil *time.Time `db:"invited_until"`
}

// IsNode marks the member of staff as a node of the API.
func (*StaffMember) IsNode() {}

// WorksWith tells whether the member of staff works at a location that the actor manages.
func (m *StaffMember) WorksWith(by auth.Actor) bool {
	return by.Is(auth.RoleManager) && (m.LocationIDs == nil || by.LocationIDs == nil ||
		slices.ContainsFunc(m.LocationIDs, func(id uuid.UUID) bool { return slices.Contains(by.LocationIDs, id) }))
}

// Staff asks for those who work for the shop, by name: a manager sees those of the locations that the manager manages.
type Staff struct {
	By         auth.Actor // the zero Actor, the server's operator, sees all
	LocationID *uuid.UUID // who works there; nil: anywhere
}

// StaffHandler handles Staff.
type StaffHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows.
func (h *StaffHandler) Handle(ctx context.Context, q Staff) ([]*StaffMember, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `
		SELECT `+staffColumns+`
		FROM public.staff_view
		WHERE $1::uuid IS NULL OR location_ids IS NULL OR $1 = ANY (location_ids)
		ORDER BY name COLLATE "und-x-icu", id`, q.LocationID)
	staff, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[StaffMember])
	if err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	return slices.DeleteFunc(staff, func(m *StaffMember) bool { return q.By.Known() && !m.WorksWith(q.By) }), nil
}

// Member reads one member of staff; nil if there is none.
func (h *StaffHandler) Member(ctx context.Context, id uuid.UUID) (*StaffMember, error) {
	found, err := h.Members(ctx, []uuid.UUID{id})
	return found[id], err
}

// Members reads the members of staff named; those that don't exist are missing.
func (h *StaffHandler) Members(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*StaffMember, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT `+staffColumns+` FROM public.staff_view WHERE id = ANY ($1)`, ids)
	staff, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[StaffMember])
	if err != nil {
		return nil, fmt.Errorf("read staff by ids: %w", err)
	}
	found := make(map[uuid.UUID]*StaffMember, len(staff))
	for _, m := range staff {
		found[m.ID] = m
	}
	return found, nil
}
