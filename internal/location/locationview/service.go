package locationview

import (
	"time"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

// Service is what a location offers of one fulfillment, as it was when it was read.
type Service struct {
	location.Service
	MinimumOrder int64 // in minor units of the location's currency
	planner      location.Planner
	typical      location.Work
}

// IsOpen tells whether it is open by its hours, and not paused.
func (s *Service) IsOpen() bool { return s.planner.IsOpen() }

// OpensAt tells when it is open again; nil while it is.
func (s *Service) OpensAt() *time.Time { return s.planner.OpensAt() }

// ClosesAt tells when it closes; nil while it is closed, and if that isn't soon.
func (s *Service) ClosesAt() *time.Time { return s.planner.ClosesAt() }

// PausedUntil tells when the pause ends that it is in; nil if it is in none.
func (s *Service) PausedUntil() *time.Time {
	if pause := s.planner.Pause(); pause != nil {
		return &pause.Until
	}
	return nil
}

// PauseReason tells why; nil if it is in no pause.
func (s *Service) PauseReason() *string {
	if pause := s.planner.Pause(); pause != nil {
		return &pause.Reason
	}
	return nil
}

const maxSlots = 100

// Slots lists slots from a moment on, nil for now. It fails with BAD_USER_INPUT for more than 100.
func (s *Service) Slots(from *time.Time, first int) ([]location.Slot, error) {
	if first < 0 || first > maxSlots {
		return nil, fault.New(fault.BadUserInput, "Ask for 0 to %d slots.", maxSlots)
	}
	var earliest time.Time
	if from != nil {
		earliest = *from
	}
	return s.planner.Slots(s.typical, earliest, first), nil
}

// Promise tells what an order of a typical pizza could be promised; nil while none is taken as soon as possible.
func (s *Service) Promise() *location.Promise {
	plan, err := s.planner.Soonest(s.typical)
	if err != nil {
		return nil
	}
	return &plan.Promise
}
