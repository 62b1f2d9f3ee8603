// Package clock measures how time passes inside a process. The time of day is no measure: it may be set, back or forth, and
// what is rounded or in UTC has lost Go's monotonic reading.
package clock

import "time"

// Monotonic returns how long ago some moment of the past was, by a clock that nobody can set. Only the difference of two
// readings means something.
type Monotonic func() time.Duration

// New returns a clock that begins now.
func New() Monotonic {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}
