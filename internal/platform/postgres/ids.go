package postgres

import (
	"database/sql/driver"
	"fmt"

	"github.com/google/uuid"
)

// IDs is a column of type uuid[]. Nil is stored as an empty one.
type IDs []uuid.UUID

// Value implements driver.Valuer.
func (a IDs) Value() (driver.Value, error) {
	texts := make(Texts[string], len(a))
	for i, id := range a {
		texts[i] = id.String()
	}
	return texts.Value()
}

// Scan implements sql.Scanner.
func (a *IDs) Scan(value any) error {
	var texts Texts[string]
	if err := texts.Scan(value); err != nil {
		return err
	}
	ids := make(IDs, len(texts))
	for i, text := range texts {
		var err error
		if ids[i], err = uuid.Parse(text); err != nil {
			return fmt.Errorf("read an id of an array: %w", err)
		}
	}
	*a = ids
	return nil
}
