// Package postal has the addresses of people and places.
package postal

import (
	"strings"
	"unicode/utf8"

	"pizzeria/internal/platform/fault"
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
		if strings.TrimSpace(part.value) == "" {
			return fault.New(fault.BadUserInput, "An address needs street, city and postal code.").At(at(part.field)...)
		}
		if err := valid(part.value, at(part.field)); err != nil {
			return err
		}
	}
	if a.Notes != nil {
		return valid(*a.Notes, at("notes"))
	}
	return nil
}

func valid(part string, path []string) error {
	if text.Block(part) && utf8.RuneCountInString(part) <= maxText {
		return nil
	}
	return fault.New(fault.BadUserInput, "Write up to %d characters, none of them control characters.", maxText).At(path...)
}
