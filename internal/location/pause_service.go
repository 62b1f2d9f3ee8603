package location

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// PauseService closes a service, or all of a location, until a time.
type PauseService struct {
	By          auth.Actor
	LocationID  *uuid.UUID   // nil: the only location
	Fulfillment *Fulfillment // nil: all
	Until       time.Time
	Reason      string // which customers see
}

const (
	maxPause       = 7 * 24 * time.Hour
	maxPauseReason = 200
)

// Validate refuses, with BAD_USER_INPUT, a pause without a reason.
func (c PauseService) Validate() error {
	clean, ok := text.Line(c.Reason)
	if n := utf8.RuneCountInString(clean); n < 1 || n > maxPauseReason || !ok {
		return fault.New(fault.BadUserInput, "A reason has 1 to %d characters on one line.", maxPauseReason).At("reason")
	}
	return nil
}

// PauseServiceHandler handles PauseService.
type PauseServiceHandler struct {
	Locations locations
	Now       func() time.Time
}

// Handle pauses in one transaction and returns the location's id. It fails with fault.Forbidden for whoever neither cooks there
// nor manages it.
func (h *PauseServiceHandler) Handle(ctx context.Context, cmd PauseService) (uuid.UUID, error) {
	id, err := h.Locations.Update(ctx, cmd.LocationID, func(l *Location) error { return l.pause(cmd, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("pause service: %w", err)
	}
	return id, nil
}

func (l *Location) pause(cmd PauseService, at time.Time) error {
	if err := cmd.By.At(l.state.ID).Require(auth.RoleCook, auth.RoleManager); err != nil {
		return err
	}
	if !cmd.Until.After(at) || cmd.Until.Sub(at) > maxPause {
		return fault.New(fault.BadUserInput, "A pause ends within a week.").At("until")
	}
	return l.setPause(cmd.By, cmd.Fulfillment, &Pause{Until: cmd.Until.UTC().Truncate(time.Microsecond), Reason: cleaned(cmd.Reason)}, at)
}

// ResumeService ends a pause, or all of a location.
type ResumeService struct {
	By          auth.Actor
	LocationID  *uuid.UUID   // nil: the only location
	Fulfillment *Fulfillment // nil: all
}

// Validate refuses nothing.
func (c ResumeService) Validate() error { return nil }

// ResumeServiceHandler handles ResumeService.
type ResumeServiceHandler struct {
	Locations locations
	Now       func() time.Time
}

// Handle ends the pause in one transaction and returns the location's id. It fails with fault.Forbidden for whoever neither
// cooks there nor manages it.
func (h *ResumeServiceHandler) Handle(ctx context.Context, cmd ResumeService) (uuid.UUID, error) {
	id, err := h.Locations.Update(ctx, cmd.LocationID, func(l *Location) error {
		if err := cmd.By.At(l.state.ID).Require(auth.RoleCook, auth.RoleManager); err != nil {
			return err
		}
		return l.setPause(cmd.By, cmd.Fulfillment, nil, h.Now())
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("resume service: %w", err)
	}
	return id, nil
}

// setPause pauses a service, nil for all, or ends its pause. What is so already stays as it is.
func (l *Location) setPause(by auth.Actor, how *Fulfillment, pause *Pause, at time.Time) error {
	changed := false
	for _, f := range Fulfillments() {
		s := l.state.Service(f)
		if how != nil && *how != f || s.Pause.equal(pause) {
			continue
		}
		s.Pause, changed = pause, true
		l.state.Services = withService(l.state.Services, s)
	}
	switch {
	case !changed:
		return nil
	case pause == nil:
		l.record(ServiceResumed, by, at)
	default:
		l.record(ServicePaused, by, at)
		l.events[len(l.events)-1].Reason = &pause.Reason
	}
	return nil
}
