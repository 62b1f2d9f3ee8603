package money

import (
	"cmp"
	"math/bits"
	"slices"
)

// Apportion splits an amount in the measure of weights, to the unit: the parts add up to it. What is left when all parts are
// rounded down goes, unit by unit, to those that lost most by it, and of the same to the first (largest remainder). Amount
// and weights aren't negative; without any weight nothing is split. A part is no more than its weight unless the amount is
// more than all of them.
func Apportion(amount int64, weights []int64) []int64 {
	parts := make([]int64, len(weights))
	var all uint64
	for _, w := range weights {
		all += uint64(w)
	}
	if all == 0 || amount == 0 {
		return parts
	}
	left, lost, order := amount, make([]uint64, len(weights)), make([]int, len(weights))
	for i, w := range weights {
		high, low := bits.Mul64(uint64(amount), uint64(w))
		part, rest := bits.Div64(high, low, all)
		parts[i], lost[i], order[i] = int64(part), rest, i
		left -= int64(part)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(lost[b], lost[a]) })
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}

// Rounded is whole * part / of, rounded half up; part is at most of, and none is negative. The product may need more than 64
// bits.
func Rounded(whole, part, of int64) int64 {
	if of == 0 {
		return 0
	}
	high, low := bits.Mul64(2*uint64(whole), uint64(part))
	low, carry := bits.Add64(low, uint64(of), 0)
	quotient, _ := bits.Div64(high+carry, low, 2*uint64(of))
	return int64(quotient)
}
