package customerview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/auth"
)

// CountOthers counts the accounts that have all of the roles and aren't among those given.
func CountOthers(ctx context.Context, pool *pgxpool.Pool, than []uuid.UUID, roles []auth.Role) (count int, err error) {
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = string(role)
	}
	err = pool.QueryRow(ctx, `
		SELECT count(*)
		FROM public.accounts AS a
		WHERE a.customer_id <> ALL ($1) AND a.roles @> $2`, than, names).Scan(&count)
	if err != nil {
		return 0, fmt.Errorf("count accounts: %w", err)
	}
	return count, nil
}
