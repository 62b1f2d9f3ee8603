package guard

import (
	"context"
	"net/http"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"golang.org/x/time/rate"

	"pizzeria/internal/platform/fault"
)

// maxClients bounds the clients remembered; one forgotten starts with a full burst again.
const maxClients = 50_000

// Rate is how many operations one client may start. The zero Rate is no limit.
type Rate struct {
	PerSecond float64
	Burst     int
}

type limiter struct {
	rate    Rate
	client  func(context.Context) string
	clients *lru.Cache[string, *rate.Limiter]
}

func newLimiter(r Rate, client func(context.Context) string) *limiter {
	clients, _ := lru.New[string, *rate.Limiter](maxClients) // it fails for no size above zero
	return &limiter{rate: r, client: client, clients: clients}
}

func (l *limiter) admit(ctx context.Context) *gqlerror.Error {
	if l.rate.PerSecond <= 0 {
		return nil
	}
	key := l.client(ctx)
	tokens, ok := l.clients.Get(key)
	if !ok {
		tokens = rate.NewLimiter(rate.Limit(l.rate.PerSecond), max(l.rate.Burst, 1))
		if first, known, _ := l.clients.PeekOrAdd(key, tokens); known { // another operation of the client was faster
			tokens = first
		}
	}
	reservation := tokens.Reserve()
	wait := reservation.Delay()
	if wait == 0 {
		return nil
	}
	reservation.Cancel()
	return TooFast(wait)
}

// TooFast refuses a client that has to wait.
func TooFast(wait time.Duration) *gqlerror.Error {
	refusal := &Refusal{Code: fault.RateLimited, Status: http.StatusTooManyRequests, Legacy: http.StatusTooManyRequests, RetryAfter: wait}
	return explain(refusal, "Too many requests. Wait before the next one.")
}
