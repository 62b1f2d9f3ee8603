package graph

import (
	"context"
	"errors"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/tracing"
	"pizzeria/internal/platform/transport"
)

// stream passes a feed on to the transport, which takes items from the channel and asks the supply for them.
func stream(ctx context.Context, items *live.Stream, err error) (<-chan live.Item, error) {
	if err != nil {
		return nil, err
	}
	out := make(chan live.Item, 1)
	transport.Supply(ctx, &supply{
		Stream: items, out: out, delivered: func() {}, trace: func(item live.Item) func() { return tracing.Delivery(ctx, item) },
	})
	return out, nil
}

// supply puts a stream's items into a channel when they are asked for. A client that fell behind is told to come back with
// its cursor: its connection is closed with a code that means it.
type supply struct {
	*live.Stream
	out       chan<- live.Item
	trace     func(live.Item) (delivered func())
	delivered func() // of the last item
}

// Fill implements transport.Source.
func (s *supply) Fill(ctx context.Context) bool {
	s.delivered()
	s.delivered = func() {}
	item, err := s.Next(ctx)
	switch {
	case err != nil:
		s.end(ctx, err)
		return true
	case item == nil:
		return false
	}
	s.delivered = s.trace(item)
	s.out <- item
	return true
}

func (s *supply) end(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil: // the client has gone
	case errors.Is(err, live.ErrFellBehind):
		transport.EndWith(ctx, &transport.CloseError{Code: transport.CloseTryAgainLater, Reason: "fell behind, resume with the last cursor"})
	case fault.Is(err, fault.Unauthenticated): // nothing else on this connection is the account's any more
		transport.EndWith(ctx, &transport.CloseError{Code: transport.CloseForbidden, Reason: "The session has ended."})
	default:
		transport.EndWith(ctx, err)
	}
	close(s.out)
}

// resumeAt is where a stream goes on: behind what an event stream's client says it saw last, or else behind the argument,
// which a browser that connects again sends as it was.
func resumeAt(ctx context.Context, after *string) string {
	if last := transport.LastEventID(ctx); last != "" || after == nil {
		return last
	}
	return *after
}
