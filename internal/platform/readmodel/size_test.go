package readmodel_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/readmodel"
)

func TestDiskIsToldByWhatTheGenerationInUseTakes(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	used := count(t, db.Pool, "SELECT pg_total_relation_size('readmodel.order_1_snapshot')")

	told, err := readmodel.DiskFor(t.Context(), db.Pool, "order")
	require.NoError(t, err)
	require.Greater(t, told.Generation, int64(used))
	require.Less(t, told.Generation, int64(used)*13/10)
	require.LessOrEqual(t, told.Log, 2*int64(used))
	require.Equal(t, told.Generation+told.Log, told.Total())

	none, err := readmodel.DiskFor(t.Context(), db.Pool, "nothing")
	require.NoError(t, err)
	require.Zero(t, none)
}
