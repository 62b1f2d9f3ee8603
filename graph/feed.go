package graph

import (
	"context"
	"errors"
	"iter"

	"pizzeria/internal/fault"
	"pizzeria/internal/live"
	"pizzeria/internal/tracing"
	"pizzeria/internal/transport"
)

// stream passes a feed on to the transport. A client that fell behind is told to come back with its cursor: its
// connection is closed with a code that means it.
func stream(ctx context.Context, items iter.Seq2[live.Item, error], err error) (<-chan live.Item, error) {
	if err != nil {
		return nil, err
	}
	out := make(chan live.Item)
	go func() {
		defer close(out)
		for item, err := range items {
			switch {
			case errors.Is(err, live.ErrFellBehind):
				transport.EndWith(ctx, &transport.CloseError{Code: transport.CloseTryAgainLater, Reason: "fell behind, resume with the last cursor"})
				return
			case fault.Is(err, fault.Unauthenticated): // nothing else on this connection is the account's any more
				transport.EndWith(ctx, &transport.CloseError{Code: transport.CloseForbidden, Reason: "The session has ended."})
				return
			case err != nil:
				transport.EndWith(ctx, err)
				return
			}
			delivered := tracing.Delivery(ctx, item)
			select {
			case out <- item:
				delivered()
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, nil
}

// resumeAt is where a stream goes on: behind what an event stream's client says it saw last, or else behind the argument,
// which a browser that connects again sends as it was.
func resumeAt(ctx context.Context, after *string) string {
	if last := transport.LastEventID(ctx); last != "" || after == nil {
		return last
	}
	return *after
}
