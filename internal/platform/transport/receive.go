package transport

import (
	"encoding/json"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport/websocket"
)

// message is what both sides send.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// receive is the protocol's state machine; an error closes the connection.
func (s *socket) receive(isText bool, data []byte) (err *CloseError) {
	defer func() {
		if p := recover(); p != nil {
			_ = s.server.panicked(s.ctx, p) // logged; no operation is there to be told
			err = &CloseError{websocket.InternalError, "Internal error"}
		}
	}()
	var m message
	if !isText || json.Unmarshal(data, &m) != nil {
		return &CloseError{CloseBadRequest, "Invalid message"}
	}
	switch m.Type {
	case "connection_init":
		return s.initialise(m)
	case "ping":
		return s.send(message{Type: "pong", Payload: m.Payload})
	case "pong":
		return nil
	case "subscribe":
		return s.subscribe(m)
	case "complete":
		s.forget(m.ID, nil)
		return nil
	default:
		return &CloseError{CloseBadRequest, "Invalid message"}
	}
}

func (s *socket) initialise(m message) *CloseError {
	if s.acked {
		return &CloseError{CloseTooMany, "Too many initialisation requests"}
	}
	s.init.Stop()
	s.init = nil
	payload := map[string]any{}
	if len(m.Payload) > 0 && json.Unmarshal(m.Payload, &payload) != nil {
		return &CloseError{CloseBadRequest, "Invalid message"}
	}
	if err := s.signIn(payload); err != nil {
		return err
	}
	s.acked = true
	if s.server.auth.CanEnd(s.ctx) {
		s.server.sessions.add(s)
	}
	return s.send(message{Type: "connection_ack"})
}

// signIn takes the actor of the payload's token, a visitor for a token that is null, or keeps the actor of the upgrade request,
// whose cookie a page can't hold back.
func (s *socket) signIn(payload map[string]any) *CloseError {
	ctx := detached(s.ctx)
	switch token, given := bearer(payload); {
	case given:
		var err error
		ctx, err = s.server.auth.Authenticate(ctx, token)
		if _, refused := fault.As(err); refused {
			return &CloseError{CloseForbidden, "Forbidden"}
		}
		if err != nil {
			s.server.log.Warn("authenticate socket", "error", err)
			return &CloseError{CloseTryAgainLater, "Try again later"}
		}
	case !isVisitor(payload):
		return nil
	}
	s.ctx = ctx
	other := s.server.placeOf(ctx)
	if !s.server.connections.exchange(s.place, other) {
		return &CloseError{CloseTooMany, "Too many sockets"}
	}
	s.place = other
	return nil
}

func (s *socket) send(m message) *CloseError {
	data, err := json.Marshal(m)
	if err != nil {
		s.server.log.Error("encode message", "error", err)
		return &CloseError{websocket.InternalError, "Internal error"}
	}
	s.out.enqueue(s.ctx, data) // a connection that is gone ends the read loop too
	return nil
}
