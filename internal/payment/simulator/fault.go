package simulator

import (
	"context"
	"net/http"
	"time"
)

// failBeforeCharge simulates a fault before anything is charged; true means that the request fails.
func (g *gateway) failBeforeCharge(ctx context.Context, key string, f fault) bool {
	switch f {
	case errorOnce:
		return g.failsOnce(key)
	case slow:
		g.wait(ctx, g.Slow)
	case noFault, withholdsAnswer, closesConnection, ours, oursOnce:
	}
	return false
}

// blamesUs simulates a fault of the shop's: true means that the request of the order is refused.
func (g *gateway) blamesUs(order string, f fault) bool {
	return f == ours || f == oursOnce && g.failsOnce(order)
}

// failsOnce tells whether a key or an order meets its fault for the first time.
func (g *gateway) failsOnce(name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	again := g.failed[name]
	g.failed[name] = true
	return !again
}

// failAfterCharge simulates a fault after the charge is in the ledger. The HTTP server closes the connection of a handler that
// panics with ErrAbortHandler.
func (g *gateway) failAfterCharge(ctx context.Context, f fault) {
	switch f {
	case withholdsAnswer:
		g.wait(ctx, g.HoldFor)
		panic(http.ErrAbortHandler)
	case closesConnection:
		panic(http.ErrAbortHandler)
	case noFault, errorOnce, slow, ours, oursOnce:
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
