//go:build !race

package proof_test

var raceFlag []string
