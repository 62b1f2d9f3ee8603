package customer

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// CreateAccount makes an account with the roles named, for the staff and the demo shop. No visitor reaches it.
type CreateAccount struct {
	ID       uuid.UUID
	Name     string
	Email    string
	Password string
	Roles    []auth.Role
	// LocationIDs are where the roles are held; nil: at all locations.
	LocationIDs []uuid.UUID
}

// Validate has the rules of SignUp.
func (c CreateAccount) Validate() error { return c.signUp().Validate() }

func (c CreateAccount) signUp() SignUp {
	return SignUp{Name: c.Name, Email: c.Email, Password: c.Password}
}

// registry knows the accounts and takes new ones.
type registry interface {
	newAccounts
	// ByEmail finds the account with this address, however it is spelled.
	ByEmail(ctx context.Context, email string) (account Account, found bool, err error)
}

// CreateAccountHandler adds an account unless there is one with its e-mail address.
type CreateAccountHandler struct {
	Accounts  registry
	Passwords hasher
}

// Handle returns the id of the account that has the e-mail address now. One that was there before stays as it is. It fails with
// NOT_FOUND if the account with the id was deleted: ids are given once.
func (h *CreateAccountHandler) Handle(ctx context.Context, cmd CreateAccount) (uuid.UUID, error) {
	if there, found, err := h.Accounts.ByEmail(ctx, cmd.Email); found || err != nil {
		return there.ID, err
	}
	account, err := cmd.signUp().account(ctx, h.Passwords, cmd.ID, cmd.Roles...)
	if err != nil {
		return uuid.Nil, err
	}
	account.LocationIDs = cmd.LocationIDs
	err = h.Accounts.Add(ctx, account, auth.System().Author())
	if fault.Is(err, fault.AlreadyExists) { // somebody was faster
		there, found, err := h.Accounts.ByEmail(ctx, account.Email)
		if err == nil && !found {
			err = fault.New(fault.NotFound, "The account with this id was deleted, and stays so: make another one.")
		}
		return there.ID, err
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("create account: %w", err)
	}
	return account.ID, nil
}
