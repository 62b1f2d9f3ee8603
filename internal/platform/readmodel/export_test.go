package readmodel

import "time"

// After has a builder tell of each step that is committed; an error of do ends the build there, as a crash would.
func (b *Builder) After(do func(State) error) { b.after = do }

// LockPause is how long a step pauses after so many tries, and one, to get a lock.
func LockPause(tries int) time.Duration { return lockPause(tries) }
