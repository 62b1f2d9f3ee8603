package postgres

import (
	"database/sql/driver"

	"github.com/jackc/pgx/v5/pgtype"
)

// Texts is a column of type text[], or of an array of an enum. Nil is stored as an empty one.
type Texts[T ~string] []T

// Value implements driver.Valuer.
func (a Texts[T]) Value() (driver.Value, error) {
	texts := make([]string, len(a))
	for i, one := range a {
		texts[i] = string(one)
	}
	text, err := pgtype.NewMap().Encode(pgtype.TextArrayOID, pgtype.TextFormatCode, texts, nil)
	return string(text), err
}

// Scan implements sql.Scanner.
func (a *Texts[T]) Scan(value any) error {
	var texts []string
	if err := pgtype.NewMap().SQLScanner(&texts).Scan(value); err != nil {
		return err
	}
	*a = make(Texts[T], len(texts))
	for i, one := range texts {
		(*a)[i] = T(one)
	}
	return nil
}
