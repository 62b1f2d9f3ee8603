package live

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/auth"
	"pizzeria/internal/events"
	"pizzeria/internal/fault"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
)

const (
	// checkEvery is the least time between two looks at a stream's session.
	checkEvery = time.Second
	// againEvery is the time between two tries to ask a database that is away.
	againEvery = 250 * time.Millisecond
)

// Stream is one reader on the way from its cursor to what is live. It has no goroutine: whoever reads it asks for the next
// item, one goroutine at a time, and closes it in the end.
type Stream struct {
	feed     *Feed
	by       auth.Actor
	only     events.Filter
	live     *subscriber
	resync   *Resync                        // comes first, if not nil
	recorded []events.Recorded              // come next, of the log
	rows     map[uuid.UUID]*orderview.Order // of their orders
	at       events.Cursor                  // everything before has been read or is of no interest
	behind   bool                           // there may be events between the cursor and the subscription
	joined   bool                           // the hub has gone past the cursor
	checked  time.Time
}

// Next returns the next item, nil if there is none now: see Await. An error ends the stream: ErrFellBehind, for example, or
// that of ctx.
func (s *Stream) Next(ctx context.Context) (Item, error) {
	if s.resync != nil {
		notice := s.resync
		s.resync = nil
		s.feed.hub.metrics.resyncs.Inc()
		return notice, nil
	}
	change, err := s.change(ctx)
	if err == nil && change != nil {
		err = s.authorize(ctx, change)
	}
	switch {
	case err != nil:
		return nil, err
	case change == nil:
		return nil, nil
	}
	s.feed.hub.metrics.delivered.Inc()
	return change, nil
}

// Await has wake called, once, when Next may have something again; it returns false if it may have already. All readers
// wait for wake to return.
func (s *Stream) Await(wake func()) bool { return s.live.await(wake) }

// Close gives up the stream's place. It may be called at any time, and more than once. Whoever waits need not be woken.
func (s *Stream) Close() { s.feed.hub.unsubscribe(s.live) }

// change returns what comes next: what was read from the log, what has yet to be read from it, or what the hub delivers.
func (s *Stream) change(ctx context.Context) (*Change, error) {
	for ctx.Err() == nil {
		switch {
		case len(s.recorded) > 0:
			if change, err := s.fromLog(); change != nil || err != nil {
				return change, err
			}
		case s.behind:
			if err := s.catchUp(ctx); err != nil {
				return nil, err
			}
		default:
			s.recorded, s.rows = nil, nil // a reader that waits keeps no memory for them
			return s.follow()
		}
	}
	return nil, context.Cause(ctx)
}

// fromLog takes the first of what was read; nil if nobody needs to see it.
func (s *Stream) fromLog() (*Change, error) {
	e := s.recorded[0]
	s.recorded = s.recorded[1:]
	if s.live.supersedes(e) {
		s.feed.hub.metrics.superseded.Inc()
		return nil, nil
	}
	return changeOf(e, s.rows)
}

// catchUp reads another page of what the log has after the cursor. In the end the cursor is the end of a batch.
func (s *Stream) catchUp(ctx context.Context) error {
	var batch events.Batch
	err := s.patiently(ctx, func() (err error) {
		batch, err = s.feed.log.Read(ctx, s.at, s.only, s.feed.o.Page)
		return err
	})
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	ids := make([]uuid.UUID, 0, len(batch.Events))
	for _, e := range batch.Events {
		ids = append(ids, e.OrderID)
	}
	err = s.patiently(ctx, func() (err error) {
		s.rows, err = read(ctx, s.feed.hub.orders, ids)
		return err
	})
	if err != nil {
		return fmt.Errorf("catch up: %w", err)
	}
	s.recorded, s.at, s.behind = batch.Events, batch.Next, batch.More
	return nil
}

// patiently asks again and again while the database is away: an open stream waits for it, as the tail does.
func (s *Stream) patiently(ctx context.Context, ask func() error) error {
	for {
		err := ask()
		if !fault.Is(s.feed.o.Explain(err), fault.Unavailable) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(againEvery):
		}
	}
}

// follow takes what the hub delivered, but for what catching up has given already. Where the hub's tail had read less than
// this reader when it joined, the hub's cursors would tell less as well.
func (s *Stream) follow() (*Change, error) {
	for {
		d, err := s.live.take()
		switch {
		case d == nil || err != nil:
			return nil, err
		case s.joined:
			return d.change, nil
		case s.at.Includes(d.event):
			continue
		}
		if s.joined = d.event.Cursor.Covers(s.at); s.joined {
			return d.change, nil
		}
		own := *d.change
		own.Cursor = d.event.Cursor.Since(s.at).Encode()
		return &own, nil
	}
}

// authorize looks anew whether the reader may see the change.
func (s *Stream) authorize(ctx context.Context, change *Change) error {
	if now := s.feed.o.Now(); s.feed.o.Allowed != nil && now.Sub(s.checked) >= checkEvery {
		if err := s.patiently(ctx, func() error { return s.feed.o.Allowed(ctx) }); err != nil {
			return err
		}
		s.checked = now
	}
	if !s.by.MaySee(change.Order.CustomerID) {
		return ordering.NotFound()
	}
	return nil
}
