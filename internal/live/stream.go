package live

import (
	"context"
	"fmt"
	"iter"
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

// stream is one reader on the way from its cursor to what is live.
type stream struct {
	feed    *Feed
	by      auth.Actor
	only    events.Filter
	live    *subscriber
	leave   func()
	resync  *Resync          // comes first, if not nil
	first   *events.Recorded // comes next, if not nil
	at      events.Cursor    // everything before has been given or is of no interest
	behind  bool             // there may be events between the cursor and the subscription
	checked time.Time
}

// items gives the stream's items, and at most one error, as the last.
func (s *stream) items(ctx context.Context) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		defer s.leave()
		stopped := false
		err := s.run(ctx, func(item Item) bool {
			stopped = !yield(item, nil)
			return !stopped
		})
		if err != nil && !stopped && ctx.Err() == nil {
			yield(nil, err)
		}
	}
}

// run gives items until give returns false, ctx ends or something fails.
func (s *stream) run(ctx context.Context, give func(Item) bool) error {
	if s.resync != nil {
		s.feed.hub.metrics.resyncs.Inc()
		if !give(s.resync) {
			return nil
		}
	}
	if s.first != nil {
		if more, err := s.giveRecorded(ctx, []events.Recorded{*s.first}, give); !more || err != nil {
			return err
		}
	}
	if s.behind {
		if more, err := s.catchUp(ctx, give); !more || err != nil {
			return err
		}
	}
	return s.follow(ctx, give)
}

// catchUp gives what the log has after the cursor, page by page. In the end the cursor is the end of a batch.
func (s *stream) catchUp(ctx context.Context, give func(Item) bool) (more bool, err error) {
	for {
		var batch events.Batch
		err := s.patiently(ctx, func() (err error) {
			batch, err = s.feed.log.Read(ctx, s.at, s.only, s.feed.o.Page)
			return err
		})
		if err != nil {
			return false, fmt.Errorf("catch up: %w", err)
		}
		if more, err := s.giveRecorded(ctx, batch.Events, give); !more || err != nil {
			return false, err
		}
		if s.at = batch.Next; !batch.More {
			return true, nil
		}
	}
}

func (s *stream) giveRecorded(ctx context.Context, page []events.Recorded, give func(Item) bool) (more bool, err error) {
	ids := make([]uuid.UUID, 0, len(page))
	for _, e := range page {
		ids = append(ids, e.OrderID)
	}
	var rows map[uuid.UUID]*orderview.Order
	err = s.patiently(ctx, func() (err error) {
		rows, err = read(ctx, s.feed.hub.orders, ids)
		return err
	})
	if err != nil {
		return false, err
	}
	for _, e := range page {
		change := changeOf(e, rows)
		if change == nil {
			continue
		}
		if s.live.supersedes(e) {
			s.feed.hub.metrics.superseded.Inc()
			continue
		}
		if more, err := s.give(ctx, change, give); !more || err != nil {
			return false, err
		}
	}
	return true, nil
}

// patiently asks again and again while the database is away: an open stream waits for it, as the tail does.
func (s *stream) patiently(ctx context.Context, ask func() error) error {
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

// follow gives what the hub delivers, but for what catching up has given already. Where the hub's tail had read less
// than this reader when it joined, the hub's cursors would tell less as well.
func (s *stream) follow(ctx context.Context, give func(Item) bool) error {
	joined := false
	for {
		d, err := s.live.take(ctx)
		if err != nil {
			return err
		}
		change := d.change
		if !joined {
			if s.at.Includes(d.event) {
				continue
			}
			if joined = d.event.Cursor.Covers(s.at); !joined {
				own := *change
				own.Cursor = d.event.Cursor.Since(s.at).Encode()
				change = &own
			}
		}
		if more, err := s.give(ctx, change, give); !more || err != nil {
			return err
		}
	}
}

// give authorizes each event anew.
func (s *stream) give(ctx context.Context, change *Change, give func(Item) bool) (more bool, err error) {
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	if now := s.feed.o.Now(); s.feed.o.Allowed != nil && now.Sub(s.checked) >= checkEvery {
		if err := s.patiently(ctx, func() error { return s.feed.o.Allowed(ctx) }); err != nil {
			return false, err
		}
		s.checked = now
	}
	if !s.by.MaySee(change.Order.CustomerID) {
		return false, ordering.NotFound()
	}
	s.feed.hub.metrics.delivered.Inc()
	return give(change), nil
}
