package customerview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

const staffColumns = `id, name, email, roles, location_ids, suspended_at`

// StaffMember is one row of public.staff_view: somebody who works for the shop.
type StaffMember struct {
	ID          uuid.UUID
	Name        string
	Email       string
	Roles       []auth.Role
	LocationIDs []uuid.UUID `db:"location_ids"` // where the roles are held; nil: at all locations
	SuspendedAt *time.Time
}

// Staff asks for all who work for the shop, by name.
type Staff struct{}

// StaffHandler handles Staff.
type StaffHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows.
func (h *StaffHandler) Handle(ctx context.Context, _ Staff) ([]*StaffMember, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT `+staffColumns+` FROM public.staff_view ORDER BY name, id`)
	staff, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[StaffMember])
	if err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	return staff, nil
}
