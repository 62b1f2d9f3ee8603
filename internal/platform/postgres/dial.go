package postgres

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// connecting is how long a connection may take to open, unless the DSN says otherwise.
	connecting = 2 * time.Second
	// parting is how long it may take to part from a connection that failed: until then it holds a place in the pool.
	parting = time.Second
	// silence is how long the network may keep what was sent to itself before the connection counts as lost.
	silence = 10 * time.Second
)

// dialInTime makes connections of the config let go in time. Whoever waits for an answer has a context of their own; but
// behind their back pgx asks the server to cancel the statement, by a connection of its own, and says goodbye, which may
// take a quarter of a minute each where the network has gone silent. The pool would be full of farewells.
func dialInTime(config *pgconn.Config) {
	config.ConnectTimeout = cmp.Or(config.ConnectTimeout, connecting)
	limit := config.ConnectTimeout
	dialer := &net.Dialer{
		Timeout:         limit,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: silence, Interval: silence / 5, Count: 5},
		ControlContext:  limitSilence,
	}
	config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		// A session has its limit lifted below. Nothing does so for the connection that carries a request to cancel.
		if err := conn.SetDeadline(time.Now().Add(limit)); err != nil {
			return nil, fmt.Errorf("limit a connection: %w", err)
		}
		return farewell{conn}, nil
	}
	config.AfterNetConnect = func(_ context.Context, _ *pgconn.Config, conn net.Conn) (net.Conn, error) {
		return conn, conn.SetDeadline(time.Time{})
	}
}

// farewell shortens deadlines in the future. pgx sets one only to part from a connection; for all else it sets one that is
// over, or none.
type farewell struct{ net.Conn }

// SetDeadline implements net.Conn.
func (f farewell) SetDeadline(t time.Time) error {
	if latest := time.Now().Add(parting); t.After(latest) {
		t = latest
	}
	return f.Conn.SetDeadline(t)
}
