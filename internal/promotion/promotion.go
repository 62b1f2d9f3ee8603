// Package promotion is the write side of promotions: what makes orders of a location cheaper, and when. What one takes off a
// basket is calculated by pricing.
package promotion

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Stream is a promotion's in the log of events.
const Stream = "PROMOTION"

// EventType names what somebody did to a promotion.
type EventType string

// The events of a promotion's life.
const (
	PromotionAdded   EventType = "ADDED"
	PromotionChanged EventType = "CHANGED"
	PromotionEnded   EventType = "ENDED"
)

// Event is one change of a promotion.
type Event struct {
	Type EventType
	By   auth.Author
	At   time.Time
}

// Promotion is the aggregate root: its methods are the only way to change it, and each counts its version up.
type Promotion struct {
	before *State // as it was restored; nil of a new promotion
	state  State
	events []Event
}

// State is a promotion as it is stored.
type State struct {
	pricing.Promotion
	LocationID uuid.UUID
	Currency   string // the location's; amounts are in its minor units
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Restore makes a promotion from its stored state.
func Restore(s State) *Promotion { return &Promotion{before: &s, state: s} }

// State returns the promotion as it is to be stored.
func (p *Promotion) State() State { return p.state }

// Before returns the promotion as it was when it was restored; nil if it is new.
func (p *Promotion) Before() *State { return p.before }

// Events returns what has happened since the promotion was made or restored.
func (p *Promotion) Events() []Event { return p.events }

func (p *Promotion) record(how EventType, by auth.Actor, at time.Time) {
	p.state.Version++
	p.state.UpdatedAt = at
	p.events = append(p.events, Event{how, by.Author(), at})
}

// MenuItemIDs are the dishes that a promotion names, each once.
func (s State) MenuItemIDs() []uuid.UUID {
	ids := slices.Clone(s.Scope.MenuItemIDs)
	for _, slot := range s.Reward.Slots {
		ids = append(ids, slot.MenuItemIDs...)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}

// admit refuses whoever doesn't manage the promotion's location, to whom it looks as if there were none, and who decided on
// another version.
func (p *Promotion) admit(by auth.Actor, expected *int) error {
	switch {
	case !by.At(p.state.LocationID).Is(auth.RoleManager):
		return NotFound()
	case expected != nil && *expected != p.state.Version:
		return fault.New(fault.VersionConflict, "The promotion has changed since: it is at version %d.", p.state.Version).
			With(fault.Details{CurrentVersion: p.state.Version}).At("expectedVersion")
	}
	return nil
}

// NotFound is the refusal for a promotion that does not exist.
func NotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such promotion.").At("id")
}

// CodeTaken is the refusal for a code that another promotion of the location has.
func CodeTaken() *fault.Error {
	return fault.New(fault.AlreadyExists, "Another promotion has this code.").At("code")
}

// UnknownDish is the refusal for a dish that isn't on the menu.
func UnknownDish() *fault.Error {
	return fault.New(fault.BadUserInput, "A dish that the promotion names is not on the menu.").At("conditions", "scope", "menuItemIds")
}
