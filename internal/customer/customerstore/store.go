// Package customerstore keeps customers, their accounts and their sessions in Postgres.
package customerstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/text"
)

// Store is the write side.
type Store struct {
	db  *gorm.DB
	now func() time.Time
}

// New returns a store on the database; now dates what it adds.
func New(db *gorm.DB, now func() time.Time) *Store { return &Store{db: db, now: now} }

// Add stores an account with its customer and sessions in one transaction. It fails with ALREADY_EXISTS if the e-mail
// address is taken, however it is spelled.
func (s *Store) Add(ctx context.Context, a customer.Account, by auth.Author, sessions ...customer.OpenSession) error {
	now := s.now()
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		rows := []any{
			&customerRow{ID: a.ID, Name: a.Name, Phone: a.Phone, CreatedAt: now},
			&accountRow{
				CustomerID: a.ID, Email: a.Email, EmailFolded: text.Fold(a.Email), PasswordHash: a.PasswordHash,
				Roles: a.Roles, LocationIDs: a.LocationIDs, CreatedAt: now,
			},
		}
		for _, session := range sessions {
			rows = append(rows, newSessionRow(session))
		}
		for _, row := range rows {
			if err := tx.Create(row).Error; err != nil {
				return fmt.Errorf("insert account: %w", err)
			}
		}
		return events.Append(tx, events.Entry{
			Stream: customer.Stream, ID: a.ID, Type: customer.AccountOpened, By: by, At: now, Payload: payload{After: rightsOf(a.Rights)},
		})
	})
	_, constraint, _ := postgres.Constraint(err)
	if slices.Contains([]string{"accounts_email_key", "accounts_email_folded_key", "customers_pkey"}, constraint) {
		return fault.New(fault.AlreadyExists, "There is an account with this e-mail address already.").At("email")
	}
	return err
}

// ByEmail finds the account with this e-mail address, however it is spelled.
func (s *Store) ByEmail(ctx context.Context, email string) (account customer.Account, found bool, err error) {
	var row foundRow
	read := s.db.WithContext(ctx).Raw(`
		SELECT `+foundColumns+`
		FROM public.accounts AS a
		JOIN public.customers AS c ON c.id = a.customer_id
		WHERE coalesce(a.email_folded, lower(a.email)) = ?`, text.Fold(email)).Find(&row)
	if read.Error != nil {
		return customer.Account{}, false, fmt.Errorf("read account by e-mail: %w", read.Error)
	}
	if read.RowsAffected == 0 {
		return customer.Account{}, false, nil
	}
	return row.account(), true, nil
}

// Open stores a session.
func (s *Store) Open(ctx context.Context, session customer.OpenSession) error {
	if err := s.db.WithContext(ctx).Create(newSessionRow(session)).Error; err != nil {
		return fmt.Errorf("insert session: %w", err)
	}
	return nil
}

// Close deletes a session and tells whether there was one.
func (s *Store) Close(ctx context.Context, token auth.TokenHash) (bool, error) {
	deleted := s.db.WithContext(ctx).Where("token_sha256 = ?", token[:]).Delete(&sessionRow{})
	if deleted.Error != nil {
		return false, fmt.Errorf("delete session: %w", deleted.Error)
	}
	return deleted.RowsAffected > 0, nil
}

// SweepSessions deletes sessions that have expired. Nobody needs it to be sure of the end of a session, only to keep the
// table small.
func SweepSessions() postgres.Sweep {
	return postgres.Sweep{Table: "public.sessions", Column: "expires_at"}
}
