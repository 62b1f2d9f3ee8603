package customer

import (
	"cmp"
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// AddAccount makes an account of staff that can be signed in to at once: how a new shop gets its first manager. No client
// reaches it.
type AddAccount struct {
	Name        string
	Email       string
	Password    string
	Roles       []auth.Role
	LocationIDs []uuid.UUID // nil: all locations
}

// Validate has the rules of SignUp, and those of ChangeRights.
func (c AddAccount) Validate() error {
	return cmp.Or(c.signUp().Validate(), validRoles(c.Roles), validLocations(c.LocationIDs))
}

func (c AddAccount) signUp() SignUp {
	return SignUp{Name: c.Name, Email: c.Email, Password: c.Password}
}

// AddAccountHandler handles AddAccount.
type AddAccountHandler struct {
	Accounts  newAccounts
	Passwords hasher
	NewID     func() uuid.UUID
}

// Handle stores the account and returns its id. It fails with ALREADY_EXISTS if the e-mail address is taken.
func (h *AddAccountHandler) Handle(ctx context.Context, cmd AddAccount) (uuid.UUID, error) {
	account, err := cmd.signUp().account(ctx, h.Passwords, h.NewID(), cmd.Roles...)
	if err != nil {
		return uuid.Nil, err
	}
	account.LocationIDs = cmd.LocationIDs
	if err := h.Accounts.Add(ctx, account, auth.System().Author()); err != nil {
		return uuid.Nil, fmt.Errorf("add account: %w", err)
	}
	return account.ID, nil
}
