package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"pizzeria/internal/platform/readmodel"
)

// opening is the time from the start of a server to the moment from which it answers its clients: when all that they may
// ask for is there.
type opening struct {
	models *readmodel.Builder
	log    *slog.Logger
	opened chan struct{} // closed at that moment
}

func newOpening(models *readmodel.Builder, log *slog.Logger) *opening {
	return &opening{models: models, log: log, opened: make(chan struct{})}
}

func (o *opening) isOpen() bool {
	select {
	case <-o.opened:
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

// run builds what is missing and opens, unless ctx ends before.
func (o *opening) run(ctx context.Context) {
	const again = 2 * time.Second
	for !o.isOpen() {
		err := o.models.Run(ctx)
		if err == nil {
			close(o.opened)
			return
		}
		if ctx.Err() != nil {
			return
		}
		o.log.ErrorContext(ctx, "read models are not built, trying again", "in", again, "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(again):
		}
	}
}
