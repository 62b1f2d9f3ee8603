package pgbench

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRateLeavesTheFirstSecondOut(t *testing.T) {
	t.Parallel()
	got, err := rate(`pgbench (15.18)
progress: 1.0 s, 120.0 tps, lat 8.1 ms stddev 1.0, 0 failed
progress: 2.0 s, 500.0 tps, lat 2.1 ms stddev 1.0, 0 failed
progress: 3.0 s, 700.5 tps, lat 2.0 ms stddev 1.0, 0 failed
tps = 440.1 (without initial connection time)
`)
	require.NoError(t, err)
	require.InDelta(t, 600.25, got, 1e-9)
	_, err = rate("tps = 440.1")
	require.Error(t, err)
}
