package readmodel

// After has a builder tell of each step that is committed; an error of do ends the build there, as a crash would.
func (b *Builder) After(do func(State) error) { b.after = do }
