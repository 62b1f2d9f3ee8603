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

// Forwarder is a network between a client and a database: it listens on TCP, whatever the database itself listens on.
type Forwarder struct {
	listener net.Listener
	network  string
	address  string
	silent   atomic.Bool

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
		f.hangUp()
		running.Wait()
	})
	return f
}

// Address is where the forwarder listens: host:port.
func (f *Forwarder) Address() string { return f.listener.Addr().String() }

// Swallow loses everything from now on, without a word. What was open then, or is opened meanwhile, stays lost.
func (f *Forwarder) Swallow() { f.silent.Store(true) }

// Heal passes new connections on again.
func (f *Forwarder) Heal() { f.silent.Store(false) }

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
	if !f.keep(client) {
		return
	}
	server, err := (&net.Dialer{}).DialContext(context.Background(), f.network, f.address)
	if err != nil || !f.keep(server) {
		f.close(client)
		return
	}
	var lost atomic.Bool
	var both sync.WaitGroup
	both.Go(func() { f.pass(server, client, &lost) })
	both.Go(func() { f.pass(client, server, &lost) })
	both.Wait()
}

// pass copies until one side closes. Nobody is told of the end of a connection that was lost.
func (f *Forwarder) pass(to, from net.Conn, lost *atomic.Bool) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if f.silent.Load() {
			lost.Store(true)
		}
		if lost.Load() {
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

func (f *Forwarder) keep(conn net.Conn) bool {
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

func (f *Forwarder) hangUp() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for conn := range f.open {
		_ = conn.Close()
	}
	f.open = nil
}
