package menu

import "slices"

// Size is the size a dish is sold in; the contract's ItemSize.
type Size string

// The sizes.
const (
	Small   Size = "SMALL"
	Medium  Size = "MEDIUM"
	Large   Size = "LARGE"
	OneSize Size = "ONE_SIZE"
)

// order is that of the sizes, smallest first.
func (s Size) order() int { return slices.Index([]Size{Small, Medium, Large, OneSize}, s) }

// Valid tells whether s is one of the sizes.
func (s Size) Valid() bool {
	switch s {
	case Small, Medium, Large, OneSize:
		return true
	}
	return false
}

// Portion scales what one medium or one-size portion needs: small takes three quarters, large half as much again, both
// rounded up, because half an egg is an egg gone.
func (s Size) Portion(medium int64) int64 {
	switch s {
	case Small:
		return (medium*3 + 3) / 4
	case Large:
		return (medium*3 + 1) / 2
	case Medium, OneSize:
	}
	return medium
}
