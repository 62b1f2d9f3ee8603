package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/node"
)

func (a *App) addScheduledChanges(deps Dependencies, p cqrs.Pipeline, store *menustore.Store, changes *menuview.ScheduledChangesHandler) node.Type {
	schedule := &menu.ScheduleMenuChangeHandler{Schedule: store, Now: deps.Now}
	a.ScheduleMenuChange = cqrs.NewIdempotentCommand(p, "scheduleMenuChange", cqrs.Retry(p, schedule), changes.Change)
	cancel := &menu.CancelScheduledMenuChangeHandler{Scheduled: store, Now: deps.Now}
	a.CancelMenuChange = cqrs.NewCommand(p, "cancelScheduledMenuChange", answerWith(cqrs.Retry(p, cancel), changes.Change))
	a.MenuChanges = cqrs.NewQuery(p, "scheduledMenuChanges", changes)
	began := deps.Clock()
	scheduler := &menu.Scheduler{
		Changes: retryingChanges{store, p}, Accounts: customerstore.New(deps.GORM, deps.Now), Log: deps.Log, Now: deps.Now, NewID: newID,
		Running: func() time.Duration { return deps.Clock() - began }, Every: time.Second, Committed: p.Committed,
	}
	a.background = append(a.background, scheduler.Run)
	return node.Of("ScheduledMenuChange", "scheduled_menu_change_view", changes.Changes, func(by auth.Actor, c *menuview.ScheduledChange) bool { return c.VisibleTo(by) })
}

// retryingChanges makes a change again if it lost a race, for the scheduler, which works outside the pipeline.
type retryingChanges struct {
	*menustore.Store
	pipeline cqrs.Pipeline
}

// UpdateScheduled is menustore.Store.UpdateScheduled with retries.
func (c retryingChanges) UpdateScheduled(ctx context.Context, id uuid.UUID, change func(*menu.Scheduled, menu.Stores) error) error {
	_, err := cqrs.RunWithRetry(ctx, c.pipeline, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.Store.UpdateScheduled(ctx, id, change)
	})
	return err
}
