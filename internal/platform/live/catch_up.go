package live

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
)

// retryPause is the time between two tries to ask a database that is unavailable.
const retryPause = 250 * time.Millisecond

// fromLog takes the first of the events that were read; nil if the reader doesn't need it, or can't be shown it.
func (s *Stream) fromLog(ctx context.Context) *delivery {
	e := s.recorded[0]
	s.recorded = s.recorded[1:]
	if s.live.supersedes(e) {
		s.feed.hub.metrics.superseded.Inc()
		return nil
	}
	change := s.feed.shown(ctx, s.show, e)
	if change == nil {
		return nil
	}
	return &delivery{event: e, change: change.At(e.Cursor.Encode())}
}

// catchUp reads another page of what the log has after the cursor. In the end the cursor is the end of a batch.
func (s *Stream) catchUp(ctx context.Context) error {
	var batch events.Batch
	err := s.retryWhileUnavailable(ctx, func() (err error) {
		batch, err = s.feed.hub.log.Read(ctx, s.at, s.only, s.feed.hub.o.Page)
		return err
	})
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	err = s.retryWhileUnavailable(ctx, func() error { return s.readRows(ctx, batch.Events) })
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	s.recorded, s.at, s.behind = batch.Events, batch.Next, batch.More
	return nil
}

// readRows reads what the events are shown by.
func (s *Stream) readRows(ctx context.Context, of []events.Recorded) error {
	ids := make([]uuid.UUID, len(of))
	for i, e := range of {
		ids[i] = e.ID
	}
	show, err := s.feed.read(ctx, ids)
	if err != nil {
		return err
	}
	s.show, s.read = show, s.feed.reads.Add(1)
	return nil
}

// retryWhileUnavailable calls ask until the database is available: an open stream waits for it, as the tail does.
func (s *Stream) retryWhileUnavailable(ctx context.Context, ask func() error) error {
	for {
		err := ask()
		if !fault.Is(s.feed.hub.o.Explain(err), fault.Unavailable) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(retryPause):
		}
	}
}
