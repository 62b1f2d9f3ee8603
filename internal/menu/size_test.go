package menu_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/pgtest"
)

// The menu tells by SQL what an order will take by Go.
func TestAPortionTakesTheSameInTheDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	const most, page = 1_000_000, 50_000 // the most that a recipe may take, and what a statement can do in its time

	for _, size := range []menu.Size{menu.Small, menu.Medium, menu.Large, menu.OneSize} {
		for from := 1; from <= most; from += page {
			var taken []int64
			require.NoError(t, db.Pool.QueryRow(t.Context(), `
				SELECT array_agg(public.portion(n, $1)::bigint ORDER BY n)
				FROM generate_series($2::integer, $3::integer) AS n`, string(size), from, from+page-1).Scan(&taken))
			require.Len(t, taken, page)
			for i, units := range taken {
				if expected := size.Portion(int64(from + i)); units != expected {
					require.Equal(t, expected, units, "%s of %d", size, from+i)
				}
			}
		}
	}
}
