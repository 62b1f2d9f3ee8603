package inventorystore_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// A server of a version that doesn't fold names works beside one that does.
func TestNamesThatAnotherVersionAddedAreTakenWhateverTheirCase(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	const byAnotherVersion = `INSERT INTO public.ingredients (id, name, low_threshold, created_at) VALUES (gen_random_uuid(), $1, 0, now())`
	add := func(name string) error {
		return inventorystore.New(s.db.Gorm).Add(t.Context(), inventory.Ingredient{ID: uuid.New(), Name: name}, auth.System().Author(), time.Now())
	}
	for _, name := range []string{"Ümit", "ümit", "Weiß", "Salt"} { // the database, whose locale is C, takes the first two for different
		_, err := s.db.Pool.Exec(t.Context(), byAnotherVersion, name)
		require.NoError(t, err, name)
	}

	for _, name := range []string{"ÜMIT", "WEISS", "SALT", "Weiß"} {
		require.True(t, fault.Is(add(name), fault.AlreadyExists), name)
	}
	require.NoError(t, add("Öl"))
	_, err := s.db.Pool.Exec(t.Context(), byAnotherVersion, "öl")
	require.ErrorContains(t, err, "ingredients_name_key", "by which it tells that the name is taken")
	_, err = s.db.Pool.Exec(t.Context(), byAnotherVersion, "Pfeffer")
	require.NoError(t, err)
	found, err := inventorystore.New(s.db.Gorm).AddMissing(t.Context(), []inventory.Ingredient{{ID: uuid.New(), Name: "PFEFFER"}, {ID: uuid.New(), Name: "weiss"}}, time.Now())
	require.NoError(t, err)
	require.Len(t, found, 2)
	var ingredients int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.ingredients`).Scan(&ingredients))
	require.Equal(t, 6, ingredients)
}
