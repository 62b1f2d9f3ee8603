package customerstore

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
)

type customerRow struct {
	ID        uuid.UUID
	Name      string
	Phone     *string
	CreatedAt time.Time
}

func (customerRow) TableName() string { return "public.customers" }

type accountRow struct {
	CustomerID   uuid.UUID
	Email        string
	PasswordHash string
	Roles        roles
	CreatedAt    time.Time
}

func (accountRow) TableName() string { return "public.accounts" }

type sessionRow struct {
	TokenSHA256 []byte `gorm:"column:token_sha256"`
	AccountID   uuid.UUID
	CreatedAt   time.Time
	ExpiresAt   time.Time
}

func (sessionRow) TableName() string { return "public.sessions" }

func newSessionRow(o customer.OpenSession) *sessionRow {
	return &sessionRow{
		TokenSHA256: o.TokenHash[:], AccountID: o.AccountID, CreatedAt: o.CreatedAt, ExpiresAt: o.ExpiresAt,
	}
}

// roles are a text[] in Postgres. Their names are plain words, which need no quotes there.
type roles []auth.Role

// Value implements driver.Valuer.
func (r roles) Value() (driver.Value, error) {
	names := make([]string, len(r))
	for i, role := range r {
		names[i] = string(role)
	}
	return "{" + strings.Join(names, ",") + "}", nil
}

// Scan implements sql.Scanner.
func (r *roles) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("read roles from %T", value)
	}
	*r = nil
	for name := range strings.SplitSeq(strings.Trim(text, "{}"), ",") {
		*r = append(*r, auth.Role(name))
	}
	return nil
}
