package transport

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/fault"
	"pizzeria/internal/transport/guard"
)

// Authenticator knows who is asking. A refusal is a *fault.Error; any other error means that the answer is not known
// now: a request is answered with 503, an opening socket is closed with 1013, an open stream lives on until the next
// check.
type Authenticator interface {
	// Authenticate adds the session's actor to ctx. The token is without "Bearer ".
	Authenticate(ctx context.Context, token string) (context.Context, error)
	// StillValid is asked again and again while a stream is open, with the stream's ctx: nil as long as the session is
	// alive and its roles are those at the opening. Visitors are not asked about.
	StillValid(ctx context.Context) error
	// User identifies the account in ctx, for the limits; "" for a visitor.
	User(ctx context.Context) string
}

// visitors is for servers without sign-in.
type visitors struct{}

func (visitors) Authenticate(ctx context.Context, _ string) (context.Context, error) { return ctx, nil }
func (visitors) StillValid(context.Context) error                                    { return nil }
func (visitors) User(context.Context) string                                         { return "" }

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

// watchSession calls revoked once the session of ctx is known to have ended. It holds no goroutine between checks.
func (s *Server) watchSession(ctx context.Context, revoked func()) (stop func()) {
	if s.auth.User(ctx) == "" {
		return func() {}
	}
	return repeat(s.timing.SessionCheck, func() {
		asking, cancel := context.WithTimeout(ctx, s.timing.SessionCheck)
		defer cancel()
		if _, refused := fault.As(s.auth.StillValid(asking)); refused {
			revoked()
		}
	})
}

// repeat calls f every interval, never twice at once, until stop. A call that is under way is not waited for.
func repeat(interval time.Duration, f func()) (stop func()) {
	var mu sync.Mutex
	var timer *time.Timer
	stopped := false
	rearm := func() {
		mu.Lock()
		defer mu.Unlock()
		if !stopped {
			timer.Reset(interval)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	timer = time.AfterFunc(interval, func() {
		f()
		rearm()
	})
	return func() {
		mu.Lock()
		defer mu.Unlock()
		stopped = true
		timer.Stop()
	}
}
