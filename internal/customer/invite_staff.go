package customer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// InviteStaff makes an account for a new member of staff, who sets its password by accepting the invitation. Repeated before
// that, it replaces the invitation.
type InviteStaff struct {
	By          auth.Actor
	Name        string
	Email       string
	Roles       []auth.Role
	LocationIDs []uuid.UUID // nil: all locations
}

// Validate has the rules of SignUp and ChangeRights, and refuses an account that wouldn't be staff's.
func (c InviteStaff) Validate() error {
	err := cmp.Or(validName(c.Name), validEmail(c.Email), validRoles(c.Roles), validLocations(c.LocationIDs))
	if err == nil && !(auth.Actor{Roles: c.Roles}).Staff() {
		err = fault.New(fault.BadUserInput, "Customers need no invitation. Name a role of the staff.").At("roles")
	}
	return err
}

// Invitation is what inviting gives: the token lets its holder set the account's password, once, until it expires.
type Invitation struct {
	AccountID uuid.UUID
	Token     string
}

// OpenInvitation is the part of an invitation that is stored.
type OpenInvitation struct {
	TokenHash auth.TokenHash
	ExpiresAt time.Time
}

// invitedAccounts stores an account without a password, with its invitation, or replaces both if the e-mail address belongs to
// an account that was invited and hasn't accepted. It returns the account's id, and fails with ALREADY_EXISTS if the address
// belongs to another account, or to one that replaceable refuses.
type invitedAccounts interface {
	Invite(
		ctx context.Context, account Account, invitation OpenInvitation, by auth.Author, replaceable func(Account) bool,
	) (uuid.UUID, error)
}

// InviteStaffHandler handles InviteStaff.
type InviteStaffHandler struct {
	Accounts invitedAccounts
	Now      func() time.Time
	NewID    func() uuid.UUID
	NewToken func() string // of the form of auth.NewToken
}

// inviteLifetime is how long an invitation can be accepted.
const inviteLifetime = 7 * 24 * time.Hour

// Handle stores the account and its invitation. It refuses with BAD_USER_INPUT to give rights at locations that the manager
// who invites doesn't manage.
func (h *InviteStaffHandler) Handle(ctx context.Context, cmd InviteStaff) (Invitation, error) {
	if !cmd.By.Covers(cmd.LocationIDs) {
		return Invitation{}, fault.New(fault.BadUserInput, "You can invite to the locations that you manage.").At("locationIds")
	}
	name, _ := text.Line(cmd.Name)
	email, _ := text.Email(cmd.Email)
	account := Account{ID: h.NewID(), Name: name, Email: email, Rights: Rights{Roles: slices.Clone(cmd.Roles), LocationIDs: cmd.LocationIDs}}
	token := h.NewToken()
	hash, _ := auth.HashToken(token)
	id, err := h.Accounts.Invite(ctx, account, OpenInvitation{hash, h.Now().Add(inviteLifetime)}, cmd.By.Author(), func(there Account) bool {
		return cmd.By.Covers(there.LocationIDs)
	})
	if err != nil {
		return Invitation{}, fmt.Errorf("invite staff: %w", err)
	}
	return Invitation{id, token}, nil
}
