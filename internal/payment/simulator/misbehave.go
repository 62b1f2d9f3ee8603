package simulator

import (
	"context"
	"net/http"
	"time"
)

// misbehaveBefore plays what goes wrong before anything is charged; true means that the request fails.
func (g *gateway) misbehaveBefore(ctx context.Context, key string, f fault) bool {
	switch f {
	case errorOnce:
		g.mu.Lock()
		defer g.mu.Unlock()
		again := g.failed[key]
		g.failed[key] = true
		return !again
	case slow:
		g.wait(ctx, g.Slow)
	case behaves, withholds, hangsUp:
	}
	return false
}

// misbehaveAfter plays what goes wrong once the charge is on the books. The server cuts the connection of a handler that
// panics with ErrAbortHandler.
func (g *gateway) misbehaveAfter(ctx context.Context, f fault) {
	switch f {
	case withholds:
		g.wait(ctx, g.HoldFor)
		panic(http.ErrAbortHandler)
	case hangsUp:
		panic(http.ErrAbortHandler)
	case behaves, errorOnce, slow:
	}
}

func (g *gateway) wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-g.closed:
	}
}

// begin reserves a key for one request in this process. Between processes the store makes the later one wait.
func (g *gateway) begin(key string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if key == "" {
		return true
	}
	if g.running[key] {
		return false
	}
	g.running[key] = true
	return true
}

func (g *gateway) end(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.running, key)
}
