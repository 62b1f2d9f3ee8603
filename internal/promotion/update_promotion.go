package promotion

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/patch"
)

// UpdatePromotion changes a promotion. What is nil stays; reward and conditions are replaced whole. Orders that were placed
// keep what it took off them.
type UpdatePromotion struct {
	By              auth.Actor
	ID              uuid.UUID
	ExpectedVersion *int // nil: whatever it is
	Name            *string
	Code            *string // "" for none
	Priority        *int
	IsAdvertised    *bool
	Reward          *pricing.Reward
	Conditions      *pricing.Conditions
}

// Validate has the rules of CreatePromotion, for what is given.
func (c UpdatePromotion) Validate() error {
	return cmp.Or(
		patch.Check(c.Name, validName), patch.Check(c.Code, validCode), patch.Check(c.Priority, validPriority), patch.Check(c.Reward, validReward),
		patch.Check(c.Conditions, validConditions),
	)
}

// promotions loads one promotion under a row lock, lets change decide, and saves it: all of it, or nothing. It fails with
// NOT_FOUND if there is no such promotion, with ALREADY_EXISTS if another one has the code, and with BAD_USER_INPUT if there
// is no such dish.
type promotions interface {
	Update(ctx context.Context, id uuid.UUID, change func(*Promotion) error) error
}

// UpdatePromotionHandler handles UpdatePromotion.
type UpdatePromotionHandler struct {
	Promotions promotions
	Now        func() time.Time
}

// Handle changes the promotion in one transaction and returns its id.
func (h *UpdatePromotionHandler) Handle(ctx context.Context, cmd UpdatePromotion) (uuid.UUID, error) {
	if err := h.Promotions.Update(ctx, cmd.ID, func(p *Promotion) error { return p.update(cmd, h.Now()) }); err != nil {
		return uuid.Nil, fmt.Errorf("update promotion %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

// update changes what a valid command names; a command that changes nothing raises no version.
func (p *Promotion) update(cmd UpdatePromotion, at time.Time) error {
	if err := p.admit(cmd.By, cmd.ExpectedVersion); err != nil {
		return err
	}
	s := p.state
	if cmd.Name != nil {
		s.Name = cleaned(*cmd.Name)
	}
	if cmd.Code != nil {
		s.Code = cleaned(*cmd.Code)
	}
	patch.Set(&s.Priority, cmd.Priority)
	patch.Set(&s.Advertised, cmd.IsAdvertised)
	patch.Set(&s.Reward, cmd.Reward)
	if cmd.Conditions != nil {
		s.Conditions = timed(*cmd.Conditions)
	}
	if reflect.DeepEqual(s, p.state) {
		return nil
	}
	if err := s.payable(); err != nil {
		return err
	}
	p.state = s
	p.record(PromotionChanged, cmd.By, at)
	return nil
}

// EndPromotion ends a promotion now; one that has ended stays as it is.
type EndPromotion struct {
	By              auth.Actor
	ID              uuid.UUID
	ExpectedVersion *int // nil: whatever it is
}

// Validate has no rules: any promotion can be ended.
func (EndPromotion) Validate() error { return nil }

// EndPromotionHandler handles EndPromotion.
type EndPromotionHandler struct {
	Promotions promotions
	Now        func() time.Time
}

// Handle ends the promotion and returns its id.
func (h *EndPromotionHandler) Handle(ctx context.Context, cmd EndPromotion) (uuid.UUID, error) {
	if err := h.Promotions.Update(ctx, cmd.ID, func(p *Promotion) error { return p.end(cmd, h.Now()) }); err != nil {
		return uuid.Nil, fmt.Errorf("end promotion %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

func (p *Promotion) end(cmd EndPromotion, at time.Time) error {
	if err := p.admit(cmd.By, cmd.ExpectedVersion); err != nil {
		return err
	}
	if p.state.EndsAt != nil && !p.state.EndsAt.After(at) {
		return nil
	}
	if p.state.StartsAt != nil && p.state.StartsAt.After(at) {
		p.state.StartsAt = &at
	}
	p.state.EndsAt = &at
	p.record(PromotionEnded, cmd.By, at)
	return nil
}
