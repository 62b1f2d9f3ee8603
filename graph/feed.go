package graph

import (
	"context"
	"errors"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/tracing"
	"pizzeria/internal/platform/transport"
)

// items are what a feed gives to one reader: a live.Stream.
type items interface {
	Next(ctx context.Context) (live.Item, error)
	Await(wake func()) bool
	Close()
}

// stream has the transport take a feed's items as the client's connection can.
func stream(ctx context.Context, of items, err error) (<-chan live.Value, error) {
	if err != nil {
		return nil, err
	}
	return transport.Subscribe(ctx, &source{items: of, delivered: func() {}}), nil
}

// source gives a stream's items to the transport, traces each until the connection has taken it, and says how a stream's
// errors end the subscription.
type source struct {
	items
	delivered func() // of the last item
}

// Next implements transport.Source.
func (s *source) Next(ctx context.Context) (live.Value, bool, error) {
	s.delivered()
	s.delivered = func() {}
	item, err := s.items.Next(ctx)
	if err != nil || item.Value == nil {
		return nil, false, ending(err)
	}
	s.delivered = tracing.Delivery(ctx, item)
	return item.Value, true, nil
}

// ending closes the connection of a client that fell behind with a code that means: come back with your cursor.
func ending(err error) error {
	switch {
	case errors.Is(err, live.ErrFellBehind):
		return &transport.CloseError{Code: transport.CloseTryAgainLater, Reason: "fell behind, resume with the last cursor"}
	case fault.Is(err, fault.Unauthenticated): // nothing else on this connection is the account's any more
		return &transport.CloseError{Code: transport.CloseForbidden, Reason: "The session has ended."}
	}
	return err
}

// resumeAt is where a stream goes on: behind what an event stream's client says it saw last, or else behind the argument,
// which a browser that connects again sends as it was.
func resumeAt(ctx context.Context, after *string) string {
	if last := transport.LastEventID(ctx); last != "" || after == nil {
		return last
	}
	return *after
}
