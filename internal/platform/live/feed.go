package live

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// Declaration is all that a feature says of a feed. R is a row of the view that shows what has changed.
type Declaration[R any] struct {
	// Streams are the kinds of aggregates whose events the feed tells.
	Streams []events.Stream
	// Rows reads the rows of the aggregates named, by their ids, which differ. Those that have none are missing.
	Rows func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]R, error)
	// Show makes of an event what its readers are given. The row was read after the event, and may be newer; it is the zero R
	// where there is none. An event for which it returns nil, or an error, is left out: it may be one that only a newer version
	// of the program understands, and what comes after it must not wait for ever.
	Show func(e events.Recorded, row R) (Change, error)
	// AsItIs tells that Show gives the row as it is, rather than as it was after the event. Then a reader who changes over from
	// the log to the hub must not be given an older row than before.
	AsItIs bool
}

// Change is what a feed gives of an event. All who watch share it.
type Change interface {
	// At returns the change for a reader who goes on from the cursor.
	At(cursor string) Change
	// Authorize refuses a reader who may not see it, or may no longer. That ends their stream.
	Authorize(by auth.Actor) error
}

// Feed opens streams of events. A stream's items are in order for each aggregate.
type Feed struct {
	hub     *Hub
	streams []events.Stream
	asItIs  bool
	read    func(ctx context.Context, ids []uuid.UUID) (show, error)
	// reads counts up before a read for all, and after one for a reader: so it tells which of two read later for sure.
	reads atomic.Int64

	mu    sync.Mutex
	byID  map[uuid.UUID][]*subscriber
	toAll map[*subscriber]struct{}
}

// show makes changes of events by rows that have been read.
type show func(events.Recorded) (Change, error)

// NewFeed adds a feed to a hub that doesn't run yet.
func NewFeed[R any](hub *Hub, d Declaration[R]) *Feed {
	f := &Feed{
		hub: hub, streams: d.Streams, asItIs: d.AsItIs,
		byID: map[uuid.UUID][]*subscriber{}, toAll: map[*subscriber]struct{}{},
	}
	f.read = func(ctx context.Context, ids []uuid.UUID) (show, error) {
		rows := map[uuid.UUID]R{}
		if len(ids) > 0 {
			slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
			var err error
			if rows, err = d.Rows(ctx, slices.Compact(ids)); err != nil {
				return nil, fmt.Errorf("read what has changed: %w", err)
			}
		}
		return func(e events.Recorded) (Change, error) {
			change, err := d.Show(e, rows[e.ID])
			if err != nil {
				return nil, fmt.Errorf("show an event: %w", err)
			}
			return change, nil
		}, nil
	}
	hub.feeds = append(hub.feeds, f)
	return f
}

// due is an event that a subscriber watches.
type due struct {
	*delivery
	to []*subscriber
}

// prepare finds who watches each of the events, and reads what they are to be shown: once for the batch, and only what
// somebody watches.
func (f *Feed) prepare(ctx context.Context, batch []events.Recorded) ([]due, error) {
	// A stream that subscribes later reads the log later, and finds the batch there.
	watched := f.watched(batch)
	if len(watched) == 0 {
		return nil, nil
	}
	ids := make([]uuid.UUID, len(watched))
	for i, d := range watched {
		ids[i] = d.event.ID
	}
	read := f.reads.Add(1)
	show, err := f.read(ctx, ids)
	if err != nil {
		return nil, err
	}
	prepared := watched[:0]
	for _, d := range watched {
		if d.change = f.shown(ctx, show, d.event); d.change == nil {
			continue
		}
		d.change, d.read = d.change.At(d.event.Cursor.Encode()), read
		prepared = append(prepared, d)
	}
	return prepared, nil
}

var errNoRow = errors.New("the view has no row for it")

// shown returns what readers are given of an event; nil if it can't be shown.
func (f *Feed) shown(ctx context.Context, show show, e events.Recorded) Change {
	change, err := show(e)
	if change == nil || err != nil {
		f.hub.o.Log.ErrorContext(ctx, "an event can't be shown", "stream", e.Stream, "id", e.ID, "version", e.Version, "type", e.Type,
			"error", cmp.Or(err, errNoRow))
		return nil
	}
	return change
}

// watched returns the events that a subscriber wants.
func (f *Feed) watched(batch []events.Recorded) []due {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []due
	for _, e := range batch {
		if !slices.Contains(f.streams, e.Stream) {
			continue
		}
		var to []*subscriber
		for _, s := range f.byID[e.ID] {
			if s.wants(e) {
				to = append(to, s)
			}
		}
		for s := range f.toAll {
			if s.wants(e) {
				to = append(to, s)
			}
		}
		if len(to) > 0 {
			all = append(all, due{&delivery{event: e}, to})
		}
	}
	return all
}

// subscribe is undone by unsubscribe, which may be called more than once.
func (f *Feed) subscribe(only events.Filter) *subscriber {
	s := newSubscriber(only, f.hub.o.Buffer, f.hub.metrics)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hub.metrics.subscribers.Inc()
	if only.ID == uuid.Nil {
		f.toAll[s] = struct{}{}
		return s
	}
	f.byID[only.ID] = append(f.byID[only.ID], s)
	return s
}

func (f *Feed) unsubscribe(s *subscriber) {
	f.mu.Lock()
	defer f.mu.Unlock()
	watching := f.byID[s.only.ID]
	i := slices.Index(watching, s)
	_, toAll := f.toAll[s]
	switch {
	case toAll:
		delete(f.toAll, s)
	case i < 0:
		return
	case len(watching) == 1:
		delete(f.byID, s.only.ID)
	default:
		f.byID[s.only.ID] = slices.Delete(watching, i, i+1)
	}
	f.hub.metrics.subscribers.Dec()
}

func (f *Feed) dropAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.toAll {
		s.drop()
	}
	for _, subscribers := range f.byID {
		for _, s := range subscribers {
			s.drop()
		}
	}
}
