package events

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// channel is where servers tell each other that there is something to read.
const channel = "events"

const (
	// notifyPause is the least time between two notifications; what happens meanwhile shares the next.
	notifyPause = 20 * time.Millisecond
	// pingAfter is how long the listening connection may be silent before it is pinged.
	pingAfter = 30 * time.Second
)

// notify passes hints on to other servers. It does so outside the transactions that write: a NOTIFY within makes all
// commits of the cluster wait for each other.
func (t *Tail) notify(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.hints:
		}
		if err := t.notifyOnce(ctx); err != nil && ctx.Err() == nil {
			t.o.Log.DebugContext(ctx, "notify other servers of events", "error", err)
		}
		sleep(ctx, notifyPause)
	}
}

func (t *Tail) notifyOnce(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	_, err := t.log.pool.Exec(ctx, "SELECT pg_catalog.pg_notify($1, $2)", channel, t.name)
	return err
}

// listen receives the hints of other servers, on a connection of its own, and connects again when it is lost.
func (t *Tail) listen(ctx context.Context) {
	const first, longest = 100 * time.Millisecond, 2 * time.Second
	pause := first
	for ctx.Err() == nil {
		connected, err := t.receiveHints(ctx)
		if ctx.Err() != nil {
			return
		}
		if connected {
			pause = first
		}
		t.o.Log.WarnContext(ctx, "lost the connection that listens for events", "again_in", pause, "error", err)
		sleep(ctx, pause)
		pause = min(2*pause, longest)
	}
}

// receiveHints listens until the connection is lost. It wakes the tail once it listens, because hints sent before are lost.
func (t *Tail) receiveHints(ctx context.Context) (listened bool, err error) {
	conn, err := t.connect(ctx)
	if err != nil {
		return false, err
	}
	defer closeConn(ctx, conn)
	signal(t.woken)
	for {
		waiting, cancel := context.WithTimeout(ctx, pingAfter)
		hint, err := conn.WaitForNotification(waiting)
		cancel()
		switch {
		case err == nil:
			if hint.Payload != t.name {
				signal(t.woken)
			}
		case ctx.Err() != nil || !pgconn.Timeout(err):
			return true, err
		default:
			if err := ping(ctx, conn); err != nil {
				return true, err
			}
		}
	}
}

func (t *Tail) connect(ctx context.Context) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	config := t.log.pool.Config().ConnConfig
	config.RuntimeParams["application_name"] = "pizzeria-listen"
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		closeConn(ctx, conn)
		return nil, fmt.Errorf("listen: %w", err)
	}
	return conn, nil
}

func ping(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	return conn.Ping(ctx)
}

func closeConn(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx)
}
