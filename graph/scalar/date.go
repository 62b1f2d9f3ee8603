package scalar

import (
	"io"

	"github.com/99designs/gqlgen/graphql"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

// MarshalDate writes a day, "2026-12-24".
func MarshalDate(day location.Date) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+string(day)+`"`) })
}

// UnmarshalDate reads a day.
func UnmarshalDate(v any) (location.Date, error) {
	text, ok := v.(string)
	if !ok {
		return "", fault.New(fault.BadUserInput, "A date is a string.")
	}
	return location.ParseDate(text)
}
