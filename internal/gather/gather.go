// Package gather answers those who ask at the same time by one statement. A statement costs the database and both ends
// of its connection more than what one row does.
package gather

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// Read answers many keys at once. Keys that there is nothing for are missing from the answer. The keys differ.
type Read[K comparable, V any] func(ctx context.Context, keys []K) (map[K]V, error)

// Reader asks for single keys by a Read. Whoever comes when enough statements are under way waits, and is asked for with
// all who came meanwhile as soon as one of them ends. A statement begins when everybody it answers has asked, so no answer
// is older than its question. Safe for concurrent use.
type Reader[K comparable, V any] struct {
	read   Read[K, V]
	atOnce int

	mu      sync.Mutex
	running int
	waiting *round[K, V]
}

// round is what one statement answers.
type round[K comparable, V any] struct {
	ctx  context.Context // the first one's, for its values
	keys map[K]struct{}
	done chan struct{} // closed when the others are set
	all  map[K]V
	err  error
}

// New returns a Reader with a number of statements at once, at least 1. One that answers several doesn't end with any of
// those who wait for it: it must end by itself.
func New[K comparable, V any](atOnce int, read Read[K, V]) *Reader[K, V] {
	return &Reader[K, V]{read: read, atOnce: max(atOnce, 1)}
}

// One returns what there is for the key, and whether there is anything.
func (r *Reader[K, V]) One(ctx context.Context, key K) (value V, found bool, err error) {
	joined := r.join(ctx, key)
	if joined == nil {
		defer r.ended()
		all, err := r.read(ctx, []K{key})
		value, found = all[key]
		return value, found, err
	}
	select {
	case <-joined.done:
		value, found = joined.all[key]
		return value, found, joined.err
	case <-ctx.Done():
		return value, false, fmt.Errorf("wait for a statement: %w", context.Cause(ctx))
	}
}

// join returns the round to wait for; nil if the caller may begin at once.
func (r *Reader[K, V]) join(ctx context.Context, key K) *round[K, V] {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running < r.atOnce {
		r.running++
		return nil
	}
	if r.waiting == nil {
		r.waiting = &round[K, V]{ctx: context.WithoutCancel(ctx), keys: map[K]struct{}{}, done: make(chan struct{})}
	}
	r.waiting.keys[key] = struct{}{}
	return r.waiting
}

// ended lets those who wait begin where a statement has ended.
func (r *Reader[K, V]) ended() {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := r.waiting
	if next == nil {
		r.running--
		return
	}
	r.waiting = nil
	go r.run(next)
}

var errPanicked = errors.New("a read for several panicked")

func (r *Reader[K, V]) run(next *round[K, V]) {
	defer r.ended()
	defer close(next.done)
	next.err = errPanicked
	defer func() {
		if p := recover(); p != nil {
			next.err = fmt.Errorf("%w: %v\n%s", errPanicked, p, debug.Stack())
		}
	}()
	keys := make([]K, 0, len(next.keys))
	for key := range next.keys {
		keys = append(keys, key)
	}
	next.all, next.err = r.read(next.ctx, keys)
}
