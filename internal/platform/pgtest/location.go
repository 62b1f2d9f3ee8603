package pgtest

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// AddLocation adds a location without taxes and fees, whose days are those of UTC, and makes it the one of orders that are
// inserted without naming any.
func (d *Database) AddLocation(t testing.TB, currency string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	_, err := d.Pool.Exec(t.Context(), `
		INSERT INTO public.locations (
			id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at
		)
		VALUES ($1, 'Test', $2, 'Via Roma 1', 'Napoli', '80100', 'UTC', 0, $3, false, 0, 1, now(), now())`, id, "test-"+id.String()[:8], currency)
	require.NoError(t, err)
	_, err = d.Pool.Exec(t.Context(), fmt.Sprintf(`ALTER TABLE public.orders ALTER COLUMN location_id SET DEFAULT '%s'`, id))
	require.NoError(t, err)
	return id
}
