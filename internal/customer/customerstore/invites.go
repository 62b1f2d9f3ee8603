package customerstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/text"
)

// Invite stores an account without a password, with its invitation, or replaces both if the e-mail address belongs to an
// account that was invited and hasn't accepted. It returns the account's id, and fails with ALREADY_EXISTS if the address
// belongs to another account, or to one that replaceable refuses.
func (s *Store) Invite(
	ctx context.Context, a customer.Account, invitation customer.OpenInvitation, by auth.Author, replaceable func(customer.Account) bool,
) (id uuid.UUID, err error) {
	err = postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		there, found, err := invited(tx, `coalesce(a.email_folded, lower(a.email)) = ?`, text.Fold(a.Email))
		switch {
		case err != nil:
			return err
		case !found:
			err = insert(tx, a, s.now())
		case !replaceable(there):
			return emailTaken()
		default:
			a.ID = there.ID
			err = rename(tx, a)
		}
		if err != nil {
			return err
		}
		id = a.ID
		err = tx.Exec(`
			INSERT INTO public.invites (account_id, token_sha256, expires_at) VALUES (?, ?, ?)
			ON CONFLICT (account_id) DO UPDATE SET token_sha256 = excluded.token_sha256, expires_at = excluded.expires_at`,
			a.ID, invitation.TokenHash[:], invitation.ExpiresAt).Error
		if err != nil {
			return fmt.Errorf("insert invitation: %w", err)
		}
		return events.Append(tx, events.Entry{
			Stream: customer.Stream, ID: a.ID, LocationID: place(a.Rights), Type: customer.StaffInvited, By: by, At: s.now(), Payload: payload{After: rightsOf(a.Rights)},
		})
	})
	return id, takenOr(err)
}

// invited finds an account without a password, and locks it.
func invited(tx *gorm.DB, where string, value any) (customer.Account, bool, error) {
	var row foundRow
	found := tx.Raw(`
		SELECT `+foundColumns+`
		FROM public.accounts AS a
		JOIN public.customers AS c ON c.id = a.customer_id
		WHERE a.password_hash = '' AND `+where+`
		FOR NO KEY UPDATE OF a`, value).Find(&row)
	if found.Error != nil {
		return customer.Account{}, false, fmt.Errorf("look for an invited account: %w", found.Error)
	}
	return row.account(), found.RowsAffected > 0, nil
}

func rename(tx *gorm.DB, a customer.Account) error {
	if err := tx.Exec(`UPDATE public.customers SET name = ? WHERE id = ?`, a.Name, a.ID).Error; err != nil {
		return fmt.Errorf("rename invited account: %w", err)
	}
	if err := tx.Exec(`UPDATE public.accounts SET email = ? WHERE customer_id = ?`, a.Email, a.ID).Error; err != nil {
		return fmt.Errorf("spell the invited account's address anew: %w", err)
	}
	return save(tx, a)
}

// Invited returns the account that a token invites at the time given; found is false if it invites nobody any more.
func (s *Store) Invited(ctx context.Context, token auth.TokenHash, at time.Time) (account customer.Account, found bool, err error) {
	var row foundRow
	read := s.db.WithContext(ctx).Raw(`
		SELECT `+foundColumns+`
		FROM public.invites AS i
		JOIN public.accounts AS a ON a.customer_id = i.account_id
		JOIN public.customers AS c ON c.id = a.customer_id
		WHERE i.token_sha256 = ? AND i.expires_at > ? AND a.password_hash = ''`, token[:], at).Find(&row)
	if read.Error != nil {
		return customer.Account{}, false, fmt.Errorf("read invitation: %w", read.Error)
	}
	return row.account(), read.RowsAffected > 0, nil
}

// Accept takes an invitation in exchange for a password and a session, all in one transaction. It fails with NOT_FOUND if the
// invitation has gone.
func (s *Store) Accept(
	ctx context.Context, accountID uuid.UUID, token auth.TokenHash, passwordHash string, session customer.OpenSession,
) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		a, err := load(tx, accountID)
		if err != nil {
			return err
		}
		taken := tx.Exec(`DELETE FROM public.invites AS i WHERE i.token_sha256 = ?`, token[:])
		switch {
		case taken.Error != nil:
			return fmt.Errorf("delete invitation: %w", taken.Error)
		case taken.RowsAffected == 0 || a.PasswordHash != "" || a.SuspendedAt != nil:
			return customer.NoInvitation()
		}
		a.PasswordHash = passwordHash
		if err := save(tx, a); err != nil {
			return err
		}
		if err := openSession(tx, session); err != nil {
			return err
		}
		themself := a.Actor().Author()
		return events.Append(tx, events.Entry{
			Stream: customer.Stream, ID: a.ID, LocationID: place(a.Rights), Type: customer.InviteAccepted, By: themself, At: s.now(), Payload: payload{After: rightsOf(a.Rights)},
		})
	})
}

// SweepInvites deletes invitations that have expired; their accounts stay, and can be invited again.
func SweepInvites() postgres.Sweep {
	return postgres.Sweep{Table: "public.invites", Column: "expires_at"}
}
