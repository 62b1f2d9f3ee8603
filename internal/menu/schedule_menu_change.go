package menu

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
)

// ScheduleMenuChange has a change be made at a time.
type ScheduleMenuChange struct {
	ChangeID       uuid.UUID // given by the pipeline
	By             auth.Actor
	IdempotencyKey string
	At             time.Time
	Change
}

// MarshalJSON writes what requests are compared by (cqrs.Fingerprint). The change is a text: in it, false and null say
// something.
func (c ScheduleMenuChange) MarshalJSON() ([]byte, error) {
	written, err := c.write()
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		At     time.Time
		Change string
	}{c.At, string(written.Text)})
}

// Intent names what must happen once.
func (c ScheduleMenuChange) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the id of the scheduled change to be.
func (c ScheduleMenuChange) WithSubject(id uuid.UUID) ScheduleMenuChange {
	c.ChangeID = id
	return c
}

// Authorize refuses who may not make the change at once.
func (c ScheduleMenuChange) Authorize() error {
	if err := c.By.Require(auth.RoleManager); err != nil {
		return err
	}
	return c.as(c.By, c.At).Authorize()
}

// schedule lets accept decide, and has one more change wait; the image that it will bring is kept as long. One that is there
// already, left by an earlier try, stays as it is.
type schedule interface {
	Schedule(ctx context.Context, change *Scheduled, accept func(beside Surroundings) error) error
}

// ScheduleMenuChangeHandler handles ScheduleMenuChange.
type ScheduleMenuChangeHandler struct {
	Schedule schedule
	Now      func() time.Time
}

// Handle stores the change and returns its id.
func (h *ScheduleMenuChangeHandler) Handle(ctx context.Context, cmd ScheduleMenuChange) (uuid.UUID, error) {
	change, err := NewScheduled(cmd, h.Now())
	if err != nil {
		return uuid.Nil, err
	}
	if err := h.Schedule.Schedule(ctx, change, change.Acceptable); err != nil {
		return uuid.Nil, fmt.Errorf("schedule a change of the menu: %w", err)
	}
	return cmd.ChangeID, nil
}

// CancelScheduledMenuChange has a change that waits never be made.
type CancelScheduledMenuChange struct {
	By auth.Actor
	ID uuid.UUID
}

// Authorize refuses all but managers; of what, the change tells.
func (c CancelScheduledMenuChange) Authorize() error { return c.By.Require(auth.RoleManager) }

// Validate accepts everything: any id may be asked for.
func (CancelScheduledMenuChange) Validate() error { return nil }

// scheduled loads one change under a row lock, lets change decide, and saves it: all of it, with what was done to the menu
// meanwhile in the same transaction, or nothing. It fails with NOT_FOUND if there is none.
type scheduled interface {
	UpdateScheduled(ctx context.Context, id uuid.UUID, change func(s *Scheduled, menu Stores) error) error
}

// Stores change the menu in a transaction that has begun.
type Stores interface {
	items
	groups
}

// CancelScheduledMenuChangeHandler handles CancelScheduledMenuChange.
type CancelScheduledMenuChangeHandler struct {
	Scheduled scheduled
	Now       func() time.Time
}

// Handle cancels the change and returns its id.
func (h *CancelScheduledMenuChangeHandler) Handle(ctx context.Context, cmd CancelScheduledMenuChange) (uuid.UUID, error) {
	err := h.Scheduled.UpdateScheduled(ctx, cmd.ID, func(s *Scheduled, _ Stores) error { return s.cancel(cmd.By, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("cancel scheduled change %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}
