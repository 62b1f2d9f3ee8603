package figures_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/bench/figures"
)

func TestMedian(t *testing.T) {
	t.Parallel()
	given := figures.Series{9, 1, 5}
	require.InDelta(t, 5, given.Median(), 1e-9)
	require.Equal(t, figures.Series{9, 1, 5}, given, "left in the order of the rounds")
	require.InDelta(t, 4, figures.Series{100, 1, 3, 5}.Median(), 1e-9)
	require.Zero(t, figures.Series{}.Median())
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	var given figures.Series
	for i := 200; i > 0; i-- {
		given = append(given, float64(i))
	}
	require.InDelta(t, 100, given.Percentile(50), 1e-9)
	require.InDelta(t, 198, given.Percentile(99), 1e-9)
	require.InDelta(t, 200, given.Percentile(100), 1e-9)
	require.InDelta(t, 1, given.Percentile(0), 1e-9)
	require.InDelta(t, 7, figures.Series{7}.Percentile(99), 1e-9)
	require.Zero(t, figures.Series{}.Percentile(50))
}

func TestRatioComparesRoundByRound(t *testing.T) {
	t.Parallel()
	// In the second round the machine was busy: for both.
	require.InDelta(t, 0.7, figures.Ratio(figures.Series{700, 70, 1400}, figures.Series{1000, 100, 2000}), 1e-9)
	require.InDelta(t, 0.5, figures.Ratio(figures.Series{1, 1, 1}, figures.Series{2, 0}), 1e-9, "only whole rounds count")
	require.Zero(t, figures.Ratio(figures.Series{1}, nil))
}

func TestDrift(t *testing.T) {
	t.Parallel()
	first := figures.Series{100, 200}
	require.InDelta(t, 0.2, figures.Drift([]figures.Series{first, {90, 180}, {80, 160}}), 1e-9)
	require.InDelta(t, 0.3, figures.Drift([]figures.Series{first, {130, 260}}), 1e-9, "faster is not flat either")
	require.Zero(t, figures.Drift([]figures.Series{first}))
	require.Zero(t, figures.Drift(nil))
}

func TestText(t *testing.T) {
	t.Parallel()
	for given, expected := range map[float64]string{
		0: "0", 0.01: "0.01", 0.0899: "0.0899", 6.6: "6.6", 99.9: "99.9", 240.4: "240", 1_000: "1,000", 1_234_567.8: "1,234,568",
	} {
		require.Equal(t, expected, figures.Text(given))
	}
}
