package customer

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// AcceptInvite sets the password of an invited account, and signs its owner in.
type AcceptInvite struct {
	Token    string
	Password string
	Origin   Origin
}

// Validate has the rules of SignUp.
func (c AcceptInvite) Validate() error { return validPassword(c.Password) }

// invitations knows whom a token invites, and takes the invitation in exchange for a password and a session.
type invitations interface {
	// Invited returns the account that the token invites at the time given; found is false if it invites nobody any more.
	Invited(ctx context.Context, token auth.TokenHash, at time.Time) (account Account, found bool, err error)
	// Accept does all of it, or fails with NOT_FOUND if the invitation has gone meanwhile.
	Accept(ctx context.Context, accountID uuid.UUID, token auth.TokenHash, passwordHash string, session OpenSession) error
}

// AcceptInviteHandler handles AcceptInvite.
type AcceptInviteHandler struct {
	Invitations invitations
	Passwords   hasher
	Attempts    *Attempts
	Sessions    Issuer
	Now         func() time.Time
}

// Handle opens a session. It refuses with NOT_FOUND a token that invites nobody, and with RATE_LIMITED an address that tries
// many.
func (h *AcceptInviteHandler) Handle(ctx context.Context, cmd AcceptInvite) (Session, error) {
	if err := h.Attempts.AllowFrom(cmd.Origin.Address); err != nil {
		return Session{}, err
	}
	token, ok := auth.HashToken(cmd.Token)
	if !ok {
		return Session{}, NoInvitation()
	}
	account, found, err := h.Invitations.Invited(ctx, token, h.Now())
	switch {
	case err != nil:
		return Session{}, fmt.Errorf("accept invitation: %w", err)
	case !found || account.SuspendedAt != nil:
		return Session{}, NoInvitation()
	}
	if err := validPassword(cmd.Password, account.Email, account.Name); err != nil {
		return Session{}, err
	}
	hash, err := h.Passwords.Hash(ctx, cmd.Password)
	if err != nil {
		return Session{}, err
	}
	session, open := h.Sessions.issue(account.Actor(), cmd.Origin.anew())
	if err := h.Invitations.Accept(ctx, account.ID, token, hash, open); err != nil {
		return Session{}, fmt.Errorf("accept invitation: %w", err)
	}
	return session, nil
}

// NoInvitation is the refusal of a token that never invited, or does no longer.
func NoInvitation() *fault.Error {
	return fault.New(fault.NotFound, "This invitation can't be accepted any more. Ask for another one.").At("token")
}
