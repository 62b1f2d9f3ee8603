package transport

import (
	"context"
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport/guard"
)

// Authenticator knows who is asking. A refusal is a *fault.Error; any other error means that the answer is not known
// now: a request is answered with 503, an opening socket is closed with 1013, an open connection lives on until the next
// check.
type Authenticator interface {
	// Authenticate adds the session's actor to ctx. The token is without "Bearer ".
	Authenticate(ctx context.Context, token string) (context.Context, error)
	// Ended is called again and again with the ctx of each open connection: it tells which of their sessions have ended, or have
	// other roles than at the opening. Only connections that CanEnd are passed.
	Ended(ctx context.Context, connections []context.Context) ([]bool, error)
	// CanEnd tells whether what let the connection of ctx in can end while the connection is open; a visitor's can't.
	CanEnd(ctx context.Context) bool
	// User identifies the account or the device in ctx, for the limits; "" for a visitor.
	User(ctx context.Context) string
	// IsDevice tells whether ctx is of a device that has a token of its own. It is limited by itself, and not with the address that
	// it shares with people.
	IsDevice(ctx context.Context) bool
}

// anonymous is for servers without sign-in.
type anonymous struct{}

func (anonymous) Authenticate(ctx context.Context, _ string) (context.Context, error) {
	return ctx, nil
}

func (anonymous) Ended(_ context.Context, connections []context.Context) ([]bool, error) {
	return make([]bool, len(connections)), nil
}
func (anonymous) CanEnd(context.Context) bool   { return false }
func (anonymous) User(context.Context) string   { return "" }
func (anonymous) IsDevice(context.Context) bool { return false }

// signIn adds the actor of a request to its context. A token that is not (or no longer) good makes a visitor, as does
// none; but a client that was treated as one because nobody could tell would believe that it has been signed out.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) (context.Context, *gqlerror.Error) {
	ctx, token := r.Context(), s.token(r)
	if token == "" {
		return ctx, nil
	}
	signedIn, err := s.auth.Authenticate(ctx, token)
	if _, refused := fault.As(err); refused {
		return ctx, nil
	}
	if err != nil {
		if ctx.Err() == nil {
			s.log.WarnContext(ctx, "authenticate request", "error", err)
		}
		w.Header().Set("Retry-After", "1")
		return nil, guard.Refuse(fault.Unavailable, http.StatusServiceUnavailable, "The service is busy. Try again.")
	}
	return signedIn, nil
}

// bearer finds the token in a connection_init payload. It is "" with given true when something else was sent in its
// place.
func bearer(payload map[string]any) (token string, given bool) {
	for _, key := range []string{"authorization", "Authorization"} {
		switch v := payload[key].(type) {
		case nil:
			continue
		case string:
			if v == "" {
				continue
			}
			scheme, token, _ := strings.Cut(v, " ")
			if !strings.EqualFold(scheme, "Bearer") {
				return "", true
			}
			return strings.TrimSpace(token), true
		default:
			return "", true
		}
	}
	return "", false
}

// isVisitor tells whether a connection_init payload without a token says so.
func isVisitor(payload map[string]any) bool {
	for _, key := range []string{"authorization", "Authorization"} {
		if token, named := payload[key]; named && token == nil {
			return true
		}
	}
	return false
}

// checkSessions closes the connections whose sessions are known to have ended.
func (s *Server) checkSessions(open []connection) {
	ctx, cancel := context.WithTimeout(context.Background(), s.timing.SessionCheck)
	defer cancel()
	sessions := make([]context.Context, 0, len(open))
	for _, one := range open {
		sessions = append(sessions, one.session())
	}
	ended, err := s.auth.Ended(ctx, sessions)
	if err != nil {
		s.log.Warn("check the sessions of connections", "connections", len(open), "error", err)
		return // without an answer no connection is closed
	}
	for i, one := range open {
		if ended[i] {
			go one.revoke()
		}
	}
}
