// Package postal has the addresses of people and places.
package postal

import (
	"unicode/utf8"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/text"
)

// maxText is how many characters each part of an address may have.
const maxText = 500

// Address is where somebody lives, or where a place is.
type Address struct {
	Street     string  `json:"street"` // with house number
	City       string  `json:"city"`
	PostalCode string  `json:"postalCode"` // as usual in the country
	Notes      *string `json:"notes"`
}

// Validate refuses, with BAD_USER_INPUT at the path, an address without street, city or postal code, and parts that can't be
// stored and shown.
func (a Address) Validate(path ...string) error {
	at := func(field string) []string { return append(append([]string{}, path...), field) }
	for _, part := range []struct{ field, value string }{{"street", a.Street}, {"city", a.City}, {"postalCode", a.PostalCode}} {
		clean, ok := text.Line(part.value)
		switch {
		case ok && clean == "":
			return fault.New(fault.BadUserInput, "An address needs street, city and postal code.").At(at(part.field)...)
		case !ok || utf8.RuneCountInString(clean) > maxText:
			return fault.New(fault.BadUserInput, "Write up to %d characters, on one line.", maxText).At(at(part.field)...)
		}
	}
	if clean, ok := text.OptionalBlock(a.Notes); !ok || (clean != nil && utf8.RuneCountInString(*clean) > maxText) {
		return fault.New(fault.BadUserInput, "Write up to %d characters, none of them control characters.", maxText).At(at("notes")...)
	}
	return nil
}

// Cleaned is what is stored of a valid address.
func (a Address) Cleaned() Address {
	a.Street, _ = text.Line(a.Street)
	a.City, _ = text.Line(a.City)
	a.PostalCode, _ = text.Line(a.PostalCode)
	a.Notes, _ = text.OptionalBlock(a.Notes)
	return a
}

// Equal tells whether two addresses are the same, part by part.
func (a Address) Equal(other Address) bool {
	return a.Street == other.Street && a.City == other.City && a.PostalCode == other.PostalCode && patch.Same(a.Notes, other.Notes)
}
