package proof_test

import "flag"

// soak selects the long form of the proofs that have one: make soak.
var soak = flag.Bool("soak", false, "run the long form of the proofs that have one")

// long picks the long form's value if soak is set.
func long[T any](short, long T) T {
	if *soak {
		return long
	}
	return short
}
