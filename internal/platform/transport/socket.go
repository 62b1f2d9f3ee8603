package transport

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"pizzeria/internal/platform/transport/websocket"
)

// socket is one graphql-transport-ws connection. serve reads and decides; each operation that has something to do runs in
// its own goroutine and hands its messages to the outbox.
type socket struct {
	server *Server
	conn   *websocket.Conn
	out    *outbox

	// Set by the reading goroutine before the first operation starts.
	ctx   context.Context // never ends; with the actor
	user  string
	acked bool
	init  *time.Timer

	mu         sync.Mutex
	operations map[string]*operation
	running    sync.WaitGroup
	ended      bool // nothing more is begun

	closing sync.Once
	idle    atomic.Int32 // looks since the last ping
}

// newSocket is served for the actor of ctx.
func newSocket(ctx context.Context, s *Server, conn *websocket.Conn, user string) *socket {
	return &socket{
		server: s, conn: conn, out: newOutbox(conn, s.limits),
		ctx: ctx, user: user, operations: map[string]*operation{},
	}
}

func (s *socket) serve() {
	defer s.end()
	if !s.conn.Agreed {
		s.close(&CloseError{CloseSubprotocol, "Subprotocol not acceptable"})
	}
	s.init = time.AfterFunc(s.server.timing.Init, func() {
		s.close(&CloseError{CloseInitTimeout, "Connection initialisation timeout"})
	})
	s.server.pings.join(s)
	for s.conn.Wait() == nil && s.aside(s.read) {
	}
}

// aside does something in a goroutine of its own and waits for that: the one that reads waits for the client most of its
// life, and would keep the stack that it once needed.
func (s *socket) aside(do func() bool) bool {
	done := make(chan bool)
	go func() { done <- do() }()
	return <-done
}

// read takes the messages that have come; it returns false when there won't be more.
func (s *socket) read() bool {
	err := s.conn.Read(func(isText bool, data []byte) {
		if err := s.receive(isText, data); err != nil {
			s.close(err)
		}
	})
	if failure, ok := errors.AsType[*websocket.Failure](err); ok {
		s.close(&CloseError{failure.Code, failure.Reason})
		s.conn.Drain()
	}
	return err == nil
}

// end leaves nothing behind: operations, timers, the connection.
func (s *socket) end() {
	s.server.pings.leave(s)
	s.server.sessions.leave(s)
	if s.init != nil {
		s.init.Stop()
	}
	s.stop()
	s.running.Wait()
	s.out.wait()
	s.cut()
}

// stop ends all operations. It may be called more than once.
func (s *socket) stop() {
	s.mu.Lock()
	s.ended = true
	operations := slices.Collect(maps.Values(s.operations))
	s.mu.Unlock()
	for _, op := range operations {
		op.stop()
	}
	s.out.stop()
}

// work does something for an operation, in a goroutine of its own, unless the socket has ended.
func (s *socket) work(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.running.Go(do)
	}
}

// look is called every Timing.Ping, and returns at once. A socket that was written to has to answer a ping, or its reader
// has stalled; an idle one is asked at every sixth look, to save phones the traffic.
func (s *socket) look() {
	if !s.out.wrote.Swap(false) && s.idle.Add(1) < 6 {
		return
	}
	s.idle.Store(0)
	go s.conn.Ping(s.server.timing.Pong)
}

// close tells the client why, once. The connection ends when the client has taken its leave, or in time.
func (s *socket) close(why *CloseError) {
	s.closing.Do(func() {
		s.stop()
		s.server.metrics.closed.WithLabelValues(strconv.Itoa(why.Code)).Inc()
		s.conn.Close(why.Code, why.Reason)
	})
}

func (s *socket) kind() string { return "socket" }

func (s *socket) session() context.Context { return s.ctx }

func (s *socket) revoke() { s.close(&CloseError{CloseForbidden, "Forbidden"}) }

func restart() *CloseError { return &CloseError{CloseServiceRestart, "Service restart"} }

func (s *socket) shut() { go s.close(restart()) }

func (s *socket) cut() { s.conn.Cut() }
