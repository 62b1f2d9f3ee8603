// Package bench measures the shop on a durable Postgres: what read models cost the writes, what reading them takes, and
// how fast the live feed is. `make bench` runs it; docs/performance.md tells what came out.
package bench

import "slices"

// Series is one quantity measured in several rounds, in the order of the rounds.
type Series []float64

// Median returns the middle value, or the mean of the two in the middle; 0 of nothing.
func (s Series) Median() float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// Ratio returns the median of what s is of base, round by round: a machine that is slow for one round is so for both.
// Rounds that only one of them has, or in which base is 0, don't count.
func Ratio(s, base Series) float64 {
	var ratios Series
	for i := range min(len(s), len(base)) {
		if base[i] != 0 {
			ratios = append(ratios, s[i]/base[i])
		}
	}
	return ratios.Median()
}

// Drift returns how far the series get from the first one, as a share of it: 0.15 if one of them is 15 % lower, or
// higher.
func Drift(series []Series) float64 {
	var furthest float64
	for _, s := range series[min(1, len(series)):] {
		furthest = max(furthest, Ratio(s, series[0])-1, 1-Ratio(s, series[0]))
	}
	return furthest
}

// Verdict says whether a promise holds.
func Verdict(holds bool) string {
	if holds {
		return "met"
	}
	return "NOT MET"
}
