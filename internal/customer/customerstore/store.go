// Package customerstore keeps customers, their accounts and their sessions in Postgres.
package customerstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
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
		if err := insert(tx, a, now); err != nil {
			return err
		}
		for _, session := range sessions {
			if err := openSession(tx, session); err != nil {
				return err
			}
		}
		return events.Append(tx, events.Entry{
			Stream: customer.Stream, ID: a.ID, LocationID: place(a.Rights), Type: customer.AccountOpened, By: by, At: now, Payload: payload{After: rightsOf(a.Rights)},
		})
	})
	return takenOr(err)
}

func insert(tx *gorm.DB, a customer.Account, now time.Time) error {
	if err := mustExist(tx, a.LocationIDs); err != nil {
		return err
	}
	for _, row := range []any{
		&customerRow{ID: a.ID, Name: a.Name, Phone: a.Phone, CreatedAt: now},
		&accountRow{
			CustomerID: a.ID, Email: a.Email, EmailFolded: text.Fold(a.Email), PasswordHash: a.PasswordHash,
			Roles: a.Roles, LocationIDs: a.LocationIDs, CreatedAt: now,
		},
	} {
		if err := tx.Create(row).Error; err != nil {
			return fmt.Errorf("insert account: %w", err)
		}
	}
	return nil
}

// takenOr makes a refusal of an error that says that the account is there already.
func takenOr(err error) error {
	_, constraint, _ := postgres.Constraint(err)
	if slices.Contains([]string{"accounts_email_key", "customers_pkey"}, constraint) {
		return emailTaken()
	}
	return err
}

func emailTaken() *fault.Error {
	return fault.New(fault.AlreadyExists, "There is an account with this e-mail address already.").At("email")
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

// Acting returns who acts by an account now; found is false if it was deleted, or is suspended.
func (s *Store) Acting(ctx context.Context, id uuid.UUID) (actor auth.Actor, found bool, err error) {
	var row foundRow
	read := s.db.WithContext(ctx).Raw(`
		SELECT `+foundColumns+`
		FROM public.accounts AS a
		JOIN public.customers AS c ON c.id = a.customer_id
		WHERE a.customer_id = ? AND a.suspended_at IS NULL`, id).Find(&row)
	if read.Error != nil {
		return auth.Actor{}, false, fmt.Errorf("read account: %w", read.Error)
	}
	return row.account().Actor(), read.RowsAffected > 0, nil
}

// Open stores a session. It fails with UNAUTHENTICATED if the account was deleted meanwhile.
func (s *Store) Open(ctx context.Context, session customer.OpenSession) error {
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error { return openSession(tx, session) })
	if _, constraint, _ := postgres.Constraint(err); constraint == "sessions_account_id_fkey" {
		return customer.WrongSignIn()
	}
	return err
}

func openSession(tx *gorm.DB, session customer.OpenSession) error {
	if err := tx.Create(newSessionRow(session)).Error; err != nil {
		return fmt.Errorf("insert session: %w", err)
	}
	if session.Device == (auth.TokenHash{}) {
		return nil
	}
	err := tx.Exec(`
		INSERT INTO public.devices (account_id, token_sha256, added_at) VALUES (?, ?, ?)`,
		session.AccountID, session.Device[:], session.CreatedAt).Error
	if err != nil {
		return fmt.Errorf("insert device: %w", err)
	}
	return nil
}

// Knows tells whether the account with the e-mail address has been signed in to on the device.
func (s *Store) Knows(ctx context.Context, email string, device auth.TokenHash) (known bool, err error) {
	err = s.db.WithContext(ctx).Raw(`
		SELECT EXISTS (
			SELECT FROM public.devices AS d
			JOIN public.accounts AS a ON a.customer_id = d.account_id
			WHERE d.token_sha256 = ? AND coalesce(a.email_folded, lower(a.email)) = ?
		)`, device[:], text.Fold(email)).Find(&known).Error
	if err != nil {
		return false, fmt.Errorf("look for device: %w", err)
	}
	return known, nil
}

// SweepDevices forgets devices after a year: whoever signs in there again adds another one.
func SweepDevices() postgres.Sweep {
	return postgres.Sweep{Table: "public.devices", Column: "added_at", Keep: 365 * 24 * time.Hour}
}

// Close deletes a session and tells whether there was one.
func (s *Store) Close(ctx context.Context, token auth.TokenHash) (bool, error) {
	deleted := s.db.WithContext(ctx).Where("token_sha256 = ?", token[:]).Delete(&sessionRow{})
	if deleted.Error != nil {
		return false, fmt.Errorf("delete session: %w", deleted.Error)
	}
	return deleted.RowsAffected > 0, nil
}

// CloseAll deletes all sessions of an account, and forgets its devices.
func (s *Store) CloseAll(ctx context.Context, accountID uuid.UUID) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error { return endSessions(tx, accountID, auth.TokenHash{}) })
}

// SweepSessions deletes sessions that have expired. Nobody needs it to be sure of the end of a session, only to keep the
// table small.
func SweepSessions() postgres.Sweep {
	return postgres.Sweep{Table: "public.sessions", Column: "expires_at"}
}
