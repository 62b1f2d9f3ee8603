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
	place place
	acked bool
	init  *time.Timer

	mu         sync.Mutex
	operations map[string]*operation
	running    sync.WaitGroup
	ended      bool // nothing more is begun

	closing      sync.Once
	skippedPings atomic.Int32 // since the last ping
}

// newSocket is served for the actor of ctx.
func newSocket(ctx context.Context, s *Server, conn *websocket.Conn, place place) *socket {
	return &socket{
		server: s, conn: conn, out: newOutbox(conn, s.limits),
		ctx: ctx, place: place, operations: map[string]*operation{},
	}
}

func (s *socket) serve() {
	defer s.end()
	if !s.conn.SubprotocolAgreed {
		s.close(&CloseError{CloseSubprotocol, "Subprotocol not acceptable"})
	}
	s.init = time.AfterFunc(s.server.timing.Init, func() {
		s.close(&CloseError{CloseInitTimeout, "Connection initialisation timeout"})
	})
	s.conn.Admit = s.admitFrame
	s.server.pings.add(s)
	for s.conn.Wait() == nil && s.inNewGoroutine(s.read) {
	}
}

// admitFrame closes a socket whose client sends frames without end: each costs a little.
func (s *socket) admitFrame() error {
	if s.server.exec.AdmitFrame(s.ctx) == nil {
		return nil
	}
	return &websocket.Failure{Code: CloseTooMany, Reason: "Too many messages"}
}

// inNewGoroutine runs do in a goroutine of its own and waits for it: the reading goroutine waits for the client most of the
// time, and would keep the stack that do needs.
func (s *socket) inNewGoroutine(do func() bool) bool {
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
	s.server.pings.remove(s)
	s.server.sessions.remove(s)
	if s.init != nil {
		s.init.Stop()
	}
	s.stop()
	s.running.Wait()
	s.out.wait()
	s.abort()
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

// start runs do in a goroutine of its own, unless the socket has ended.
func (s *socket) start(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.running.Go(do)
	}
}

// pingIfDue is called every Timing.Ping, and returns at once. A socket that was written to is pinged each time, which detects
// a stalled reader; an idle one every sixth time, to save phones the traffic.
func (s *socket) pingIfDue() {
	if !s.out.wrote.Swap(false) && s.skippedPings.Add(1) < 6 {
		return
	}
	s.skippedPings.Store(0)
	go s.conn.Ping(s.server.timing.Pong)
}

// close sends a close frame, once. The connection ends when the client has answered with its own, or after Timing.Write.
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

func serviceRestart() *CloseError { return &CloseError{CloseServiceRestart, "Service restart"} }

func (s *socket) askToReconnect() { go s.close(serviceRestart()) }

func (s *socket) abort() { s.conn.Abort() }
