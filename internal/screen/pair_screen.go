package screen

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/text"
)

// PairScreen makes a screen of a location, which whoever types its code becomes.
type PairScreen struct {
	ID             uuid.UUID  `json:"-"` // given by the pipeline
	By             auth.Actor `json:"-"`
	IdempotencyKey string     `json:"-"`
	LocationID     *uuid.UUID `json:"locationId"` // nil: the only location
	Name           string     `json:"name"`
	SettingsChange            // of DefaultSettings
}

// Intent names what must happen once.
func (c PairScreen) Intent() cqrs.Intent { return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey} }

// WithSubject sets the id of the screen to be.
func (c PairScreen) WithSubject(id uuid.UUID) PairScreen {
	c.ID = id
	return c
}

// Validate refuses, with BAD_USER_INPUT, what no screen can be.
func (c PairScreen) Validate() error {
	return cmp.Or(cqrs.ValidKey(c.IdempotencyKey), validName(c.Name), c.validSettings())
}

// newScreens stores a new screen; one that is there already, left by an earlier try, stays as it is. It fails with ALREADY_EXISTS
// if another one of the location has the name, and with LIMIT_REACHED if there are too many.
type newScreens interface {
	// Location returns the location named, or the only one. It fails with NOT_FOUND if there is no such location, and with
	// BAD_USER_INPUT if none is named and there are several.
	Location(ctx context.Context, id *uuid.UUID) (uuid.UUID, error)
	Add(ctx context.Context, s *Screen) error
}

// PairScreenHandler handles PairScreen.
type PairScreenHandler struct {
	Screens newScreens
	Now     func() time.Time
}

// Handle stores the screen and returns its id. It fails with FORBIDDEN if whoever asks doesn't manage the location.
func (h *PairScreenHandler) Handle(ctx context.Context, cmd PairScreen) (uuid.UUID, error) {
	at, err := h.Screens.Location(ctx, cmd.LocationID)
	if err != nil {
		return uuid.Nil, fmt.Errorf("look up the location: %w", err)
	}
	if err := cmd.By.At(at).Require(auth.RoleManager); err != nil {
		return uuid.Nil, err
	}
	if err := h.Screens.Add(ctx, newScreen(cmd, at, h.Now())); err != nil {
		return uuid.Nil, fmt.Errorf("pair screen: %w", err)
	}
	return cmd.ID, nil
}

func newScreen(cmd PairScreen, location uuid.UUID, at time.Time) *Screen {
	name, _ := text.Line(cmd.Name)
	s := &Screen{state: State{ID: cmd.ID, LocationID: location, Name: name, Settings: cmd.settings(DefaultSettings()), PairedAt: at}}
	s.record(ScreenPaired, cmd.By, at)
	return s
}

// IssueCode gives a screen that nobody has claimed another code, in the place of the one before.
type IssueCode struct {
	By auth.Actor
	ID uuid.UUID
}

// Validate has no rules: there is nothing but an id.
func (IssueCode) Validate() error { return nil }

// IssuedCode is what issuing gives: the code lets whoever types it claim the screen, once, until it expires. It is "" if the screen
// has been claimed or revoked.
type IssuedCode struct {
	Code      string
	ExpiresAt time.Time
}

// screens loads one screen under a row lock, lets change decide, and saves it: all of it, or nothing. It fails with NOT_FOUND if
// there is no such screen, and with ALREADY_EXISTS if another one of the location has the name.
type screens interface {
	Update(ctx context.Context, id uuid.UUID, change func(*Screen) error) error
}

// IssueCodeHandler handles IssueCode.
type IssueCodeHandler struct {
	Screens screens
	Now     func() time.Time
	NewCode func() string // of the form of NewCode
}

// Handle stores the code's hash in one transaction.
func (h *IssueCodeHandler) Handle(ctx context.Context, cmd IssueCode) (IssuedCode, error) {
	issued := IssuedCode{Code: h.NewCode(), ExpiresAt: h.Now().Add(codeLasts)}
	err := h.Screens.Update(ctx, cmd.ID, func(s *Screen) error {
		if !s.state.managedBy(cmd.By) {
			return NotFound()
		}
		if s.state.ClaimedAt != nil || s.state.RevokedAt != nil {
			issued = IssuedCode{}
			return nil
		}
		hash, _ := hashCode(issued.Code)
		s.state.Code, s.state.CodeExpiresAt = &hash, &issued.ExpiresAt
		return nil
	})
	if err != nil {
		return IssuedCode{}, fmt.Errorf("issue a code of screen %s: %w", cmd.ID, err)
	}
	return issued, nil
}
