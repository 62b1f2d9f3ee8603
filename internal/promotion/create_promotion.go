package promotion

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
)

// CreatePromotion makes orders of a location cheaper.
type CreatePromotion struct {
	ID             uuid.UUID          `json:"-"` // given by the pipeline
	By             auth.Actor         `json:"-"`
	IdempotencyKey string             `json:"-"`
	LocationID     *uuid.UUID         `json:"locationId"` // nil: the only location
	Name           string             `json:"name"`
	Code           string             `json:"code"` // "": it applies by itself
	Priority       int                `json:"priority"`
	IsAdvertised   bool               `json:"isAdvertised"`
	Reward         pricing.Reward     `json:"reward"`
	Conditions     pricing.Conditions `json:"conditions"`
}

// Intent names what must happen once.
func (c CreatePromotion) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the id of the promotion to be.
func (c CreatePromotion) WithSubject(id uuid.UUID) CreatePromotion {
	c.ID = id
	return c
}

// Validate refuses, with BAD_USER_INPUT, what no promotion can be.
func (c CreatePromotion) Validate() error {
	return cmp.Or(
		cqrs.ValidKey(c.IdempotencyKey), validName(c.Name), validCode(c.Code), validPriority(c.Priority), validReward(c.Reward),
		validConditions(c.Conditions),
	)
}

// newPromotions stores a new promotion; one that is there already, left by an earlier try, stays as it is. It fails with
// ALREADY_EXISTS if another one has the code, and with BAD_USER_INPUT if there is no such dish.
type newPromotions interface {
	// Currency returns the location named, or the only one, and its currency. It fails with NOT_FOUND if there is no such
	// location, and with BAD_USER_INPUT if none is named and there are several.
	Currency(ctx context.Context, location *uuid.UUID) (uuid.UUID, string, error)
	Add(ctx context.Context, p *Promotion) error
}

// CreatePromotionHandler handles CreatePromotion.
type CreatePromotionHandler struct {
	Promotions newPromotions
	Now        func() time.Time
}

// Handle stores the promotion and returns its id. It fails with FORBIDDEN if whoever asks doesn't manage the location.
func (h *CreatePromotionHandler) Handle(ctx context.Context, cmd CreatePromotion) (uuid.UUID, error) {
	at, currency, err := h.Promotions.Currency(ctx, cmd.LocationID)
	if err != nil {
		return uuid.Nil, fmt.Errorf("look up the location: %w", err)
	}
	if err := cmd.By.At(at).Require(auth.RoleManager); err != nil {
		return uuid.Nil, err
	}
	p := NewPromotion(cmd, at, currency, h.Now())
	if err := p.state.payable(); err != nil {
		return uuid.Nil, err
	}
	if err := h.Promotions.Add(ctx, p); err != nil {
		return uuid.Nil, fmt.Errorf("create promotion: %w", err)
	}
	return cmd.ID, nil
}

// NewPromotion makes a promotion of a valid command.
func NewPromotion(cmd CreatePromotion, location uuid.UUID, currency string, at time.Time) *Promotion {
	p := &Promotion{state: State{
		Promotion: pricing.Promotion{
			ID: cmd.ID, Name: cleaned(cmd.Name), Code: cleaned(cmd.Code), Priority: cmd.Priority, Advertised: cmd.IsAdvertised,
			Reward: cmd.Reward, Conditions: timed(cmd.Conditions),
		},
		LocationID: location, Currency: currency, CreatedAt: at,
	}}
	p.record(PromotionAdded, cmd.By, at)
	return p
}
