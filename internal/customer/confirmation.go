package customer

import (
	"context"
	"fmt"
	"unicode/utf8"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Confirmation asks whoever is signed in for the password once more: a stolen session is not enough for what can't be undone.
// Wrong ones count as when signing in.
type Confirmation struct {
	Accounts interface {
		ByEmail(ctx context.Context, email string) (account Account, found bool, err error)
	}
	Passwords verifier
	Attempts  *Attempts
}

// confirm returns the account of the actor whose password it is. It refuses a wrong one with BAD_USER_INPUT at the field named,
// and those who guess with RATE_LIMITED.
func (c Confirmation) confirm(ctx context.Context, by auth.Actor, password, field string, from Origin) (Account, error) {
	if err := c.Attempts.allow(by.Email, from.anew()); err != nil {
		return Account{}, err
	}
	account, _, err := c.Accounts.ByEmail(ctx, by.Email)
	if err != nil {
		return Account{}, fmt.Errorf("confirm by password: %w", err)
	}
	right := utf8.RuneCountInString(password) <= maxPassword
	if right {
		right, err = c.Passwords.Verify(ctx, password, account.PasswordHash)
	}
	switch {
	case err != nil:
		return Account{}, fmt.Errorf("confirm by password: %w", err)
	case !right || account.ID != by.ID:
		return Account{}, fault.New(fault.BadUserInput, "The password is wrong.").At(field)
	}
	c.Attempts.succeeded(by.Email, from.anew())
	return account, nil
}
