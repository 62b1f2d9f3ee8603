package live

import (
	"context"
	"fmt"
	"time"

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
	resync   *Resync           // comes first, if not nil
	recorded []events.Recorded // come next, of the log
	show     show              // what was recorded
	read     int64             // when that was read, by the feed's count
	at       events.Cursor     // everything before has been read or is of no interest
	behind   bool              // there may be events between the cursor and the subscription
	joined   bool              // the hub has gone past the cursor
	checked  time.Duration     // when the session was looked at, by the hub's clock
}

// Next returns the next item, the zero one if there is none now: see Await. An error ends the stream: ErrFellBehind, for
// example, or that of ctx.
func (s *Stream) Next(ctx context.Context) (Item, error) {
	if s.resync != nil {
		notice := s.resync
		s.resync = nil
		s.feed.hub.metrics.resyncs.Inc()
		return Item{Value: notice}, nil
	}
	d, err := s.next(ctx)
	if err == nil && d != nil {
		err = s.authorize(ctx, d.change)
	}
	switch {
	case err != nil:
		return Item{}, err
	case d == nil:
		return Item{}, nil
	}
	s.feed.hub.metrics.delivered.Inc()
	return Item{Value: d.change, Event: &d.event}, nil
}

// Await has wake called, once, when Next may have something again; it returns false if it may have already. All readers
// wait for wake to return.
func (s *Stream) Await(wake func()) bool { return s.live.await(wake) }

// Close gives up the stream's place. It may be called at any time, and more than once. It need not call a wake function that waits.
func (s *Stream) Close() { s.feed.unsubscribe(s.live) }

// next returns what comes next: what was read from the log, what has yet to be read from it, or what the hub delivers.
func (s *Stream) next(ctx context.Context) (*delivery, error) {
	for ctx.Err() == nil {
		switch {
		case len(s.recorded) > 0:
			if d := s.fromLog(ctx); d != nil {
				return d, nil
			}
		case s.behind:
			if err := s.catchUp(ctx); err != nil {
				return nil, err
			}
		default:
			s.recorded, s.show = nil, nil // a reader that waits keeps no memory for them
			return s.follow(ctx)
		}
	}
	return nil, context.Cause(ctx)
}

// follow takes what the hub delivered, but for what catching up has given already. Where the hub's tail had read less than
// this reader when it joined, the hub's cursors would tell less as well.
func (s *Stream) follow(ctx context.Context) (*delivery, error) {
	for {
		d, err := s.live.take()
		if d == nil || err != nil {
			return nil, err
		}
		if s.joined {
			return s.newer(ctx, d)
		}
		if s.at.Includes(d.event) {
			continue
		}
		if s.joined = d.event.Cursor.Covers(s.at); s.joined {
			return s.newer(ctx, d)
		}
		own := *d
		own.event.Cursor = d.event.Cursor.Since(s.at)
		own.change = d.change.At(own.event.Cursor.Encode())
		return s.newer(ctx, &own)
	}
}

// newer returns what the hub delivered, by a row that is no older than what the reader was given before: while a reader
// catches up, the hub may read first and the reader then.
func (s *Stream) newer(ctx context.Context, d *delivery) (*delivery, error) {
	if !s.feed.asItIs || d.read > s.read {
		return d, nil
	}
	err := s.retryWhileUnavailable(ctx, func() error { return s.readRows(ctx, []events.Recorded{d.event}) })
	if err != nil {
		return nil, fmt.Errorf("read anew what was delivered: %w", err)
	}
	change := s.feed.shown(ctx, s.show, d.event)
	if change == nil {
		return nil, nil
	}
	own := *d
	own.change = change.At(own.event.Cursor.Encode())
	return &own, nil
}

// authorize looks anew whether the reader may see the change.
func (s *Stream) authorize(ctx context.Context, change Change) error {
	o := s.feed.hub.o
	if now := o.Clock(); o.Allowed != nil && now-s.checked >= checkEvery {
		if err := s.retryWhileUnavailable(ctx, func() error { return o.Allowed(ctx) }); err != nil {
			return err
		}
		s.checked = now
	}
	return change.Authorize(s.by)
}
