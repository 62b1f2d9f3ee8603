package transport

import (
	"context"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

// stream is an open socket or event stream.
type stream interface {
	// kind is what metrics call it.
	kind() string
	// shut asks the client to come back later. It returns at once.
	shut()
	// cut ends the connection without a word.
	cut()
	// session is the ctx of whoever opened it.
	session() context.Context
	// revoke tells the client that the session has ended.
	revoke()
}

// streams knows what is open, so that a user's share is limited and a stopping server leaves no stream behind.
type streams struct {
	gauge *prometheus.GaugeVec // by kind

	mu       sync.Mutex
	open     map[stream]struct{}
	held     map[string]int // by user or address
	stopping bool
	idle     chan struct{} // closed when stopping and nothing is open
}

func newStreams(gauge *prometheus.GaugeVec) *streams {
	return &streams{gauge: gauge, open: map[stream]struct{}{}, held: map[string]int{}, idle: make(chan struct{})}
}

// add is false when the server is stopping.
func (s *streams) add(one stream) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopping {
		s.open[one] = struct{}{}
		s.gauge.WithLabelValues(one.kind()).Inc()
	}
	return !s.stopping
}

func (s *streams) remove(one stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.open[one]; known {
		delete(s.open, one)
		s.gauge.WithLabelValues(one.kind()).Dec()
	}
	s.settle()
}

func (s *streams) settle() {
	if !s.stopping || len(s.open) > 0 {
		return
	}
	select {
	case <-s.idle:
	default:
		close(s.idle)
	}
}

// claim takes a place for a user or an address, false if all are taken. Visitors ("") are not counted; a negative limit
// is none.
func (s *streams) claim(who string, limit int) bool {
	if who == "" {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if limit >= 0 && s.held[who] >= limit {
		return false
	}
	s.held[who]++
	return true
}

func (s *streams) release(who string) {
	if who == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held[who]--; s.held[who] <= 0 {
		delete(s.held, who)
	}
}

func (s *streams) stop(ctx context.Context) error {
	s.mu.Lock()
	s.stopping = true
	for one := range s.open {
		one.shut()
	}
	s.settle()
	s.mu.Unlock()
	select {
	case <-s.idle:
		return nil
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for one := range s.open {
		one.cut()
	}
	return ctx.Err()
}
