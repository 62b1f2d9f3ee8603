package pgtest

import (
	"context"
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
)

// Forwarder is a network between a client and a database. It listens on TCP, even if the database listens on a Unix socket.
type Forwarder struct {
	listener  net.Listener
	network   string
	address   string
	blackhole atomic.Bool

	mu   sync.Mutex
	open map[net.Conn]struct{} // nil once the test has ended
}

// Forward begins to pass connections on to the database that the DSN names.
func Forward(t testing.TB, dsn string) *Forwarder {
	t.Helper()
	config, err := pgx.ParseConfig(dsn)
	require.NoError(t, err)
	f := &Forwarder{open: map[net.Conn]struct{}{}}
	f.network, f.address = pgconn.NetworkAddress(config.Host, config.Port)
	f.listener, err = (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var running sync.WaitGroup
	running.Go(func() {
		for {
			client, err := f.listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() { f.serve(client) })
		}
	})
	t.Cleanup(func() {
		_ = f.listener.Close()
		f.closeAll()
		running.Wait()
	})
	return f
}

// Address is where the forwarder listens: host:port.
func (f *Forwarder) Address() string { return f.listener.Addr().String() }

// Blackhole drops everything from now on, without closing a connection. Connections that are open then, or are opened
// meanwhile, stay dead.
func (f *Forwarder) Blackhole() { f.blackhole.Store(true) }

// Restore passes new connections on again.
func (f *Forwarder) Restore() { f.blackhole.Store(false) }

// Through returns the DSN with another address, host:port.
func Through(t testing.TB, dsn, address string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	query := u.Query()
	query.Del("host")
	query.Del("port")
	u.RawQuery, u.Host = query.Encode(), address
	return u.String()
}

func (f *Forwarder) serve(client net.Conn) {
	if !f.track(client) {
		return
	}
	server, err := (&net.Dialer{}).DialContext(context.Background(), f.network, f.address)
	if err != nil || !f.track(server) {
		f.close(client)
		return
	}
	var dead atomic.Bool
	var both sync.WaitGroup
	both.Go(func() { f.copyUntilClosed(server, client, &dead) })
	both.Go(func() { f.copyUntilClosed(client, server, &dead) })
	both.Wait()
}

// copyUntilClosed copies until one side closes. The end of a dead connection is not passed on.
func (f *Forwarder) copyUntilClosed(to, from net.Conn, dead *atomic.Bool) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if f.blackhole.Load() {
			dead.Store(true)
		}
		if dead.Load() {
			_, _ = io.Copy(io.Discard, from)
			return
		}
		if err == nil {
			_, err = to.Write(buffer[:n])
		}
		if err != nil {
			f.close(to, from)
			return
		}
	}
}

func (f *Forwarder) track(conn net.Conn) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open == nil {
		_ = conn.Close()
		return false
	}
	f.open[conn] = struct{}{}
	return true
}

func (f *Forwarder) close(conns ...net.Conn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, conn := range conns {
		_ = conn.Close()
		delete(f.open, conn)
	}
}

func (f *Forwarder) closeAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for conn := range f.open {
		_ = conn.Close()
	}
	f.open = nil
}
