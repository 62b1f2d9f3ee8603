package guard

import (
	"context"
	"math"
	"net/http"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/fault"
)

// maxClients bounds the clients remembered; one forgotten starts with a full burst again.
const maxClients = 50_000

// Rate is how much one client may ask for, in ordinary operations. The zero Rate is no limit.
type Rate struct {
	PerSecond float64
	Burst     int
}

// What counts as one ordinary operation.
const (
	operationCost = 100 // of an operation, as Limits.Cost counts it
	documentBytes = 512 // of a document that is not known yet, and has to be parsed and validated
	messageFrames = 5   // that a socket receives
)

// limiter counts for each client what it may still ask for. What costs more than is left is let through as long as there is
// anything left, and the client has to wait the longer: so an operation may cost more than the burst.
type limiter struct {
	rate    Rate
	clock   clock.Monotonic
	clients *lru.Cache[string, *allowance]
}

// allowance is what one client may ask for at a moment: negative if it has asked for more.
type allowance struct {
	mu   sync.Mutex
	left float64
	at   time.Duration
}

func newLimiter(r Rate, c clock.Monotonic) *limiter {
	clients, _ := lru.New[string, *allowance](maxClients) // it fails for no size above zero
	return &limiter{rate: r, clock: c, clients: clients}
}

// take counts so many ordinary operations, or parts of one, for a client of ctx, and refuses a client that has nothing left.
func (l *limiter) take(ctx context.Context, client func(context.Context) string, operations float64) *gqlerror.Error {
	if l.rate.PerSecond <= 0 {
		return nil
	}
	if wait := l.allowance(client(ctx)).take(operations, l.rate, l.clock()); wait > 0 {
		return TooFast(wait)
	}
	return nil
}

func (l *limiter) allowance(client string) *allowance {
	known, ok := l.clients.Get(client)
	if ok {
		return known
	}
	fresh := &allowance{left: float64(max(l.rate.Burst, 1)), at: l.clock()}
	if first, known, _ := l.clients.PeekOrAdd(client, fresh); known { // another request of the client was faster
		return first
	}
	return fresh
}

// take returns how long the client has to wait; zero if it need not.
func (a *allowance) take(operations float64, r Rate, now time.Duration) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if passed := now - a.at; passed > 0 {
		a.left = min(a.left+passed.Seconds()*r.PerSecond, float64(max(r.Burst, 1)))
		a.at = now
	}
	if a.left <= 0 {
		return time.Duration(math.Floor(-a.left/r.PerSecond*float64(time.Second))) + 1
	}
	a.left -= operations
	return 0
}

// TooFast refuses a client that has to wait.
func TooFast(wait time.Duration) *gqlerror.Error {
	refusal := &Refusal{Code: fault.RateLimited, Status: http.StatusTooManyRequests, Legacy: http.StatusTooManyRequests, RetryAfter: wait}
	return explain(refusal, "Too many requests. Wait before the next one.")
}

// Clients names the client that a request counts for.
type Clients struct {
	// Of names the account of ctx, or the address of a visitor.
	Of func(ctx context.Context) string
	// Address names the address alone, for what counts before it is known who asks.
	Address func(ctx context.Context) string
}

// Admit counts an operation for the client of ctx, by its cost, and refuses one above the rate. It comes after sign-in, which
// tells who the client is, and which only an operation that could run may cost.
func (e *Executor) Admit(ctx context.Context, cost int) *gqlerror.Error {
	return e.rate.take(ctx, e.clients.Of, max(float64(cost)/operationCost, 1))
}

// AdmitFrame counts a frame that a socket of the client of ctx has received, apart from operations: a client that asks for
// much has to wait, but is not cut off.
func (e *Executor) AdmitFrame(ctx context.Context) *gqlerror.Error {
	return e.rate.take(ctx, func(ctx context.Context) string { return "frames of " + e.clients.Of(ctx) }, 1.0/messageFrames)
}

// Refused counts a request that is refused, for its address. It returns the refusal to answer with: the one
// given, or that of an address above the rate.
func (e *Executor) Refused(ctx context.Context, refusal *gqlerror.Error) *gqlerror.Error {
	if tooFast := e.rate.take(ctx, e.clients.Address, 1); tooFast != nil {
		return tooFast
	}
	return refusal
}

// RefusedAll is Refused for a document that the guards refused.
func (e *Executor) RefusedAll(ctx context.Context, refusals gqlerror.List) gqlerror.List {
	if refusal := e.Refused(ctx, refusals[0]); refusal != refusals[0] {
		return gqlerror.List{refusal}
	}
	return refusals
}

// admitDocument counts a document that isn't known yet for the address, also if it will be refused.
func (e *Executor) admitDocument(ctx context.Context, query string) *gqlerror.Error {
	return e.rate.take(ctx, e.clients.Address, float64(len(query))/documentBytes)
}
