package menu

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
)

// OptionGroupStream is an option group's in the log of events.
const OptionGroupStream = "OPTION_GROUP"

// OptionGroup is the aggregate root of what can be chosen for items: its methods are the only way to change it, and each counts
// its version up.
type OptionGroup struct {
	before *OptionGroupState // as it was restored; nil of a new group
	state  OptionGroupState
	events []Event
}

// OptionGroupState is an option group as it is stored.
type OptionGroupState struct {
	ID         uuid.UUID
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time
	ArchivedAt *time.Time
	OptionGroupTerms
}

// OptionGroupTerms is what a manager says of an option group.
type OptionGroupTerms struct {
	Name     string
	Min      int
	Max      *int // nil: any number
	FreeUpTo int  // beside what comes with the item
	Halves   bool // whether an option may go on one half
	Light    *AmountFactors
	Extra    *AmountFactors // nil: this amount can't be chosen
	Options  []Option
}

// AmountFactors are what an amount costs and takes, in basis points of the regular one.
type AmountFactors struct {
	PriceBasisPoints int `json:"priceBasisPoints"`
	DoseBasisPoints  int `json:"doseBasisPoints"`
}

// Option is something that can be chosen for an item.
type Option struct {
	ID           *uuid.UUID // nil: a new one, which gets an id before it is stored
	Name         string
	IsDefault    bool       // it comes with an item that doesn't say otherwise
	IngredientID *uuid.UUID // what it takes of stock; nil: nothing
	Allergens    []inventory.Allergen
	Prices       []OptionPrice // of the sizes in which it is offered
}

// OptionPrice is what an option costs in one size, in minor units, and what it takes of its ingredient, both in the regular
// amount and on the whole.
type OptionPrice struct {
	Size  Size
	Price int64
	Dose  int
}

// NewOptionGroup makes the group that a valid command asks for.
func NewOptionGroup(cmd CreateOptionGroup, newID func() uuid.UUID, at time.Time) *OptionGroup {
	return &OptionGroup{events: []Event{{Type: ItemAdded, By: cmd.By.Author(), At: at}}, state: OptionGroupState{
		ID: cmd.GroupID, OptionGroupTerms: cmd.cleaned(newID), Version: 1, CreatedAt: at, UpdatedAt: at,
	}}
}

// RestoreOptionGroup makes a group from its stored state.
func RestoreOptionGroup(s OptionGroupState) *OptionGroup { return &OptionGroup{before: &s, state: s} }

// State returns the group as it is to be stored.
func (g *OptionGroup) State() OptionGroupState { return g.state }

// Before returns the group as it was when it was restored; nil if it is new.
func (g *OptionGroup) Before() *OptionGroupState { return g.before }

// Events returns what has happened since the group was made or restored.
func (g *OptionGroup) Events() []Event { return g.events }

// cleaned is what is stored of valid terms: each option has an id.
func (t OptionGroupTerms) cleaned(newID func() uuid.UUID) OptionGroupTerms {
	t.Name = line(t.Name)
	t.Options = slices.Clone(t.Options)
	for i := range t.Options {
		o := &t.Options[i]
		o.Name, o.Allergens = line(o.Name), inventory.Together(o.Allergens)
		if o.ID == nil {
			o.ID = new(newID())
		}
		o.Prices = slices.Clone(o.Prices)
		slices.SortFunc(o.Prices, func(a, b OptionPrice) int { return a.Size.order() - b.Size.order() })
	}
	return t
}

// update changes what a valid command names; if all of it is so already, nothing has happened. It fails with NOT_FOUND if the
// group is archived, with VERSION_CONFLICT if the manager decided on another version, and with BAD_USER_INPUT if the terms make
// no sense together, or name an option that isn't the group's.
func (g *OptionGroup) update(cmd UpdateOptionGroup, newID func() uuid.UUID, at time.Time) error {
	if err := g.changeable(cmd.ExpectedVersion); err != nil {
		return err
	}
	terms := g.state.OptionGroupTerms
	patch.Set(&terms.Name, cmd.Name)
	patch.Set(&terms.Min, cmd.Min)
	patch.Set(&terms.Max, cmd.Max)
	patch.Set(&terms.FreeUpTo, cmd.FreeUpTo)
	patch.Set(&terms.Halves, cmd.Halves)
	patch.Set(&terms.Light, cmd.Light)
	patch.Set(&terms.Extra, cmd.Extra)
	patch.Set(&terms.Options, cmd.Options)
	if err := terms.valid(); err != nil {
		return err
	}
	if err := g.ownOptions(terms.Options); err != nil {
		return err
	}
	terms = terms.cleaned(newID)
	if !terms.sameAs(g.state.OptionGroupTerms) {
		g.state.OptionGroupTerms = terms
		g.changed(Event{Type: ItemChanged, By: cmd.By.Author(), At: at, Reason: scheduledReason(cmd.ScheduledFor)})
	}
	return nil
}

// archive takes the group from all items for good.
func (g *OptionGroup) archive(cmd ArchiveOptionGroup, at time.Time) error {
	if err := g.changeable(cmd.ExpectedVersion); err != nil {
		return err
	}
	g.state.ArchivedAt = &at
	g.changed(Event{Type: ItemArchived, By: cmd.By.Author(), At: at})
	return nil
}

func (g *OptionGroup) changeable(expected *int) error {
	switch {
	case g.state.ArchivedAt != nil:
		return OptionGroupNotFound()
	case expected != nil && *expected != g.state.Version:
		return fault.New(fault.VersionConflict, "The option group has changed since: it is at version %d.", g.state.Version).
			With(fault.Details{CurrentVersion: g.state.Version}).At("expectedVersion")
	}
	return nil
}

func (g *OptionGroup) changed(how Event) {
	g.state.Version++
	g.state.UpdatedAt = how.At
	g.events = append(g.events, how)
}

func (t OptionGroupTerms) sameAs(other OptionGroupTerms) bool {
	return t.Name == other.Name && t.Min == other.Min && patch.Same(t.Max, other.Max) && t.FreeUpTo == other.FreeUpTo && t.Halves == other.Halves &&
		patch.Same(t.Light, other.Light) && patch.Same(t.Extra, other.Extra) && slices.EqualFunc(t.Options, other.Options, Option.sameAs)
}

func (o Option) sameAs(other Option) bool {
	return *o.ID == *other.ID && o.Name == other.Name && o.IsDefault == other.IsDefault && patch.Same(o.IngredientID, other.IngredientID) &&
		slices.Equal(o.Allergens, other.Allergens) && slices.Equal(o.Prices, other.Prices)
}

// OptionGroupNotFound is the refusal for a group that does not exist or is archived: the two look the same.
func OptionGroupNotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such option group.").At("id")
}
