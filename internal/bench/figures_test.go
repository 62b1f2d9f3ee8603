package bench_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/bench"
)

func TestMedian(t *testing.T) {
	t.Parallel()
	given := bench.Series{9, 1, 5}
	require.InDelta(t, 5, given.Median(), 1e-9)
	require.Equal(t, bench.Series{9, 1, 5}, given, "left in the order of the rounds")
	require.InDelta(t, 4, bench.Series{100, 1, 3, 5}.Median(), 1e-9)
	require.Zero(t, bench.Series{}.Median())
}

func TestRatioComparesRoundByRound(t *testing.T) {
	t.Parallel()
	// In the second round the machine was busy: for both.
	require.InDelta(t, 0.7, bench.Ratio(bench.Series{700, 70, 1400}, bench.Series{1000, 100, 2000}), 1e-9)
	require.InDelta(t, 0.5, bench.Ratio(bench.Series{1, 1, 1}, bench.Series{2, 0}), 1e-9, "only whole rounds count")
	require.Zero(t, bench.Ratio(bench.Series{1}, nil))
}

func TestDrift(t *testing.T) {
	t.Parallel()
	first := bench.Series{100, 200}
	require.InDelta(t, 0.2, bench.Drift([]bench.Series{first, {90, 180}, {80, 160}}), 1e-9)
	require.InDelta(t, 0.3, bench.Drift([]bench.Series{first, {130, 260}}), 1e-9, "faster is not flat either")
	require.Zero(t, bench.Drift([]bench.Series{first}))
	require.Zero(t, bench.Drift(nil))
}

func TestVerdict(t *testing.T) {
	t.Parallel()
	require.Equal(t, "met", bench.Verdict(true))
	require.Equal(t, "NOT MET", bench.Verdict(false))
}
