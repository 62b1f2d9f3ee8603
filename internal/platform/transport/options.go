package transport

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/transport/guard"
)

func (o Options) withDefaults() Options {
	o.MaxBody = cmp.Or(o.MaxBody, 256<<10)
	o.Connections = ConnectionLimits{
		PerSocket:           cmp.Or(o.Connections.PerSocket, 20),
		SocketsPerUser:      cmp.Or(o.Connections.SocketsPerUser, 10),
		SocketsPerDevice:    cmp.Or(o.Connections.SocketsPerDevice, 5),
		SocketsPerAddress:   cmp.Or(o.Connections.SocketsPerAddress, 200),
		EventStreamsPerUser: cmp.Or(o.Connections.EventStreamsPerUser, 40),
		QueueMessages:       cmp.Or(o.Connections.QueueMessages, 64),
		QueueBytes:          cmp.Or(o.Connections.QueueBytes, 1<<20),
	}
	o.Timing = Timing{
		Init:         cmp.Or(o.Timing.Init, 3*time.Second),
		Write:        cmp.Or(o.Timing.Write, 5*time.Second),
		Ping:         cmp.Or(o.Timing.Ping, 5*time.Second),
		Pong:         cmp.Or(o.Timing.Pong, 4*time.Second),
		KeepAlive:    cmp.Or(o.Timing.KeepAlive, 12*time.Second),
		SessionCheck: cmp.Or(o.Timing.SessionCheck, 1500*time.Millisecond),
	}
	if o.Authenticator == nil {
		o.Authenticator = anonymous{}
	}
	if o.Token == nil {
		o.Token = func(*http.Request) string { return "" }
	}
	if o.Present == nil {
		o.Present = graphql.DefaultErrorPresenter
	}
	if o.Recover == nil {
		o.Recover = func(context.Context, any) error { return errors.New("internal error") }
	}
	if o.Open == nil {
		o.Open = func() bool { return true }
	}
	if o.Cursor == nil {
		o.Cursor = cursorField
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// presenter shows the guards' refusals as they are, and takes from a resolver's error the wish to close the connection.
func presenter(present graphql.ErrorPresenterFunc) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		if closing, ok := errors.AsType[*CloseError](err); ok {
			EndWith(ctx, closing)
		}
		if _, ok := errors.AsType[*guard.Refusal](err); ok {
			if shown, ok := errors.AsType[*gqlerror.Error](err); ok {
				return shown
			}
		}
		return present(ctx, err)
	}
}
