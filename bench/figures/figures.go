// Package figures is the arithmetic of measurements.
package figures

import (
	"fmt"
	"math"
	"slices"
)

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

// Percentile returns the smallest value that p of 100 values, at least, don't exceed; 0 of nothing.
func (s Series) Percentile(p float64) float64 {
	if len(s) == 0 {
		return 0
	}
	rank := int(math.Ceil(p / 100 * float64(len(s))))
	return slices.Sorted(slices.Values(s))[min(max(rank, 1), len(s))-1]
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
		furthest = max(furthest, math.Abs(Ratio(s, series[0])-1))
	}
	return furthest
}

// Text writes 1000000 as 1,000,000, and no more digits than were measured.
func Text(v float64) string {
	if v < 100 {
		return fmt.Sprintf("%.3g", v)
	}
	digits := fmt.Sprintf("%.0f", v)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
