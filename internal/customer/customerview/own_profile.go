package customerview

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/platform/postgres"
)

// OwnProfile asks for an account as it is now. (What a session knows of its account may be a second old.)
type OwnProfile struct{ ID uuid.UUID }

// OwnProfileHandler handles OwnProfile.
type OwnProfileHandler struct{ Pool *pgxpool.Pool }

// Handle reads the row; nil if there is no such account.
func (h *OwnProfileHandler) Handle(ctx context.Context, q OwnProfile) (*auth.Actor, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	var a auth.Actor
	err := h.Pool.QueryRow(ctx, `
		SELECT c.id, c.name, c.phone, a.email, a.roles, a.location_ids
		FROM public.accounts AS a
		JOIN public.customers AS c ON c.id = a.customer_id
		WHERE a.customer_id = $1`, q.ID).Scan(&a.ID, &a.Name, &a.Phone, &a.Email, &a.Roles, &a.LocationIDs)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read profile: %w", err)
	}
	return &a, nil
}

// OwnAddresses asks for the addresses that an account keeps, in its owner's order.
type OwnAddresses struct{ By auth.Actor }

// OwnAddressesHandler handles OwnAddresses.
type OwnAddressesHandler struct{ Pool *pgxpool.Pool }

// Handle reads the rows.
func (h *OwnAddressesHandler) Handle(ctx context.Context, q OwnAddresses) ([]*postal.Address, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `
		SELECT a.street, a.city, a.postal_code, a.notes
		FROM public.customer_addresses AS a
		WHERE a.customer_id = $1
		ORDER BY a.position`, q.By.ID)
	all, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByPos[postal.Address])
	if err != nil {
		return nil, fmt.Errorf("read addresses: %w", err)
	}
	return all, nil
}
