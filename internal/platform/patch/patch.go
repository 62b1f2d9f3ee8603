// Package patch is about commands that change some fields of an aggregate: a field that is nil stays as it is.
package patch

// Check applies a rule to a field if it is given.
func Check[T any](given *T, rule func(T) error) error {
	if given == nil {
		return nil
	}
	return rule(*given)
}

// Set replaces a value if another is given.
func Set[T any](field, given *T) {
	if given != nil {
		*field = *given
	}
}
