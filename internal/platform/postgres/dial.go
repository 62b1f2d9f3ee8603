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
	// connectTimeout is how long a connection may take to open, unless the DSN says otherwise.
	connectTimeout = 2 * time.Second
	// closeTimeout is how long closing a failed connection may take: until then it holds a place in the pool.
	closeTimeout = time.Second
	// unacknowledgedTimeout is how long sent data may stay unacknowledged before the connection counts as lost.
	unacknowledgedTimeout = 10 * time.Second
)

// setDialTimeouts limits how long connections of the config take to open and to close. A caller that waits for an answer has
// a context of its own; but when that ends, pgx cancels the statement by a second connection, and then closes the first with
// a message to the server. Where the network has gone silent, each may take 15 s, and the pool would be full of connections
// that are being closed.
func setDialTimeouts(config *pgconn.Config) {
	config.ConnectTimeout = cmp.Or(config.ConnectTimeout, connectTimeout)
	limit := config.ConnectTimeout
	dialer := &net.Dialer{
		Timeout:         limit,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: unacknowledgedTimeout, Interval: unacknowledgedTimeout / 5, Count: 5},
		ControlContext:  setUserTimeout,
	}
	config.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		// AfterNetConnect lifts this deadline for a session. A connection that carries a cancel request keeps it.
		if err := conn.SetDeadline(time.Now().Add(limit)); err != nil {
			return nil, fmt.Errorf("limit a connection: %w", err)
		}
		return boundedDeadlineConn{conn}, nil
	}
	config.AfterNetConnect = func(_ context.Context, _ *pgconn.Config, conn net.Conn) (net.Conn, error) {
		return conn, conn.SetDeadline(time.Time{})
	}
}

// boundedDeadlineConn shortens deadlines in the future. pgx sets one only to close a connection; for all else it sets a
// deadline in the past, or none.
type boundedDeadlineConn struct{ net.Conn }

// SetDeadline implements net.Conn.
func (c boundedDeadlineConn) SetDeadline(t time.Time) error {
	if latest := time.Now().Add(closeTimeout); t.After(latest) {
		t = latest
	}
	return c.Conn.SetDeadline(t)
}
