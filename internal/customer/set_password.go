package customer

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// SetPassword gives an account another password, whatever the one before: for whoever runs the server. No client reaches it.
type SetPassword struct {
	ID       uuid.UUID
	Password string
}

// Validate has the rules of SignUp.
func (c SetPassword) Validate() error { return validPassword(c.Password) }

// SetPasswordHandler handles SetPassword.
type SetPasswordHandler struct {
	Accounts  accountsToChange
	Passwords hasher
}

// Handle sets the password, ends all sessions of the account, and returns its id.
func (h *SetPasswordHandler) Handle(ctx context.Context, cmd SetPassword) (uuid.UUID, error) {
	hash, err := h.Passwords.Hash(ctx, cmd.Password)
	if err != nil {
		return uuid.Nil, err
	}
	err = h.Accounts.Change(ctx, cmd.ID, auth.System().Author(), func(a *Account) (Change, error) {
		a.PasswordHash = hash
		return Change{Event: PasswordSet, EndSessions: true}, nil
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("set password of %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}
