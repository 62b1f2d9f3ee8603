package pgbench

import (
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
)

// value is an argument as Postgres reads it.
type value struct {
	text string
	bare bool // a number or a bool, which needs no quotes
	null bool
	at   *time.Time // not comparable, and so never equal: times differ between runs
}

func valueOf(s Statement, n int) (value, error) {
	if n < 0 || n >= len(s.Arguments) {
		return value{}, fmt.Errorf("there is no argument %d", n+1)
	}
	if document, ok := s.Arguments[n].(json.RawMessage); ok { // a kind of []byte, but no bytea
		return value{text: string(document)}, nil
	}
	if id, ok := s.Arguments[n].([16]byte); ok { // how pgx likes an id best
		return value{text: uuid.UUID(id).String()}, nil
	}
	converted, err := driver.DefaultParameterConverter.ConvertValue(s.Arguments[n])
	if err != nil {
		return value{}, fmt.Errorf("argument %d: %w", n+1, err)
	}
	switch v := converted.(type) {
	case nil:
		return value{null: true}, nil
	case time.Time:
		return value{at: &v}, nil
	case string:
		return value{text: v}, nil
	case []byte:
		return value{text: `\x` + hex.EncodeToString(v)}, nil
	default:
		return value{text: fmt.Sprint(v), bare: true}, nil
	}
}

// literal has no colons, since pgbench takes what follows one for a variable, in quotes too.
func (v value) literal() string {
	switch {
	case v.null:
		return "NULL"
	case v.bare:
		return v.text
	}
	return "E'" + strings.NewReplacer(`\`, `\\`, `'`, `''`, `:`, `\x3a`).Replace(v.text) + "'"
}
