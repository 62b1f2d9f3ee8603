// Package screen is the write side of screens: devices of a location that are paired by a code, and work there as cooks with a
// token of their own until they are revoked.
package screen

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Stream is a screen's in the log of events.
const Stream = "SCREEN"

// EventType names what happened to a screen.
type EventType string

// The events of a screen's life.
const (
	ScreenPaired  EventType = "PAIRED"
	ScreenClaimed EventType = "CLAIMED"
	ScreenChanged EventType = "CHANGED"
	ScreenRevoked EventType = "REVOKED"
)

// MaxScreens is how many screens a location has at most that aren't revoked.
const MaxScreens = 100

// Event is one change of a screen.
type Event struct {
	Type EventType
	By   auth.Author
	At   time.Time
}

// Screen is the aggregate root: its methods are the only way to change it, and each counts its version up.
type Screen struct {
	before *State // as it was restored; nil of a new screen
	state  State
	events []Event
}

// State is a screen as it is stored.
type State struct {
	ID         uuid.UUID
	LocationID uuid.UUID
	Name       string
	Settings
	// Code lets whoever knows it claim the screen until CodeExpiresAt; nil: nobody.
	Code          *auth.TokenHash
	CodeExpiresAt *time.Time
	// Token is by what the device that claimed the screen is known; nil: none is.
	Token     *auth.TokenHash
	PairedAt  time.Time
	ClaimedAt *time.Time
	RevokedAt *time.Time
	Version   int
}

// Actor is who acts by the screen.
func (s State) Actor() auth.Actor { return auth.Screen(s.ID, s.Name, s.LocationID) }

// Restore makes a screen from its stored state.
func Restore(s State) *Screen { return &Screen{before: &s, state: s} }

// State returns the screen as it is to be stored.
func (s *Screen) State() State { return s.state }

// Before returns the screen as it was when it was restored; nil if it is new.
func (s *Screen) Before() *State { return s.before }

// Events returns what has happened since the screen was made or restored.
func (s *Screen) Events() []Event { return s.events }

func (s *Screen) record(how EventType, by auth.Actor, at time.Time) {
	s.state.Version++
	s.events = append(s.events, Event{how, by.Author(), at})
}

// admit refuses whoever neither manages the screen's location nor is the screen, to whom it looks as if there were none, and who
// decided on another version.
func (s *Screen) admit(by auth.Actor, expected *int) error {
	switch {
	case !s.state.managedBy(by) && !s.state.isItself(by):
		return NotFound()
	case expected != nil && *expected != s.state.Version:
		return fault.New(fault.VersionConflict, "The screen has changed since: it is at version %d.", s.state.Version).
			With(fault.Details{CurrentVersion: s.state.Version}).At("expectedVersion")
	}
	return nil
}

func (s State) managedBy(by auth.Actor) bool { return by.At(s.LocationID).Is(auth.RoleManager) }

func (s State) isItself(by auth.Actor) bool { return by.IsScreen && by.ID == s.ID }

// NotFound is the refusal for a screen that does not exist.
func NotFound() *fault.Error { return fault.New(fault.NotFound, "There is no such screen.").At("id") }

// NameTaken is the refusal for a name that another screen of the location has.
func NameTaken() *fault.Error {
	return fault.New(fault.AlreadyExists, "Another screen of the location has this name.").At("name")
}

// TooMany is the refusal for one screen more than a location has at most.
func TooMany() *fault.Error {
	return fault.New(fault.LimitReached, "A location has %d screens at most. Revoke one first.", MaxScreens)
}
