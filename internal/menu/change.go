package menu

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Change is a change of an item, or of an option group: one of the two.
type Change struct {
	UpdateMenuItem    *UpdateMenuItem
	UpdateOptionGroup *UpdateOptionGroup
}

// as returns the change as somebody's who scheduled it for a time.
func (c Change) as(by auth.Actor, at time.Time) Change {
	if c.UpdateMenuItem != nil {
		item := *c.UpdateMenuItem
		item.By, item.ScheduledFor = by, &at
		c.UpdateMenuItem = &item
	}
	if c.UpdateOptionGroup != nil {
		group := *c.UpdateOptionGroup
		group.By, group.ScheduledFor = by, &at
		c.UpdateOptionGroup = &group
	}
	return c
}

// Authorize refuses who may not make the change at once.
func (c Change) Authorize() error {
	switch {
	case c.UpdateMenuItem != nil && c.UpdateOptionGroup == nil:
		return c.UpdateMenuItem.Authorize()
	case c.UpdateOptionGroup != nil && c.UpdateMenuItem == nil:
		return c.UpdateOptionGroup.Authorize()
	}
	return nil // Validate refuses it
}

// Validate refuses, with BAD_USER_INPUT, what isn't one of the two, and what the change refuses when it is made at once.
func (c Change) Validate() error {
	if (c.UpdateMenuItem == nil) == (c.UpdateOptionGroup == nil) {
		return fault.New(fault.BadUserInput, "Say what is to change: an item, or an option group.").At("updateMenuItem")
	}
	if c.UpdateMenuItem != nil {
		return c.within(c.UpdateMenuItem.Validate())
	}
	return c.within(c.UpdateOptionGroup.Validate())
}

// within has a refusal of the change say where in the input it belongs.
func (c Change) within(err error) error {
	refusal, refused := fault.As(err)
	if !refused {
		return err
	}
	field := "updateMenuItem"
	if c.UpdateOptionGroup != nil {
		field = "updateOptionGroup"
	}
	there := *refusal
	return there.At(slices.Concat([]string{field}, refusal.Path)...)
}

// apply makes a valid change, at its time.
func (c Change) apply(ctx context.Context, menu Stores, now func() time.Time, newID func() uuid.UUID) (err error) {
	if c.UpdateMenuItem != nil {
		_, err = (&UpdateMenuItemHandler{Items: menu, Now: now}).Handle(ctx, *c.UpdateMenuItem)
	} else {
		_, err = (&OptionGroupHandlers{Groups: menu, Now: now, NewID: newID}).Update(ctx, *c.UpdateOptionGroup)
	}
	return c.within(err)
}

// Locations are those whose offers change, where nothing else does; nil: it is the whole chain's.
func (c Change) Locations() []uuid.UUID {
	item := c.UpdateMenuItem
	if item == nil || len(item.Locations) == 0 || item.changesCatalogue() {
		return nil
	}
	places := make([]uuid.UUID, len(item.Locations))
	for i, l := range item.Locations {
		places[i] = l.LocationID
	}
	return places
}

// scheduledReason is how an event tells that what happened was scheduled; nil: it wasn't.
func scheduledReason(at *time.Time) *string {
	if at == nil {
		return nil
	}
	return new("Scheduled for " + at.UTC().Format(time.RFC3339) + ".")
}
