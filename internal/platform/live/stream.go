package live

import (
	"context"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// checkEvery is the least time between two looks at a stream's session.
const checkEvery = time.Second

// Stream is one reader on the way from its cursor to what is live. It has no goroutine: its reader asks for the next item,
// one goroutine at a time, and closes it in the end.
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

// Close gives up the stream's place. It may be called at any time, and more than once. It need not call a wake function that waits.
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
		if err := s.retryWhileUnavailable(ctx, func() error { return s.feed.o.Allowed(ctx) }); err != nil {
			return err
		}
		s.checked = now
	}
	if !s.by.MaySee(change.Order.CustomerID) {
		return ordering.NotFound()
	}
	return nil
}
