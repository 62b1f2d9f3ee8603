package customer

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/text"
)

// SignUp makes an account for a new customer and signs them in.
type SignUp struct {
	Name     string
	Email    string
	Password string
	Phone    *string
	Origin   Origin
}

// Validate refuses what no account can have.
func (c SignUp) Validate() error {
	// The first refusal in the order of the form.
	for _, err := range []error{validName(c.Name), validEmail(c.Email), validPassword(c.Password, c.Email, c.Name), validPhone(c.Phone)} {
		if err != nil {
			return err
		}
	}
	return nil
}

// newAccounts stores an account with its customer and, if any, its first sessions: all of it or nothing. It fails with
// ALREADY_EXISTS if the e-mail address is taken, however it is spelled.
type newAccounts interface {
	Add(ctx context.Context, account Account, by auth.Author, sessions ...OpenSession) error
}

// hasher makes a password's hash.
type hasher interface {
	Hash(ctx context.Context, password string) (string, error)
}

// SignUpHandler stores the account with its first session. It has to tell that an e-mail address is taken, so an address
// that asks often is refused: it may be trying names.
type SignUpHandler struct {
	Accounts  newAccounts
	Passwords hasher
	Attempts  *Attempts
	Sessions  Issuer
	NewID     func() uuid.UUID
}

// Handle adds the account, a customer's. It refuses with RATE_LIMITED an address over the limit.
func (h *SignUpHandler) Handle(ctx context.Context, cmd SignUp) (Session, error) {
	if err := h.Attempts.AllowFrom(cmd.Origin.Address); err != nil {
		return Session{}, err
	}
	account, err := cmd.account(ctx, h.Passwords, h.NewID(), auth.RoleCustomer)
	if err != nil {
		return Session{}, err
	}
	session, open := h.Sessions.issue(account.Actor(), cmd.Origin.anew())
	themself := auth.Author{Role: auth.ActorRole(auth.RoleCustomer), ID: &account.ID} // without the name, which may be forgotten
	if err := h.Accounts.Add(ctx, account, themself, open); err != nil {
		return Session{}, fmt.Errorf("sign up: %w", err)
	}
	return session, nil
}

func (c SignUp) account(ctx context.Context, passwords hasher, id uuid.UUID, roles ...auth.Role) (Account, error) {
	if len(roles) == 0 {
		return Account{}, errors.New("an account needs a role")
	}
	hash, err := passwords.Hash(ctx, c.Password)
	if err != nil {
		return Account{}, err
	}
	name, _ := text.Line(c.Name)
	email, _ := text.Email(c.Email)
	phone, _ := text.OptionalLine(c.Phone)
	return Account{
		ID: id, Name: name, Email: email, Phone: phone,
		PasswordHash: hash, Rights: Rights{Roles: roles},
	}, nil
}
