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

// NewScheduled has a valid change wait for its time.
func NewScheduled(cmd ScheduleMenuChange, now time.Time) (*Scheduled, error) {
	written, err := cmd.write()
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

// cancel has the change never be made. It fails with FORBIDDEN for who may not make it, and with BAD_USER_INPUT if it was
// made, or refused, already. Cancelled again, it stays as it is.
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
