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

// Same tells whether two values that may be missing are the same.
func Same[T comparable](a, b *T) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}
