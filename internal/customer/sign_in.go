package customer

import (
	"context"
	"fmt"
	"unicode/utf8"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// SignIn opens a session for whoever knows an account's password.
type SignIn struct {
	Email    string
	Password string
	// DeviceToken is for clients that keep no cookies; the edge puts it into Origin.
	DeviceToken *string
	Origin      Origin
}

// Validate refuses what can't be right, in the words for everything that is wrong.
func (c SignIn) Validate() error {
	if _, ok := text.Email(c.Email); !ok || c.Password == "" || utf8.RuneCountInString(c.Password) > maxPassword {
		return WrongSignIn()
	}
	return nil
}

// accounts finds accounts by e-mail address, however it is spelled, and opens sessions.
type accounts interface {
	// Knows tells whether the account with the e-mail address has been signed in to on the device.
	Knows(ctx context.Context, email string, device auth.TokenHash) (bool, error)
	ByEmail(ctx context.Context, email string) (account Account, found bool, err error)
	Open(ctx context.Context, session OpenSession) error
}

// verifier compares a password with a hash. The hash "" matches no password, at the same cost.
type verifier interface {
	Verify(ctx context.Context, password, hash string) (bool, error)
}

// SignInHandler verifies the password. Whether an account exists shows neither in its answer, nor in its work, nor in
// what it counts.
type SignInHandler struct {
	Accounts  accounts
	Passwords verifier
	Attempts  *Attempts
	Sessions  Issuer
}

// Handle opens the session. It refuses with UNAUTHENTICATED a wrong address or password, and an account that is
// suspended, and with RATE_LIMITED those who guess.
func (h *SignInHandler) Handle(ctx context.Context, cmd SignIn) (Session, error) {
	known, err := h.knows(ctx, cmd)
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	if !known {
		cmd.Origin.Device = "" // whatever was sent: another one is given
	}
	if err := h.Attempts.allow(cmd.Email, cmd.Origin); err != nil {
		return Session{}, err
	}
	account, _, err := h.Accounts.ByEmail(ctx, cmd.Email)
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	// An account that doesn't exist has the hash "".
	right, err := h.Passwords.Verify(ctx, cmd.Password, account.PasswordHash)
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	if !right {
		return Session{}, WrongSignIn()
	}
	h.Attempts.succeeded(cmd.Email, cmd.Origin)
	if account.SuspendedAt != nil { // told to nobody but who knows the password
		return Session{}, fault.New(fault.Unauthenticated, "This account is suspended.")
	}
	session, open := h.Sessions.issue(account.Actor(), cmd.Origin)
	if err := h.Accounts.Open(ctx, open); err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	return session, nil
}

func (h *SignInHandler) knows(ctx context.Context, cmd SignIn) (bool, error) {
	device, ok := auth.HashToken(cmd.Origin.Device)
	if !ok {
		return false, nil
	}
	return h.Accounts.Knows(ctx, cmd.Email, device)
}

// WrongSignIn is the refusal of an e-mail address without an account, and of a wrong password: the two look the same.
func WrongSignIn() *fault.Error {
	return fault.New(fault.Unauthenticated, "E-mail or password is wrong.")
}
