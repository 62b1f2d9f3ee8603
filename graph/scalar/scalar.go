// Package scalar reads and writes the API's scalars.
package scalar

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
)

// MarshalID writes an id.
func MarshalID(id uuid.UUID) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+id.String()+`"`) })
}

// UnmarshalID reads an id. To a client ids are opaque: text that is no id of ours names nothing, as an unknown id does,
// and is answered the same.
func UnmarshalID(v any) (uuid.UUID, error) {
	text, err := graphql.UnmarshalID(v)
	if err != nil {
		return uuid.Nil, fault.New(fault.BadUserInput, "An id is a string.")
	}
	id, err := uuid.Parse(text)
	if err != nil {
		return uuid.Nil, nil //nolint:nilerr // see above: it names nothing
	}
	return id, nil
}

// MarshalCents writes an amount as a number.
func MarshalCents(cents int64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(strconv.AppendInt(nil, cents, 10)) })
}

// UnmarshalCents reads a whole amount; fractions and strings are refused rather than rounded or guessed at.
func UnmarshalCents(v any) (int64, error) {
	switch v := v.(type) {
	case int64:
		return v, nil
	case int:
		return int64(v), nil
	case json.Number:
		if cents, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return cents, nil
		}
	}
	return 0, fault.New(fault.BadUserInput, "An amount is a whole number of cents, in 64 bits.")
}

// MarshalDateTime writes a time as RFC 3339 in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		var b bytes.Buffer
		b.WriteByte('"')
		b.WriteString(t.UTC().Format(time.RFC3339Nano))
		b.WriteByte('"')
		_, _ = b.WriteTo(w)
	})
}

// UnmarshalDateTime reads RFC 3339. A time whose year in UTC can't be written so is refused too.
func UnmarshalDateTime(v any) (time.Time, error) {
	text, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, text)
	if t = t.UTC(); err != nil || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, fault.New(fault.BadUserInput, "A time is written as in RFC 3339, e.g. 2026-01-31T18:00:00Z.")
	}
	return t, nil
}
