package scalar

import (
	"io"

	"github.com/99designs/gqlgen/graphql"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

// MarshalLocalTime writes a time of day, "HH:MM".
func MarshalLocalTime(at location.TimeOfDay) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+at.String()+`"`) })
}

// UnmarshalLocalTime reads "HH:MM".
func UnmarshalLocalTime(v any) (location.TimeOfDay, error) {
	text, ok := v.(string)
	if !ok {
		return 0, fault.New(fault.BadUserInput, "A time of day is a string.")
	}
	return location.ParseTimeOfDay(text)
}
