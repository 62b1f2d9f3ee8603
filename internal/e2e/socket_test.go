package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/require"
)

// socket is a client of graphql-transport-ws. One goroutine reads, and passes each message to its operation.
type socket struct {
	*person
	conn *websocket.Conn
	done chan struct{} // closed with closed set
	// closed is how the server closed the connection.
	closed string

	mu     sync.Mutex
	begun  int // how many operations
	feeds  map[string]chan message
	paused <-chan struct{} // closed when reading goes on
}

type frame struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// wire is an open connection of graphql-transport-ws on which no message has been sent.
type wire struct {
	*testing.T
	*websocket.Conn
}

// dial opens a socket that offers the given subprotocols.
func (p *person) dial(subprotocols ...string) *wire {
	p.Helper()
	conn, resp, err := websocket.Dial(p.Context(), strings.Replace(p.at.url, "http", "ws", 1)+"/graphql",
		&websocket.DialOptions{HTTPClient: p.http, Subprotocols: subprotocols})
	require.NoError(p, err)
	if resp.Body != nil {
		_ = resp.Body.Close()
	}
	require.Equal(p, http.StatusSwitchingProtocols, resp.StatusCode)
	conn.SetReadLimit(1 << 20)
	p.Cleanup(func() { _ = conn.CloseNow() })
	return &wire{p.T, conn}
}

const subprotocol = "graphql-transport-ws"

func (w *wire) send(f frame) {
	w.Helper()
	require.NoError(w, wsjson.Write(context.Background(), w.Conn, f))
}

func (w *wire) receive() (f frame) {
	w.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	require.NoError(w, wsjson.Read(ctx, w.Conn, &f))
	return f
}

// initialise dials and signs in by connection_init.
func (p *person) initialise() *wire {
	p.Helper()
	w := p.dial(subprotocol)
	w.send(frame{Type: "connection_init", Payload: p.credentials()})
	require.Equal(p, "connection_ack", w.receive().Type)
	return w
}

// connect opens a socket, signs in, and starts to read.
func (p *person) connect() *socket {
	p.Helper()
	w := p.initialise()
	s := &socket{person: p, conn: w.Conn, done: make(chan struct{}), feeds: map[string]chan message{}}
	go s.read()
	p.Cleanup(func() { _ = w.CloseNow(); <-s.done })
	return s
}

func (p *person) credentials() json.RawMessage {
	if p.token == "" {
		return nil
	}
	return json.RawMessage(fmt.Sprintf(`{"authorization": "Bearer %s"}`, p.token))
}

// subscribe starts an operation on the socket.
func (s *socket) subscribe(document string, v vars) *feed {
	s.Helper()
	payload, err := json.Marshal(map[string]any{"query": document, "variables": v})
	require.NoError(s, err)
	messages := make(chan message, 1000)
	s.mu.Lock()
	s.begun++
	id := fmt.Sprint(s.begun)
	s.feeds[id] = messages
	s.mu.Unlock()
	s.write(frame{ID: id, Type: "subscribe", Payload: payload})
	return &feed{T: s.T, messages: messages, cancel: func() { s.forget(id) }}
}

// forget ends an operation; what still comes of it is dropped.
func (s *socket) forget(id string) {
	s.Helper()
	s.mu.Lock()
	delete(s.feeds, id)
	s.mu.Unlock()
	s.write(frame{ID: id, Type: "complete"})
}

// kitchen watches all orders from a cursor on.
func (s *socket) kitchen(cursor string) *feed {
	s.Helper()
	return s.subscribe(watchKitchen, after(cursor))
}

// order watches one order. Without a cursor it begins with the order's current state.
func (s *socket) order(id, cursor string) *feed {
	s.Helper()
	return s.subscribe(watchOrder, after(cursor).and("id", id))
}

func (s *socket) write(f frame) {
	s.Helper()
	require.NoError(s, wsjson.Write(context.Background(), s.conn, f))
}

// pause stops reading, after one more message, until resume is called.
func (s *socket) pause() (resume func()) {
	paused := make(chan struct{})
	resume = sync.OnceFunc(func() { close(paused) })
	s.Cleanup(resume)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paused = paused
	return resume
}

func (s *socket) read() {
	defer close(s.done)
	for {
		s.mu.Lock()
		paused := s.paused
		s.mu.Unlock()
		if paused != nil {
			<-paused
		}
		var f frame
		if err := wsjson.Read(context.Background(), s.conn, &f); err != nil {
			s.closed = err.Error()
			var closed websocket.CloseError
			if errors.As(err, &closed) {
				s.closed = fmt.Sprintf("closed %d", closed.Code)
			}
			s.mu.Lock()
			for _, f := range s.feeds {
				f <- message{ended: s.closed}
			}
			s.mu.Unlock()
			return
		}
		s.mu.Lock()
		to := s.feeds[f.ID]
		s.mu.Unlock()
		if to == nil { // of no operation, or of one that has been forgotten
			continue
		}
		switch f.Type {
		case "next":
			var result struct{ Data, Errors json.RawMessage }
			_ = json.Unmarshal(f.Payload, &result)
			if result.Errors != nil {
				result.Data = f.Payload
			}
			to <- message{data: result.Data}
		case "error":
			to <- message{ended: "error " + string(f.Payload)}
		case "complete":
			to <- message{ended: "complete"}
		}
	}
}
