package customerstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
)

// Change loads one account under a row lock, lets change decide, and saves the account, the event and the end of its sessions:
// all of it, or nothing. It fails with NOT_FOUND if there is no such account, and with BAD_USER_INPUT if nobody could manage
// the shop any more.
func (s *Store) Change(
	ctx context.Context, id uuid.UUID, by auth.Author, change func(*customer.Account) (customer.Change, error),
) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		before, err := load(tx, id)
		if err != nil {
			return err
		}
		after := before
		after.Roles, after.LocationIDs = slices.Clone(before.Roles), slices.Clone(before.LocationIDs)
		done, err := change(&after)
		if err != nil || done.Event == "" {
			return err
		}
		if before.ManagesAll() && !after.ManagesAll() {
			if err := mustBeManaged(tx, id); err != nil {
				return err
			}
		}
		if err := save(tx, after); err != nil {
			return err
		}
		if done.EndSessions {
			if err := endSessions(tx, id, done.KeepToken); err != nil {
				return err
			}
		}
		was := rightsOf(before.Rights)
		return events.Append(tx, events.Entry{
			Stream: customer.Stream, ID: id, LocationID: cmp.Or(place(after.Rights), place(before.Rights)), Type: done.Event, By: by, At: s.now(), Payload: payload{&was, rightsOf(after.Rights)},
		})
	})
}

func load(tx *gorm.DB, id uuid.UUID) (customer.Account, error) {
	var row foundRow
	found := tx.Raw(`
		SELECT `+foundColumns+`
		FROM public.accounts AS a
		JOIN public.customers AS c ON c.id = a.customer_id
		WHERE a.customer_id = ?
		FOR NO KEY UPDATE OF a`, id).Find(&row)
	switch {
	case found.Error != nil:
		return customer.Account{}, fmt.Errorf("load account: %w", found.Error)
	case found.RowsAffected == 0:
		return customer.Account{}, customer.NotFound()
	}
	return row.account(), nil
}

func save(tx *gorm.DB, a customer.Account) error {
	if err := mustExist(tx, a.LocationIDs); err != nil {
		return err
	}
	err := tx.Exec(`
		UPDATE public.accounts
		SET password_hash = ?, roles = ?, location_ids = ?, suspended_at = ?
		WHERE customer_id = ?`,
		a.PasswordHash, roles(a.Roles), ids(a.LocationIDs), a.SuspendedAt, a.ID).Error
	if err != nil {
		return fmt.Errorf("update account: %w", err)
	}
	return nil
}

// mustBeManaged refuses to go on if nobody but the account named manages the whole shop. Those who take such a manager away
// take turns, or two could take away each other.
func mustBeManaged(tx *gorm.DB, but uuid.UUID) error {
	if err := postgres.TakeTurns(tx, "who manages the shop"); err != nil {
		return err
	}
	var managed bool
	err := tx.Raw(`
		SELECT EXISTS (
			SELECT FROM public.accounts AS a
			WHERE 'MANAGER' = ANY (a.roles) AND a.location_ids IS NULL AND a.suspended_at IS NULL
				AND a.password_hash <> '' AND a.customer_id <> ?
		)`, but).Find(&managed).Error
	if err != nil {
		return fmt.Errorf("look for another manager: %w", err)
	}
	if !managed {
		return customer.NobodyManages()
	}
	return nil
}

// endSessions ends an account's sessions, but for one, and forgets its devices: they may be whose sessions are ended.
func endSessions(tx *gorm.DB, accountID uuid.UUID, but auth.TokenHash) error {
	err := tx.Exec(`DELETE FROM public.sessions AS s WHERE s.account_id = ? AND s.token_sha256 <> ?`, accountID, but[:]).Error
	if err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	if err := tx.Exec(`DELETE FROM public.devices AS d WHERE d.account_id = ?`, accountID).Error; err != nil {
		return fmt.Errorf("forget devices: %w", err)
	}
	return nil
}
