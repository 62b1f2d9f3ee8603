package customer

import (
	"context"
	"fmt"
	"time"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// ChangePassword replaces the password of the account that asks, and ends its other sessions.
type ChangePassword struct {
	By              auth.Actor
	Token           string // of the session that goes on
	CurrentPassword string
	NewPassword     string
	Origin          Origin
}

// Validate has the rules of SignUp.
func (c ChangePassword) Validate() error {
	err := validPassword(c.NewPassword, c.By.Email, c.By.Name)
	if refused, ok := fault.As(err); ok {
		return refused.At("newPassword")
	}
	return err
}

// knownAccounts finds and changes accounts.
type knownAccounts interface {
	accountsToChange
	ByEmail(ctx context.Context, email string) (account Account, found bool, err error)
}

// ChangePasswordHandler handles ChangePassword.
type ChangePasswordHandler struct {
	Accounts  knownAccounts
	Passwords interface {
		hasher
		verifier
	}
	Attempts *Attempts
	// Session tells when the session of a token expires: auth.Sessions.Authenticate.
	Session func(ctx context.Context, token string) (auth.Actor, time.Time, error)
}

// Handle returns the session that goes on. It refuses with BAD_USER_INPUT a current password that is wrong, and with
// RATE_LIMITED those who guess it: a stolen session doesn't open the account for good.
func (h *ChangePasswordHandler) Handle(ctx context.Context, cmd ChangePassword) (Session, error) {
	if err := h.Attempts.allow(cmd.By.Email, cmd.Origin.anew()); err != nil {
		return Session{}, err
	}
	actor, expiresAt, err := h.Session(ctx, cmd.Token)
	if err != nil {
		return Session{}, err
	}
	account, _, err := h.Accounts.ByEmail(ctx, actor.Email)
	if err != nil {
		return Session{}, fmt.Errorf("change password: %w", err)
	}
	right, err := h.Passwords.Verify(ctx, cmd.CurrentPassword, account.PasswordHash)
	switch {
	case err != nil:
		return Session{}, fmt.Errorf("change password: %w", err)
	case !right || account.ID != actor.ID:
		return Session{}, fault.New(fault.BadUserInput, "The current password is wrong.").At("currentPassword")
	}
	h.Attempts.succeeded(cmd.By.Email, cmd.Origin.anew())
	hash, err := h.Passwords.Hash(ctx, cmd.NewPassword)
	if err != nil {
		return Session{}, err
	}
	keep, _ := auth.HashToken(cmd.Token)
	err = h.Accounts.Change(ctx, account.ID, actor.Author(), func(a *Account) (Change, error) {
		a.PasswordHash = hash
		return Change{Event: PasswordSet, EndSessions: true, KeepToken: keep}, nil
	})
	if err != nil {
		return Session{}, fmt.Errorf("change password: %w", err)
	}
	return Session{Token: cmd.Token, Actor: actor, ExpiresAt: expiresAt}, nil
}
