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

// ChangePasswordHandler handles ChangePassword.
type ChangePasswordHandler struct {
	Accounts     accountsToChange
	Passwords    hasher
	Confirmation Confirmation
	// Session tells when the session of a token expires: auth.Sessions.Authenticate.
	Session func(ctx context.Context, token string) (auth.Actor, time.Time, error)
}

// Handle returns the session that goes on. It refuses with BAD_USER_INPUT a current password that is wrong, and with
// RATE_LIMITED those who guess it: a stolen session doesn't open the account for good.
func (h *ChangePasswordHandler) Handle(ctx context.Context, cmd ChangePassword) (Session, error) {
	actor, expiresAt, err := h.Session(ctx, cmd.Token)
	if err != nil {
		return Session{}, err
	}
	account, err := h.Confirmation.confirm(ctx, actor, cmd.CurrentPassword, "currentPassword", cmd.Origin)
	if err != nil {
		return Session{}, err
	}
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
