//go:build race

package e2e_test

// raceFactor is how much longer the race detector may make everything take on a busy machine.
const raceFactor = 40
