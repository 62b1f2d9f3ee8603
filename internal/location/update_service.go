package location

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/patch"
)

// UpdateService changes what a location offers of a fulfillment, and when. What is nil stays; hours and special days are
// replaced whole.
type UpdateService struct {
	By              auth.Actor
	LocationID      *uuid.UUID // nil: the only location
	ExpectedVersion *int       // of the location; nil: whatever it is
	Fulfillment     Fulfillment
	Hours           *[]OpeningHours
	SpecialDays     *[]SpecialDay
	LastOrderBefore *int
	LeadMinutes     *int
	SlotMinutes     *int
	MaxDaysAhead    *int
}

// Validate refuses, with BAD_USER_INPUT, hours that overlap and terms out of range.
func (c UpdateService) Validate() error {
	return cmp.Or(patch.Check(c.Hours, validHours), patch.Check(c.SpecialDays, validSpecialDays), validTerms(c.of(DefaultService(c.Fulfillment)).Terms))
}

// UpdateServiceHandler handles UpdateService.
type UpdateServiceHandler struct {
	Locations locations
	Now       func() time.Time
}

// Handle changes the service in one transaction and returns the location's id. It fails with fault.Forbidden for whoever
// doesn't manage the location.
func (h *UpdateServiceHandler) Handle(ctx context.Context, cmd UpdateService) (uuid.UUID, error) {
	id, err := h.Locations.Update(ctx, cmd.LocationID, func(l *Location) error { return l.updateService(cmd, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("update service: %w", err)
	}
	return id, nil
}

func (l *Location) updateService(cmd UpdateService, at time.Time) error {
	if err := cmp.Or(cmd.By.At(l.state.ID).Require(auth.RoleManager), l.admit(cmd.ExpectedVersion)); err != nil {
		return err
	}
	before := l.state.Service(cmd.Fulfillment)
	after := cmd.of(before)
	if after.equal(before) {
		return nil
	}
	l.state.Services = withService(l.state.Services, after)
	l.record(LocationChanged, cmd.By, at)
	return nil
}

// of returns the service that the command makes of one.
func (c UpdateService) of(s Service) Service {
	if c.Hours != nil {
		s.Hours = slices.Clone(*c.Hours)
		slices.SortFunc(s.Hours, func(a, b OpeningHours) int {
			return cmp.Or(cmp.Compare(slices.Index(Weekdays(), a.Weekday), slices.Index(Weekdays(), b.Weekday)), cmp.Compare(a.Opens, b.Opens))
		})
	}
	if c.SpecialDays != nil {
		s.SpecialDays = slices.SortedFunc(slices.Values(*c.SpecialDays), func(a, b SpecialDay) int { return a.compareDate(b.Date) })
		for i, day := range s.SpecialDays {
			s.SpecialDays[i].Hours = slices.SortedFunc(slices.Values(day.Hours), func(a, b Hours) int { return cmp.Compare(a.Opens, b.Opens) })
		}
	}
	patch.Set(&s.LastOrderBefore, c.LastOrderBefore)
	patch.Set(&s.LeadMinutes, c.LeadMinutes)
	patch.Set(&s.SlotMinutes, c.SlotMinutes)
	patch.Set(&s.MaxDaysAhead, c.MaxDaysAhead)
	return s
}
