package customer

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// ChangeRights changes what an account may do, and where. What is nil stays.
type ChangeRights struct {
	By          auth.Actor // the zero Actor, which is the server's operator, may change everything
	ID          uuid.UUID
	Roles       []auth.Role
	LocationIDs *[]uuid.UUID // to nil: all locations
	Suspended   *bool
}

// Validate refuses, with BAD_USER_INPUT, roles and locations that nobody can have.
func (c ChangeRights) Validate() error {
	if c.Roles != nil {
		if err := validRoles(c.Roles); err != nil {
			return err
		}
	}
	if c.LocationIDs != nil {
		return validLocations(*c.LocationIDs)
	}
	return nil
}

// Change is what a change of an account means beyond the account.
type Change struct {
	Event string // what the log tells of it; "" if nothing has changed
	// EndSessions ends the account's sessions, all but those of KeepToken. Streams end with them.
	EndSessions bool
	KeepToken   auth.TokenHash
}

// accountsToChange loads one account under a row lock, lets change decide, and saves the account, the event and the end of
// the sessions: all of it commits, or none does. It fails with NOT_FOUND if there is no such account, and with BAD_USER_INPUT
// if nobody could manage the shop any more.
type accountsToChange interface {
	Change(ctx context.Context, id uuid.UUID, by auth.Author, change func(*Account) (Change, error)) error
}

// ChangeRightsHandler handles ChangeRights.
type ChangeRightsHandler struct {
	Accounts accountsToChange
	Now      func() time.Time
}

// Handle changes the account in one transaction, ends its sessions if its rights are others now, and returns its id.
func (h *ChangeRightsHandler) Handle(ctx context.Context, cmd ChangeRights) (uuid.UUID, error) {
	err := h.Accounts.Change(ctx, cmd.ID, cmd.By.Author(), func(a *Account) (Change, error) {
		before := a.Rights
		cmd.apply(&a.Rights, h.Now())
		if err := cmd.allowed(before, a.Rights); err != nil || a.Same(before) {
			return Change{}, err
		}
		return Change{Event: RightsChanged, EndSessions: true}, nil
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("change rights of %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

func (c ChangeRights) apply(r *Rights, now time.Time) {
	if c.Roles != nil {
		r.Roles = c.Roles
	}
	if c.LocationIDs != nil {
		r.LocationIDs = *c.LocationIDs
	}
	switch {
	case c.Suspended == nil:
	case *c.Suspended:
		r.SuspendedAt = cmp.Or(r.SuspendedAt, &now)
	default:
		r.SuspendedAt = nil
	}
}

// allowed refuses who manages some locations to touch those who work elsewhere, too: such people don't exist for them.
func (c ChangeRights) allowed(before, after Rights) error {
	if !c.By.Known() || (c.By.Covers(before.LocationIDs) && c.By.Covers(after.LocationIDs)) {
		return nil
	}
	return NotFound()
}
