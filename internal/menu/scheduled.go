package menu

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// ScheduledStream is a scheduled change's in the log of events. That it was made is told of what it changed.
const ScheduledStream = "SCHEDULED_MENU_CHANGE"

// The events of a scheduled change's life.
const (
	ChangeScheduled EventType = "SCHEDULED"
	ChangeRefused   EventType = "REFUSED"
	ChangeCancelled EventType = "CANCELLED"
)

// ScheduledStatus tells what became of a scheduled change; the contract's enum.
type ScheduledStatus string

// The states of a scheduled change. All but Waiting are final.
const (
	Waiting   ScheduledStatus = "SCHEDULED"
	Done      ScheduledStatus = "DONE"
	Refused   ScheduledStatus = "REFUSED"
	Cancelled ScheduledStatus = "CANCELLED"
)

// Scheduled is the aggregate root of a change that is to be made at a time.
type Scheduled struct {
	state  ScheduledState
	events []Event
}

// ScheduledState is a scheduled change as it is stored.
type ScheduledState struct {
	ID          uuid.UUID
	At          time.Time
	CreatedAt   time.Time
	By          auth.Author
	MenuItemID  *uuid.UUID // or
	GroupID     *uuid.UUID
	LocationIDs []uuid.UUID // whose offers change, and nothing else; nil: it is the whole chain's
	ImageID     *uuid.UUID  // that the item is to have; nil: none, or the one it has
	Written     Written
	Status      ScheduledStatus
	EndedAt     *time.Time   // nil: it waits
	Refusal     *fault.Error // why it was refused
}

const (
	maxWaiting = 100
	maxAhead   = 366 * 24 * time.Hour
)

// NewScheduled has a valid change wait for its time.
func NewScheduled(cmd ScheduleMenuChange, now time.Time) (*Scheduled, error) {
	written, err := cmd.Change.write()
	if err != nil {
		return nil, err
	}
	s := ScheduledState{
		ID: cmd.ChangeID, At: cmd.At.UTC().Truncate(time.Microsecond), CreatedAt: now, By: cmd.By.Author(), LocationIDs: cmd.Locations(),
		Written: written, Status: Waiting,
	}
	if item := cmd.UpdateMenuItem; item != nil {
		s.MenuItemID = &item.ID
		if item.ImageID != nil {
			s.ImageID = *item.ImageID
		}
	} else {
		s.GroupID = &cmd.UpdateOptionGroup.ID
	}
	return &Scheduled{state: s, events: []Event{{Type: ChangeScheduled, By: s.By, At: now}}}, nil
}

// RestoreScheduled makes a scheduled change from its stored state.
func RestoreScheduled(s ScheduledState) *Scheduled { return &Scheduled{state: s} }

// State returns the change as it is to be stored.
func (s *Scheduled) State() ScheduledState { return s.state }

// Events returns what has happened since it was made or restored, beside what it did to the menu.
func (s *Scheduled) Events() []Event { return s.events }

// Surroundings are what a change is scheduled beside.
type Surroundings struct {
	Waiting int  // so many changes do
	Subject bool // there is what it is to change
	Image   bool // there is the image that it is to bring
}

// Acceptable refuses one more change than may wait, with LIMIT_REACHED; one of what there isn't, with NOT_FOUND; and, with
// BAD_USER_INPUT, a time that has come or is too far away, and an image that there isn't.
func (s *Scheduled) Acceptable(beside Surroundings) error {
	switch ahead := s.state.At.Sub(s.state.CreatedAt); {
	case ahead <= 0:
		return fault.New(fault.BadUserInput, "This time has come already: make the change at once.").At("at")
	case ahead > maxAhead:
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

// cancel has the change never be made. It fails with FORBIDDEN for who may not make it, and with BAD_USER_INPUT if it was made, or
// refused, already. Cancelled again, it stays as it is.
func (s *Scheduled) cancel(by auth.Actor, at time.Time) error {
	if err := s.changeableBy(by); err != nil {
		return err
	}
	switch s.state.Status {
	case Cancelled:
		return nil
	case Waiting:
		s.end(Cancelled, Event{Type: ChangeCancelled, By: by.Author(), At: at})
		return nil
	case Done, Refused:
	}
	return fault.New(fault.BadUserInput, "Its time has come: it waits no more.").At("id")
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

// done tells that the change was made.
func (s *Scheduled) done(at time.Time) { s.state.Status, s.state.EndedAt = Done, &at }

// refuse tells why the change could not be made when its time had come.
func (s *Scheduled) refuse(why *fault.Error, at time.Time) {
	s.state.Refusal = why
	s.end(Refused, Event{Type: ChangeRefused, By: auth.System().Author(), At: at, Reason: &why.Message})
}

func (s *Scheduled) end(how ScheduledStatus, event Event) {
	s.state.Status, s.state.EndedAt = how, &event.At
	s.events = append(s.events, event)
}

// ScheduledNotFound is the refusal for a change that does not exist, or is of others.
func ScheduledNotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such change.").At("id")
}
