package kitchenview

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/live"
)

// Stream gives the changes of one board, each with the board's digest after it.
type Stream struct {
	*live.Stream
	feed     *Feed
	at       uuid.UUID
	stations []uuid.UUID
	after    string           // where the board stands until versions are known
	versions kitchen.Versions // of the board's open tickets, as far as the stream has come; nil until they are needed
}

// Next is live.Stream.Next, of the tickets that are on the board.
func (s *Stream) Next(ctx context.Context) (live.Item, error) {
	for {
		item, err := s.Stream.Next(ctx)
		if err != nil {
			return item, err
		}
		switch value := item.Value.(type) {
		case *live.Resync:
			s.after, s.versions = value.Cursor, nil
		case change:
			if !passes(value.ticket.State, s.stations) {
				s.after = value.cursor
				continue
			}
			if item.Value, err = s.shown(ctx, value); err != nil {
				return live.Item{}, err
			}
		}
		return item, nil
	}
}

func (s *Stream) shown(ctx context.Context, c change) (*Changed, error) {
	if s.versions == nil {
		versions, err := s.feed.versionsAt(ctx, s.at, s.stations, s.after)
		if err != nil {
			return nil, fmt.Errorf("read where the board stood: %w", err)
		}
		s.versions = versions
	}
	s.versions.Set(c.ticket.ID, c.ticket.Version, c.ticket.Status)
	return &Changed{Cursor: c.cursor, Type: c.event, Actor: c.actor, Ticket: c.ticket, Digest: s.versions.Digest(), At: s.feed.now().UTC()}, nil
}

// pageOfGap is how many events are read at once to find out where a board stood.
const pageOfGap = 1_000

// versionsAt returns those of a board's open tickets at a cursor: as they are now, but for tickets of which there are later
// events. Of those the first tells what was before it. The tickets are read first, so that what has no later event is as it
// was.
func (f *Feed) versionsAt(ctx context.Context, at uuid.UUID, stations []uuid.UUID, cursor string) (kitchen.Versions, error) {
	versions, err := f.tickets.openAt(ctx, at, stations)
	if err != nil {
		return nil, err
	}
	after, err := events.Decode(cursor)
	if err != nil {
		return nil, err
	}
	before := kitchen.Versions{}
	seen := map[uuid.UUID]bool{}
	for more := true; more; {
		batch, err := f.log.Read(ctx, after, events.Filter{Streams: []events.Stream{kitchen.Stream}, LocationID: at}, pageOfGap)
		if err != nil {
			return nil, fmt.Errorf("read what came after: %w", err)
		}
		for _, e := range batch.Events {
			if !seen[e.ID] {
				seen[e.ID] = true
				delete(versions, e.ID)
				if e.From != nil {
					before.Set(e.ID, e.Version-1, kitchen.Status(*e.From))
				}
			}
		}
		after, more = batch.Next, batch.More
	}
	return versions, f.keep(ctx, versions, before, stations)
}

// keep adds those that pass the stations.
func (f *Feed) keep(ctx context.Context, to, from kitchen.Versions, stations []uuid.UUID) error {
	ids := make([]uuid.UUID, 0, len(from))
	for id := range from {
		ids = append(ids, id)
	}
	states, err := f.tickets.states(ctx, ids)
	if err != nil {
		return err
	}
	for _, s := range states {
		if passes(s, stations) {
			to[s.ID] = from[s.ID]
		}
	}
	return nil
}
