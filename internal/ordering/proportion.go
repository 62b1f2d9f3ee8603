package ordering

import "math/bits"

// apportion splits an amount in the measure of weights, to the unit: the parts add up to it. Without any weight nothing is split.
func apportion(amount int64, weights []int64) []int64 {
	var all, passed, given int64
	for _, w := range weights {
		all += w
	}
	parts := make([]int64, len(weights))
	for i, w := range weights {
		passed += w
		upTo := rounded(amount, passed, all)
		parts[i], given = upTo-given, upTo
	}
	return parts
}

// rounded is whole * part / of, rounded half up; part is at most of. The product may need more than 64 bits.
func rounded(whole, part, of int64) int64 {
	if of == 0 {
		return 0
	}
	high, low := bits.Mul64(2*uint64(whole), uint64(part))
	low, carry := bits.Add64(low, uint64(of), 0)
	quotient, _ := bits.Div64(high+carry, low, 2*uint64(of))
	return int64(quotient)
}
