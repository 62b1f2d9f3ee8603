package customerstore

import (
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
	EmailFolded  string
	PasswordHash string
	Roles        roles
	LocationIDs  ids `gorm:"column:location_ids;type:uuid[]"`
	SuspendedAt  *time.Time
	CreatedAt    time.Time
}

func (accountRow) TableName() string { return "public.accounts" }

// foundRow is an account with its customer.
type foundRow struct {
	ID           uuid.UUID
	Name         string
	Phone        *string
	Email        string
	PasswordHash string
	Roles        roles
	LocationIDs  ids `gorm:"column:location_ids;type:uuid[]"`
	SuspendedAt  *time.Time
}

// foundColumns make a foundRow, of accounts a and customers c.
const foundColumns = `c.id, c.name, c.phone, a.email, a.password_hash, a.roles, a.location_ids, a.suspended_at`

func (r foundRow) account() customer.Account {
	return customer.Account{
		ID: r.ID, Name: r.Name, Email: r.Email, Phone: r.Phone, PasswordHash: r.PasswordHash,
		Rights: customer.Rights{Roles: r.Roles, LocationIDs: r.LocationIDs, SuspendedAt: r.SuspendedAt},
	}
}

type sessionRow struct {
	TokenSHA256 []byte `gorm:"column:token_sha256"`
	AccountID   uuid.UUID
	CreatedAt   time.Time
	ExpiresAt   time.Time
	Address     *string
	Client      *string
}

func (sessionRow) TableName() string { return "public.sessions" }

func newSessionRow(o customer.OpenSession) *sessionRow {
	return &sessionRow{
		TokenSHA256: o.TokenHash[:], AccountID: o.AccountID, CreatedAt: o.CreatedAt, ExpiresAt: o.ExpiresAt,
		Address: given(o.Origin.Address), Client: given(o.Origin.Client),
	}
}

func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// payload is what the log keeps of an account's event, beside what it keeps of every event: nothing of the person.
type payload struct {
	Before *rights `json:"before,omitempty"`
	After  rights  `json:"after"`
}

type rights struct {
	Roles       []auth.Role `json:"roles"`
	LocationIDs []uuid.UUID `json:"locationIds"` // null: all
	Suspended   bool        `json:"suspended"`
}

// place is the location that an event of an account belongs to: the only one where its roles are held, or else none.
func place(r customer.Rights) uuid.UUID {
	if len(r.LocationIDs) != 1 {
		return uuid.Nil
	}
	return r.LocationIDs[0]
}

func rightsOf(r customer.Rights) rights {
	return rights{Roles: r.Roles, LocationIDs: r.LocationIDs, Suspended: r.SuspendedAt != nil}
}
