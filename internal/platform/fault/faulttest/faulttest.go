// Package faulttest checks what refusals say.
package faulttest

import (
	"strings"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault"
)

// Marker goes into the texts that a test has refused: no refusal repeats it.
const Marker = "zzmarkerzz"

// TestingT is a test, or a fuzz target.
type TestingT interface {
	require.TestingT
	Helper()
}

// Refusal tells whether err refuses. It fails the test if err is a fault, or a refusal that lacks a code or a message or
// that repeats a text with the Marker.
func Refusal(t TestingT, err error) (refused bool) {
	t.Helper()
	if err == nil {
		return false
	}
	refusal, ok := fault.As(err)
	require.True(t, ok, "a fault: %v", err)
	require.NotEmpty(t, refusal.Code)
	require.NotEmpty(t, refusal.Message)
	require.NotContains(t, refusal.Error()+strings.Join(refusal.Path, ""), Marker)
	return true
}
