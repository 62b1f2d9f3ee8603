package customer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// Erasure is a person whose account was deleted, and who is to be forgotten everywhere.
type Erasure struct {
	PersonID    uuid.UUID
	RequestedAt time.Time
	ErasedAt    *time.Time // by the database's clock; nil while tables may still hold something
}

// erasures are those that aren't finished.
type erasures interface {
	// DueErasure takes the one that has been due longest, and keeps it from others until the time given; found is false if none is due.
	DueErasure(ctx context.Context, now, until time.Time) (due Erasure, found bool, err error)
	PostponeErasure(ctx context.Context, person uuid.UUID, until time.Time) error
	// EndErasure records that no table has anything left.
	EndErasure(ctx context.Context, person uuid.UUID, lookAgain time.Time) error
	FinishErasure(ctx context.Context, person uuid.UUID, at time.Time) error
}

// PersonalData is kept of people somewhere beside their accounts.
type PersonalData interface {
	// Forget erases all there is of the person, in batches. It tells whether it was clean before: nothing was there, and nothing
	// has to wait.
	Forget(ctx context.Context, person uuid.UUID) (clean bool, err error)
}

// Eraser forgets people whose accounts were deleted. Any number of servers may run one.
type Eraser struct {
	Erasures erasures
	Data     []PersonalData
	// Renewed tells whether no read model shows, or keeps behind what it shows, anything that was so before the time given.
	Renewed func(ctx context.Context, since time.Time) (bool, error)
	Now     func() time.Time
	Log     *slog.Logger
}

const (
	// settling is for how long after the deletion something may still be written by who was signed in then: a session is known for
	// a second, and a command takes up to 20 s.
	settling = time.Minute
	// erasureLease keeps an erasure from other servers; one that takes longer is shared, without harm.
	erasureLease = 10 * time.Minute
	// betweenLooks is how long an erasure rests that waits for others: an order that is under way, a payment, a refresh.
	betweenLooks = time.Minute
)

// EraseDue goes on with all that is due now.
func (e *Eraser) EraseDue(ctx context.Context) {
	for {
		now := e.Now()
		due, found, err := e.Erasures.DueErasure(ctx, now, now.Add(erasureLease))
		if err == nil && found {
			err = e.goOn(ctx, due)
		}
		if err != nil && found && ctx.Err() == nil {
			err = errors.Join(err, e.Erasures.PostponeErasure(ctx, due.PersonID, e.Now().Add(betweenLooks)))
		}
		if err != nil && ctx.Err() == nil {
			e.Log.WarnContext(ctx, "a deleted account is not forgotten yet", "account", due.PersonID, "error", err)
		}
		if err != nil || !found {
			return
		}
	}
}

func (e *Eraser) goOn(ctx context.Context, due Erasure) error {
	again := e.Now().Add(betweenLooks)
	if due.ErasedAt != nil {
		renewed, err := e.Renewed(ctx, *due.ErasedAt)
		switch {
		case err != nil:
			return err
		case renewed:
			e.Log.InfoContext(ctx, "deleted account is forgotten", "account", due.PersonID)
			return e.Erasures.FinishErasure(ctx, due.PersonID, e.Now())
		}
		return e.Erasures.PostponeErasure(ctx, due.PersonID, again)
	}
	settled := e.Now().After(due.RequestedAt.Add(settling))
	clean, err := e.Erase(ctx, due.PersonID)
	switch {
	case err != nil:
		return err
	case clean && settled:
		return e.Erasures.EndErasure(ctx, due.PersonID, again)
	}
	return e.Erasures.PostponeErasure(ctx, due.PersonID, again)
}

// Erase forgets a person wherever something is kept, and tells whether nothing was.
func (e *Eraser) Erase(ctx context.Context, person uuid.UUID) (clean bool, err error) {
	clean = true
	for _, data := range e.Data {
		was, err := data.Forget(ctx, person)
		if err != nil {
			return false, fmt.Errorf("erase %s: %w", person, err)
		}
		clean = clean && was
	}
	return clean, nil
}
