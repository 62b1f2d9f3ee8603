package readmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

// computations is the definition of a model whose rows tell how and when they were computed.
const computations = `/* How and when a row was computed.

kind: row
root: public.computations
key: id
follows:
  - table: public.computations
    keys: row.id
*/
SELECT
	c.id,
	concat_ws(' ', current_setting('readmodel.pace', true), current_setting('max_parallel_workers_per_gather')) AS manner,
	current_setting('work_mem') AS work_mem,
	clock_timestamp() AS at
FROM public.computations AS c`

// buildComputations builds the model over an empty table.
func buildComputations(t *testing.T, db *pgtest.Database) {
	t.Helper()
	run(t, db.Pool, "CREATE TABLE public.computations (id integer PRIMARY KEY)")
	build(t, db, map[string]string{"computation": computations})
}

func TestARefreshRestsBetweenRows(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	buildComputations(t, db)
	run(t, db.Pool, "INSERT INTO public.computations (id) SELECT generate_series(1, 4000)")

	_, err := readmodel.Refresh(t.Context(), unlimitedPool(t, db), readmodel.Generation{Model: "computation", Number: 1, Kind: readmodel.Row})

	require.NoError(t, err)
	require.Equal(t, []string{"(\"on 0\",64MB)"}, rowTexts(t, db, "SELECT DISTINCT manner, work_mem FROM public.computation_snapshot"))
	took := time.Duration(count(t, db.Pool, "SELECT (1e9 * extract(epoch FROM max(at) - min(at)))::bigint FROM public.computation_snapshot"))
	require.Greater(t, took, 600*time.Millisecond, "it rested some 200 times, for 6 ms each")
}

func TestARefreshHasTheMemoryThatIsSet(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]string{
		"maintenance_work_mem=128MB":               "(128MB)",
		"maintenance_work_mem=96MB&work_mem=128MB": "(128MB)",
		"maintenance_work_mem=1MB&work_mem=1MB":    "(64MB)",
	} {
		db := newShop(t)
		buildComputations(t, db)
		run(t, db.Pool, "INSERT INTO public.computations (id) VALUES (1)")

		_, err := readmodel.Refresh(t.Context(), unlimitedPool(t, &pgtest.Database{DSN: db.DSN + "&" + set}), readmodel.Generation{Model: "computation", Number: 1, Kind: readmodel.Row})

		require.NoError(t, err)
		require.Equal(t, []string{want}, rowTexts(t, db, "SELECT work_mem FROM public.computation_snapshot"), set)
	}
}

// Rows that have a null are not compared with each other as wholes.
func TestEachRowOfASnapshotHasANull(t *testing.T) {
	t.Parallel()
	db := newShop(t)

	for _, m := range []readmodel.Generation{order, menu} {
		rows := count(t, db.Pool, "SELECT count(*) FROM public."+m.Model+"_snapshot")
		require.Positive(t, rows)
		require.Equal(t, rows, count(t, db.Pool, "SELECT count(*) FROM public."+m.Model+"_snapshot WHERE paced IS NULL"), m.Model)
	}
}
