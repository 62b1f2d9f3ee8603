package screen

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
)

// ClaimScreen makes whoever knows a code the screen.
type ClaimScreen struct {
	Code    string
	Address string // the network address that the client connects from; "" is not counted
}

// Validate has nothing to refuse: what can't be a code counts as a wrong one.
func (ClaimScreen) Validate() error { return nil }

// Claim is what claiming gives: the token is the screen's until it is revoked.
type Claim struct {
	ScreenID uuid.UUID
	Token    string
}

// claimable loads the screen of a code under a row lock, lets change decide, and saves it: all of it, or nothing. It fails with
// NOT_FOUND if no screen has the code, or not any more.
type claimable interface {
	UpdateByCode(ctx context.Context, code auth.TokenHash, change func(*Screen) error) error
}

// ClaimScreenHandler handles ClaimScreen.
type ClaimScreenHandler struct {
	Screens  claimable
	Attempts *customer.Attempts
	Now      func() time.Time
	NewToken func() string // of the form of auth.NewToken
}

// Handle takes the code in exchange for a token. It refuses with NOT_FOUND a code that can't be used, or not any more, and with
// RATE_LIMITED a network that tries many.
func (h *ClaimScreenHandler) Handle(ctx context.Context, cmd ClaimScreen) (Claim, error) {
	if err := h.Attempts.AllowFrom(cmd.Address); err != nil {
		return Claim{}, err
	}
	code, ok := hashCode(cmd.Code)
	if !ok {
		return Claim{}, NoSuchCode()
	}
	claim := Claim{Token: h.NewToken()}
	err := h.Screens.UpdateByCode(ctx, code, func(s *Screen) error {
		token, _ := auth.HashToken(claim.Token)
		claim.ScreenID = s.state.ID
		return s.claim(token, h.Now())
	})
	if err != nil {
		return Claim{}, fmt.Errorf("claim screen: %w", err)
	}
	return claim, nil
}

func (s *Screen) claim(token auth.TokenHash, at time.Time) error {
	if s.state.CodeExpiresAt == nil || !s.state.CodeExpiresAt.After(at) {
		return NoSuchCode()
	}
	s.state.Code, s.state.CodeExpiresAt = nil, nil
	s.state.Token, s.state.ClaimedAt = &token, &at
	s.record(ScreenClaimed, s.state.Actor(), at)
	return nil
}
