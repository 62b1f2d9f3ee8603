package transport

import (
	"context"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

// connection is an open socket or event stream.
type connection interface {
	// kind is its label in metrics.
	kind() string
	// askToReconnect closes the connection with a code that has the client connect again. It returns at once.
	askToReconnect()
	// abort ends the connection without a close message.
	abort()
	// session is the ctx with the actor and the token of the account that opened it.
	session() context.Context
	// revoke closes the connection because its session has ended.
	revoke()
}

// connections holds what is open, so that each user's share is limited and a stopping server leaves nothing open.
type connections struct {
	gauge *prometheus.GaugeVec // by kind

	mu       sync.Mutex
	open     map[connection]struct{}
	held     map[string]int // by user or address
	stopping bool
	idle     chan struct{} // closed when stopping and nothing is open
}

func newConnections(gauge *prometheus.GaugeVec) *connections {
	return &connections{gauge: gauge, open: map[connection]struct{}{}, held: map[string]int{}, idle: make(chan struct{})}
}

// add is false when the server is stopping.
func (c *connections) add(one connection) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.stopping {
		c.open[one] = struct{}{}
		c.gauge.WithLabelValues(one.kind()).Inc()
	}
	return !c.stopping
}

func (c *connections) remove(one connection) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.open[one]; known {
		delete(c.open, one)
		c.gauge.WithLabelValues(one.kind()).Dec()
	}
	c.signalIfIdle()
}

// signalIfIdle closes idle once the server is stopping and nothing is open.
func (c *connections) signalIfIdle() {
	if !c.stopping || len(c.open) > 0 {
		return
	}
	select {
	case <-c.idle:
	default:
		close(c.idle)
	}
}

// claim takes a place for a user or an address, false if all are taken. Visitors ("") are not counted; a negative limit
// is none.
func (c *connections) claim(owner string, limit int) bool {
	if owner == "" {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if limit >= 0 && c.held[owner] >= limit {
		return false
	}
	c.held[owner]++
	return true
}

func (c *connections) release(owner string) {
	if owner == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held[owner]--; c.held[owner] <= 0 {
		delete(c.held, owner)
	}
}

func (c *connections) stop(ctx context.Context) error {
	c.mu.Lock()
	c.stopping = true
	for one := range c.open {
		one.askToReconnect()
	}
	c.signalIfIdle()
	c.mu.Unlock()
	select {
	case <-c.idle:
		return nil
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for one := range c.open {
		one.abort()
	}
	return ctx.Err()
}
