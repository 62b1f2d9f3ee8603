// Package batch answers those who ask at the same time by one statement. A statement costs the database and both ends
// of its connection more than what one row does.
package batch

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// Read answers many keys at once. Keys that there is nothing for are missing from the answer. The keys differ.
type Read[K comparable, V any] func(ctx context.Context, keys []K) (map[K]V, error)

// Batcher asks for single keys by a Read. A call that comes when enough statements are under way waits; as soon as one of
// them ends, one statement asks for the keys of all waiting calls. A statement begins after all the calls that it answers, so
// no answer is older than its question. Safe for concurrent use.
type Batcher[K comparable, V any] struct {
	read        Read[K, V]
	concurrency int

	mu      sync.Mutex
	running int
	waiting *sharedRead[K, V]
}

// sharedRead is a statement that answers several calls.
type sharedRead[K comparable, V any] struct {
	ctx  context.Context // the first one's, for its values
	keys map[K]struct{}
	done chan struct{} // closed when the others are set
	all  map[K]V
	err  error
}

// New returns a Batcher that runs up to concurrency statements at once, at least 1. A statement that answers several calls
// doesn't end with the context of any of them: read must limit it.
func New[K comparable, V any](concurrency int, read Read[K, V]) *Batcher[K, V] {
	return &Batcher[K, V]{read: read, concurrency: max(concurrency, 1)}
}

// One returns what there is for the key, and whether there is anything.
func (b *Batcher[K, V]) One(ctx context.Context, key K) (value V, found bool, err error) {
	joined := b.join(ctx, key)
	if joined == nil {
		defer b.ended()
		all, err := b.read(ctx, []K{key})
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

// join returns the read to wait for; nil if the caller may begin at once.
func (b *Batcher[K, V]) join(ctx context.Context, key K) *sharedRead[K, V] {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running < b.concurrency {
		b.running++
		return nil
	}
	if b.waiting == nil {
		b.waiting = &sharedRead[K, V]{ctx: context.WithoutCancel(ctx), keys: map[K]struct{}{}, done: make(chan struct{})}
	}
	b.waiting.keys[key] = struct{}{}
	return b.waiting
}

// ended has the waiting calls begin in the place of a statement that has ended.
func (b *Batcher[K, V]) ended() {
	b.mu.Lock()
	defer b.mu.Unlock()
	next := b.waiting
	if next == nil {
		b.running--
		return
	}
	b.waiting = nil
	go b.run(next)
}

var errPanicked = errors.New("a read for several panicked")

func (b *Batcher[K, V]) run(next *sharedRead[K, V]) {
	defer b.ended()
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
	next.all, next.err = b.read(next.ctx, keys)
}
