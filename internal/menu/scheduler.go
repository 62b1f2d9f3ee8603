package menu

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// Scheduler makes scheduled changes when their time has come: each once, however many servers do so, and in the order of their
// times.
type Scheduler struct {
	Changes  waiting
	Accounts accounts
	Log      *slog.Logger
	Now      func() time.Time
	NewID    func() uuid.UUID
	// Running is for how long this server has looked.
	Running   func() time.Duration
	Every     time.Duration // the pause between rounds
	Committed func()
}

// waiting are the changes whose time hasn't come. NextScheduled returns the first that is due; nil if none is. Of a form newer
// than the one given it is one that has been due since a moment. PostponeScheduled has one be due later.
type waiting interface {
	scheduled
	NextScheduled(ctx context.Context, now time.Time, form int, newerSince time.Time) (*ScheduledState, error)
	PostponeScheduled(ctx context.Context, id uuid.UUID, until time.Time) error
}

// accounts are asked for who acts by one now; found is false if it was deleted or is suspended.
type accounts interface {
	Acting(ctx context.Context, id uuid.UUID) (actor auth.Actor, found bool, err error)
}

const (
	// retryPause is how long a change rests that could not be made for a fault of ours.
	retryPause = 10 * time.Second
	// newerFormTimeout is how long a change of a newer form waits for a server that can read it, before it is refused.
	newerFormTimeout = 10 * time.Minute
)

// Run works until ctx ends.
func (s *Scheduler) Run(ctx context.Context) {
	tick := time.NewTicker(s.Every)
	defer tick.Stop()
	for {
		if err := s.Round(ctx); err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "make scheduled changes of the menu", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Round makes all changes that are due. One that fails for a fault of ours waits, and with it those of the same thing after it.
func (s *Scheduler) Round(ctx context.Context) error {
	for {
		now := s.Now()
		var newer time.Time
		if s.Running() >= newerFormTimeout { // before, others have had no time to take it
			newer = now.Add(-newerFormTimeout)
		}
		due, err := s.Changes.NextScheduled(ctx, now, Form, newer)
		if err != nil {
			return fmt.Errorf("look for a scheduled change that is due: %w", err)
		}
		if due == nil {
			return nil
		}
		err = s.make(ctx, *due)
		s.Committed()
		if err != nil {
			s.Log.WarnContext(ctx, "scheduled change of the menu waits", "change", due.ID, "error", err)
			if err := s.Changes.PostponeScheduled(ctx, due.ID, now.Add(retryPause)); err != nil {
				return fmt.Errorf("postpone scheduled change %s: %w", due.ID, err)
			}
		}
	}
}

// make makes the change and remembers that it was made, in one transaction; or else remembers why it was refused.
func (s *Scheduler) make(ctx context.Context, due ScheduledState) error {
	change, err := s.permitted(ctx, due)
	if err == nil {
		err = s.Changes.UpdateScheduled(ctx, due.ID, func(c *Scheduled, menu Stores) error {
			if c.state.Status != Waiting { // another server was first, or somebody has cancelled it
				return nil
			}
			if err := change.apply(ctx, menu, s.Now, s.NewID); err != nil {
				return err
			}
			c.done(s.Now())
			return nil
		})
	}
	why, refused := refusalOf(err)
	if !refused {
		return err
	}
	return s.Changes.UpdateScheduled(ctx, due.ID, func(c *Scheduled, _ Stores) error {
		if c.state.Status == Waiting {
			c.refuse(why, s.Now())
		}
		return nil
	})
}

// permitted is the change as that of who scheduled it, as they are now. It fails as the change does when it is made at once.
func (s *Scheduler) permitted(ctx context.Context, due ScheduledState) (Change, error) {
	change, err := ReadChange(due.Written)
	if err != nil {
		return Change{}, err
	}
	by, found, err := s.Accounts.Acting(ctx, *due.By.ID)
	switch {
	case err != nil:
		return Change{}, fmt.Errorf("look up who scheduled a change: %w", err)
	case !found:
		return Change{}, auth.Forbidden()
	}
	change = change.as(by, due.At)
	if err := change.Authorize(); err != nil {
		return Change{}, err
	}
	return change, change.Validate()
}
