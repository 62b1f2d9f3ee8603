package ordering

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
)

// Learner learns how long dishes take from what kitchens did in the last weeks.
type Learner struct {
	Times learning
	Zones *location.Zones
	Log   *slog.Logger
	Now   func() time.Time
}

// learning keeps what is learned. ClaimLearning finds a location that is due and wants to learn, and puts it off until next, so
// that it is learned of once however many servers there are; nil if there is none. Made reads the orders of one portion that a
// location's kitchen has made since a moment, of so many orders at most, the newest. SaveLearned replaces what was learned of a
// location.
type learning interface {
	ClaimLearning(ctx context.Context, now, next time.Time) (*LearningKitchen, error)
	Made(ctx context.Context, at uuid.UUID, since time.Time, orders int) ([]Made, error)
	SaveLearned(ctx context.Context, at uuid.UUID, times []LearnedTime, now time.Time) error
}

// LearningKitchen is one whose times are to be learned.
type LearningKitchen struct {
	LocationID uuid.UUID
	location.Calendar
	Bake time.Duration
}

const (
	// learnEvery is how old what was learned becomes.
	learnEvery = time.Hour
	// learnFrom is how many orders of a location are looked at: those of four weeks, 700 a day.
	learnFrom = 20_000
)

// Round learns of all locations that are due, one after the other.
func (l *Learner) Round(ctx context.Context) {
	for {
		now := l.Now()
		kitchen, err := l.Times.ClaimLearning(ctx, now, now.Add(learnEvery))
		if err == nil && kitchen != nil {
			err = l.learn(ctx, *kitchen, now)
		}
		if err != nil && ctx.Err() == nil {
			l.Log.WarnContext(ctx, "learn how long dishes take", "error", err)
		}
		if kitchen == nil || ctx.Err() != nil {
			return
		}
	}
}

func (l *Learner) learn(ctx context.Context, kitchen LearningKitchen, now time.Time) error {
	local, err := kitchen.Local(now, l.Zones)
	if err != nil {
		return fmt.Errorf("tell the time at location %s: %w", kitchen.LocationID, err)
	}
	made, err := l.Times.Made(ctx, kitchen.LocationID, now.Add(-learnedFor), learnFrom)
	if err != nil {
		return fmt.Errorf("read what location %s has made: %w", kitchen.LocationID, err)
	}
	if err := l.Times.SaveLearned(ctx, kitchen.LocationID, learn(made, kitchen.Bake, local.Location()), now); err != nil {
		return fmt.Errorf("save what location %s takes: %w", kitchen.LocationID, err)
	}
	return nil
}
