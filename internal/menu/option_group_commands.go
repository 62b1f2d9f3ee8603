package menu

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
)

// CreateOptionGroup makes a group of options, which no item has yet.
type CreateOptionGroup struct {
	GroupID        uuid.UUID  `json:"-"` // given by the pipeline
	By             auth.Actor `json:"-"`
	IdempotencyKey string     `json:"-"`
	OptionGroupTerms
}

// Intent names what must happen once.
func (c CreateOptionGroup) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the id of the group to be.
func (c CreateOptionGroup) WithSubject(id uuid.UUID) CreateOptionGroup {
	c.GroupID = id
	return c
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide.
func (c CreateOptionGroup) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate refuses, with BAD_USER_INPUT, terms that make no sense, and ids, which options get with the group.
func (c CreateOptionGroup) Validate() error {
	for _, o := range c.Options {
		if o.ID != nil {
			return fault.New(fault.BadUserInput, "Options of a new group have no ids yet.").At("options")
		}
	}
	return c.valid()
}

// UpdateOptionGroup changes a group. What is nil stays; the options are replaced whole.
type UpdateOptionGroup struct {
	By              auth.Actor
	ID              uuid.UUID
	ExpectedVersion *int // nil: any
	Name            *string
	Min             *int
	Max             **int // what points to nil is any number
	FreeUpTo        *int
	Halves          *bool
	Light           **AmountFactors
	Extra           **AmountFactors // what points to nil can't be chosen
	Options         *[]Option
	ScheduledFor    *time.Time // nil: it was to be done at once
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide.
func (c UpdateOptionGroup) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate has the rules of CreateOptionGroup, for what is given and can be told alone.
func (c UpdateOptionGroup) Validate() error {
	given := OptionGroupTerms{Name: "-"}
	patch.Set(&given.Name, c.Name)
	patch.Set(&given.Min, c.Min)
	patch.Set(&given.FreeUpTo, c.FreeUpTo)
	patch.Set(&given.Light, c.Light)
	patch.Set(&given.Extra, c.Extra)
	patch.Set(&given.Options, c.Options)
	return given.valid()
}

// ArchiveOptionGroup takes a group from all items for good. Orders keep what was chosen.
type ArchiveOptionGroup struct {
	By              auth.Actor
	ID              uuid.UUID
	ExpectedVersion *int // nil: any
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide.
func (c ArchiveOptionGroup) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate accepts everything: any id may be asked for.
func (ArchiveOptionGroup) Validate() error { return nil }

// groups stores option groups: all of a change, or nothing. AddGroup leaves a group that is there already, left by an earlier try,
// as it is. UpdateGroup loads one under a row lock and lets change decide; it fails with NOT_FOUND if there is none. Both fail with
// BAD_USER_INPUT if an ingredient does not exist: those of options that change will bring in are passed, too.
type groups interface {
	AddGroup(ctx context.Context, group *OptionGroup) error
	UpdateGroup(ctx context.Context, id uuid.UUID, options []Option, change func(*OptionGroup) error) error
}

// OptionGroupHandlers handle what is done to option groups.
type OptionGroupHandlers struct {
	Groups groups
	Now    func() time.Time
	NewID  func() uuid.UUID
}

// Create stores a new group and returns its id.
func (h *OptionGroupHandlers) Create(ctx context.Context, cmd CreateOptionGroup) (uuid.UUID, error) {
	if err := h.Groups.AddGroup(ctx, NewOptionGroup(cmd, h.NewID, h.Now())); err != nil {
		return uuid.Nil, fmt.Errorf("create option group: %w", err)
	}
	return cmd.GroupID, nil
}

// Update changes a group in one transaction and returns its id.
func (h *OptionGroupHandlers) Update(ctx context.Context, cmd UpdateOptionGroup) (uuid.UUID, error) {
	var options []Option
	patch.Set(&options, cmd.Options)
	err := h.Groups.UpdateGroup(ctx, cmd.ID, options, func(g *OptionGroup) error { return g.update(cmd, h.NewID, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("update option group %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

// Archive archives a group in one transaction and returns its id.
func (h *OptionGroupHandlers) Archive(ctx context.Context, cmd ArchiveOptionGroup) (uuid.UUID, error) {
	err := h.Groups.UpdateGroup(ctx, cmd.ID, nil, func(g *OptionGroup) error { return g.archive(cmd, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("archive option group %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}
