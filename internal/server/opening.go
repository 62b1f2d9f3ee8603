package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/platform/restore"
)

// opening is the time from the start of a server to the moment from which it answers its clients: when the data is right, the
// database is the shop, and all that they may ask for is there.
type opening struct {
	models *readmodel.Builder
	log    *slog.Logger
	// acting is closed when the server may do what happens by itself: the data is right, and the database is the shop.
	acting chan struct{}
	opened chan struct{} // closed at the end
}

func newOpening(models *readmodel.Builder, log *slog.Logger) *opening {
	return &opening{models: models, log: log, acting: make(chan struct{}), opened: make(chan struct{})}
}

func (o *opening) isOpen() bool { return isClosed(o.opened) }

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// tryNow opens at once if nothing is to be done first.
func (o *opening) tryNow(ctx context.Context) error {
	unreadable, err := o.models.Unreadable(ctx)
	if err != nil {
		return err
	}
	if len(unreadable) > 0 {
		return errors.New(cantRead(unreadable))
	}
	if err := restore.Open(ctx, o.models.Pool); err != nil {
		return err
	}
	state, err := restore.Look(ctx, o.models.Pool)
	if err != nil || state != (restore.State{}) {
		return err
	}
	close(o.acting)
	missing, err := o.models.Missing(ctx)
	if err != nil {
		return fmt.Errorf("look for read models: %w", err)
	}
	if len(missing) == 0 {
		close(o.opened)
	}
	return nil
}

func cantRead(models []string) string {
	return "a newer version took away what this one reads of " + strings.Join(models, ", ") +
		": start that version, or go back to this one's definitions with pizzeria models rebuild"
}

// run does what is to be done and opens, unless ctx ends before. Read models are built, and payments settled meanwhile: the
// former may take long.
func (o *opening) run(ctx context.Context) {
	if o.isOpen() {
		return
	}
	if !o.persist(ctx, "restored data is not right yet", func() error { return putRight(ctx, o.models, o.log) }) {
		return
	}
	var both sync.WaitGroup
	built := false
	both.Go(func() {
		built = o.persist(ctx, "read models are not built", func() error { return o.models.Run(ctx) })
	})
	both.Go(func() { o.awaitAdoption(ctx) })
	both.Wait()
	if built && isClosed(o.acting) {
		close(o.opened)
	}
}

// persist does something again and again until it succeeds; false if ctx ended before.
func (o *opening) persist(ctx context.Context, failed string, do func() error) bool {
	const again = 2 * time.Second
	for {
		err := do()
		if err == nil {
			return true
		}
		if ctx.Err() != nil {
			return false
		}
		o.log.ErrorContext(ctx, failed+", trying again", "in", again, "error", err)
		select {
		case <-ctx.Done():
			return false
		case <-time.After(again):
		}
	}
}

// putRight makes data right that was written in another database.
func putRight(ctx context.Context, models *readmodel.Builder, log *slog.Logger) error {
	return restore.PutRight(ctx, models.Pool, log,
		func(ctx context.Context) error { return events.Renumber(ctx, models.Pool, log) },
		func(ctx context.Context) error { return readmodel.Recompute(ctx, models.Pool, log) })
}

// copied is why a copy of the shop doesn't act.
const copied = "this data was copied from another database, which may still be the shop: " +
	"no order is taken or cancelled, and no money asked for, before pizzeria adopt says that this is the shop now"

// awaitAdoption returns when the database is the shop, or ctx has ended.
func (o *opening) awaitAdoption(ctx context.Context) {
	told := false
	for !isClosed(o.acting) {
		state, err := restore.Look(ctx, o.models.Pool)
		switch {
		case err == nil && !state.Copied:
			close(o.acting)
			return
		case err == nil && !told:
			told = true
			o.log.WarnContext(ctx, copied)
		case err != nil && ctx.Err() == nil:
			o.log.WarnContext(ctx, "it isn't known whether this is the shop", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}
