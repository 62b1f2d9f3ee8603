package ordering

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

const (
	// TokenLasts is for how long a token of an order works: of an order for later, from then on.
	TokenLasts = 7 * 24 * time.Hour
	// TokensAtOnce is how many tokens of one scope an order may have. The oldest makes room for another: a token whose answer got
	// lost keeps nobody from the order.
	TokensAtOnce = 10
)

// OrderToken is what is kept of a token that lets its bearer do something with one order.
type OrderToken struct {
	Hash      auth.TokenHash
	OrderID   uuid.UUID
	Scope     auth.TokenScope
	CreatedAt time.Time
	ExpiresAt time.Time
}

// IssuedToken is a token, as it is told once.
type IssuedToken struct {
	Token     string
	ExpiresAt time.Time
}

// orderTokens reads an order, and stores a token of it, in the place of the oldest ones of its scope if there are as many as there
// may be.
type orderTokens interface {
	Get(ctx context.Context, id uuid.UUID) (*Order, error)
	AddToken(ctx context.Context, token OrderToken, atOnce int) error
}

// TokenIssuer makes tokens of orders.
type TokenIssuer struct {
	Orders   orderTokens
	Now      func() time.Time
	NewToken func() string // a secret of the form of auth.NewToken
}

func (i *TokenIssuer) issue(ctx context.Context, order *Order, scope auth.TokenScope) (IssuedToken, error) {
	// Postgres keeps microseconds; client and server shall agree on the end.
	now := i.Now().UTC().Truncate(time.Microsecond)
	issued := IssuedToken{Token: i.NewToken(), ExpiresAt: order.state.dueAt(now).Add(TokenLasts).UTC()}
	hash, _ := auth.HashToken(issued.Token)
	kept := OrderToken{Hash: hash, OrderID: order.state.ID, Scope: scope, CreatedAt: now, ExpiresAt: issued.ExpiresAt}
	if err := i.Orders.AddToken(ctx, kept, TokensAtOnce); err != nil {
		return IssuedToken{}, fmt.Errorf("issue a token of order %s: %w", order.state.ID, err)
	}
	return issued, nil
}

// ShareOrder makes a link by which others follow an order.
type ShareOrder struct {
	By      auth.Actor
	OrderID uuid.UUID
}

// Validate has nothing to refuse.
func (ShareOrder) Validate() error { return nil }

// ShareOrderHandler handles ShareOrder.
type ShareOrderHandler struct{ *TokenIssuer }

// Handle makes a token that shows the order. It fails with NOT_FOUND if the order is none of the actor's business, and with
// FORBIDDEN if they have such a token themselves: who may pass the order on is its customer's to say.
func (h *ShareOrderHandler) Handle(ctx context.Context, cmd ShareOrder) (IssuedToken, error) {
	order, err := h.Orders.Get(ctx, cmd.OrderID)
	if err != nil {
		return IssuedToken{}, fmt.Errorf("read order %s: %w", cmd.OrderID, err)
	}
	if _, err := order.admit(cmd.By, nil); err != nil {
		return IssuedToken{}, err
	}
	return h.issue(ctx, order, auth.ScopeTracking)
}

// AdmitGuest lets the guest into the order who has just placed it, or has repeated the key with which it was. No client reaches it
// in another way.
type AdmitGuest struct{ OrderID uuid.UUID }

// Validate has nothing to refuse.
func (AdmitGuest) Validate() error { return nil }

// AdmitGuestHandler handles AdmitGuest.
type AdmitGuestHandler struct{ *TokenIssuer }

// Handle makes a token for the guest. Tokens of before go on, as far as there is room.
func (h *AdmitGuestHandler) Handle(ctx context.Context, cmd AdmitGuest) (IssuedToken, error) {
	order, err := h.Orders.Get(ctx, cmd.OrderID)
	if err != nil {
		return IssuedToken{}, fmt.Errorf("read order %s: %w", cmd.OrderID, err)
	}
	return h.issue(ctx, order, auth.ScopeGuest)
}
