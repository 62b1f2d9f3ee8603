package menu

import (
	"time"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

const (
	maxWaiting = 100
	maxAhead   = 366 * 24 * time.Hour
)

// Surroundings are what a change is scheduled beside.
type Surroundings struct {
	Waiting int  // so many changes do
	Subject bool // there is what it is to change
	Image   bool // there is the image that it is to bring
}

// Acceptable refuses one more change than may wait, with LIMIT_REACHED; one of what there isn't, with NOT_FOUND; and, with
// BAD_USER_INPUT, a time that has come or is too far away, and an image that there isn't.
func (s *Scheduled) Acceptable(beside Surroundings) error {
	switch now := s.state.CreatedAt; {
	case !s.state.At.After(now):
		return fault.New(fault.BadUserInput, "This time has come already: make the change at once.").At("at")
	case s.state.At.After(now.Add(maxAhead)):
		return fault.New(fault.BadUserInput, "Schedule changes up to a year ahead.").At("at")
	case !beside.Subject && s.state.MenuItemID != nil:
		return NotFound().At("updateMenuItem", "id")
	case !beside.Subject:
		return OptionGroupNotFound().At("updateOptionGroup", "id")
	case s.state.ImageID != nil && !beside.Image:
		return UnknownImage().At("updateMenuItem", "imageId")
	case beside.Waiting >= maxWaiting:
		return fault.New(fault.LimitReached, "So many changes wait already: %d.", beside.Waiting)
	}
	return nil
}

// changeableBy refuses who may not change what is to be changed. To whom the change is of other locations alone, there is none.
func (s *Scheduled) changeableBy(by auth.Actor) error {
	if s.state.LocationIDs == nil {
		return by.Everywhere().Require(auth.RoleManager)
	}
	allowed := 0
	for _, place := range s.state.LocationIDs {
		if by.At(place).Is(auth.RoleManager) {
			allowed++
		}
	}
	switch allowed {
	case 0:
		return ScheduledNotFound()
	case len(s.state.LocationIDs):
		return nil
	}
	return auth.Forbidden()
}

// ScheduledNotFound is the refusal for a change that does not exist, or is of others.
func ScheduledNotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such change.").At("id")
}

// refusalOf is the refusal that err is, of the codes that a scheduled change is refused by; what else there may be is a fault.
func refusalOf(err error) (*fault.Error, bool) {
	why, refused := fault.As(err)
	if !refused {
		return nil, false
	}
	switch why.Code {
	case fault.Forbidden:
		return fault.New(fault.Forbidden, "Whoever scheduled the change may not make it any more."), true
	case fault.NotFound, fault.VersionConflict, fault.BadUserInput:
		return why, true
	default:
		return nil, false
	}
}
