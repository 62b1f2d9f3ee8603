//go:build race

package e2e_test

// slower is how much longer the race detector may make everything take on a busy machine.
const slower = 40
