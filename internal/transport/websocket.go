package transport

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/coder/websocket"

	"pizzeria/internal/fault"
	"pizzeria/internal/transport/guard"
)

const subprotocol = "graphql-transport-ws"

// upgrade turns the request into a socket and serves it until it is closed.
func (s *Server) upgrade(w http.ResponseWriter, r *http.Request) {
	if !s.sameOrigin(r) {
		s.refuse(w, r, guard.Refuse(fault.Forbidden, http.StatusForbidden, "Sockets from other sites are not allowed."))
		return
	}
	user := s.auth.User(r.Context())
	if !s.streams.claim(user, s.limits.SocketsPerUser) {
		s.refuse(w, r, guard.Refuse(fault.RateLimited, http.StatusTooManyRequests, "Too many sockets are open."))
		return
	}
	// The origin was checked above, because the library's own refusal repeats it.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol}, InsecureSkipVerify: true,
	})
	if err != nil {
		s.streams.release(user)
		return // answered by Accept
	}
	conn.SetReadLimit(s.maxBody)
	socket := newSocket(s, r, conn, user)
	defer func() { s.streams.release(socket.user) }()
	if !s.streams.add(socket) {
		socket.close(&CloseError{CloseServiceRestart, "Service restart"})
		return
	}
	defer s.streams.remove(socket)
	socket.serve()
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
