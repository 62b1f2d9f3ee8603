package transport

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/clientaddr"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/requestid"
	"pizzeria/internal/platform/transport/guard"
	"pizzeria/internal/platform/transport/websocket"
)

const subprotocol = "graphql-transport-ws"

// upgrade turns the request into a socket and returns: served by a goroutine of its own, a socket doesn't keep the
// request's memory.
func (s *Server) upgrade(w http.ResponseWriter, r *http.Request) {
	if !s.sameOrigin(r) {
		s.refuse(w, r, guard.Refuse(fault.Forbidden, http.StatusForbidden, "Sockets from other sites are not allowed."))
		return
	}
	ctx, refusal := s.signIn(w, r.WithContext(detached(r.Context()))) // whose socket it is decides what it counts for
	if refusal != nil {
		s.refuse(w, r, refusal)
		return
	}
	held := s.placeOf(ctx)
	if !s.connections.exchange(place{}, held) {
		s.refuse(w, r, tooManySockets())
		return
	}
	conn, err := s.sockets.Accept(w, r)
	if err != nil {
		s.connections.exchange(held, place{})
		if refusal, ok := errors.AsType[*websocket.Refusal](err); ok { // else the connection is gone
			s.refuse(w, r, guard.Refuse(BadRequest, refusal.Status, "This is no handshake of a websocket."))
		}
		return
	}
	socket := newSocket(ctx, s, conn, held)
	known := s.connections.add(socket)
	go func() {
		defer func() { s.connections.exchange(socket.place, place{}) }()
		defer s.connections.remove(socket)
		if !known {
			socket.close(serviceRestart())
		}
		socket.serve()
	}()
}

// detached returns a context that has what a socket needs of its request, and does not keep the request in memory.
func detached(request context.Context) context.Context {
	ctx := clientaddr.With(context.Background(), clientaddr.FromContext(request))
	return requestid.With(ctx, requestid.FromContext(request))
}

// wantsSocket tells whether the request asks for a websocket. Other protocols to upgrade to may be ignored.
func wantsSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

func tooManySockets() *gqlerror.Error {
	return guard.Refuse(TooManySockets, http.StatusTooManyRequests, "Too many sockets are open.")
}

// sameOrigin holds browsers to pages of our own host. Other clients send no Origin.
func (s *Server) sameOrigin(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	u, err := url.Parse(origins[0])
	if err != nil || len(origins) > 1 || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || s.origins[origins[0]]
}
