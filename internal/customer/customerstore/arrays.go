package customerstore

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// roles are a text[] in Postgres. Their names are plain words, which need no quotes there.
type roles []auth.Role

// Value implements driver.Valuer.
func (r roles) Value() (driver.Value, error) {
	return array(r, func(role auth.Role) string { return string(role) }), nil
}

// Scan implements sql.Scanner.
func (r *roles) Scan(value any) error {
	return scan(r, value, func(name string) (auth.Role, error) { return auth.Role(name), nil })
}

// ids are a uuid[] in Postgres; nil is null.
type ids []uuid.UUID

// Value implements driver.Valuer.
func (i ids) Value() (driver.Value, error) {
	if i == nil {
		return nil, nil
	}
	return array(i, uuid.UUID.String), nil
}

// Scan implements sql.Scanner.
func (i *ids) Scan(value any) error {
	if *i = nil; value == nil {
		return nil
	}
	return scan(i, value, uuid.Parse)
}

func array[T any](elements []T, write func(T) string) string {
	texts := make([]string, len(elements))
	for i, element := range elements {
		texts[i] = write(element)
	}
	return "{" + strings.Join(texts, ",") + "}"
}

func scan[S ~[]T, T any](into *S, value any, read func(string) (T, error)) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("read an array from %T", value)
	}
	*into = nil
	for element := range strings.SplitSeq(strings.Trim(text, "{}"), ",") {
		one, err := read(element)
		if err != nil {
			return fmt.Errorf("read an array: %w", err)
		}
		*into = append(*into, one)
	}
	return nil
}
