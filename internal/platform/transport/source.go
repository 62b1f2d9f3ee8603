package transport

import "context"

// Source has a subscription's events. The transport asks for them when it can send, so that an idle subscription needs no
// goroutine. All but Close is called by one goroutine at a time.
type Source[T any] interface {
	// Next returns the next event; false if there is none now. That it is called again tells that the client's connection has
	// taken the event before. An error ends the subscription, as EndWith has it.
	Next(ctx context.Context) (event T, some bool, err error)
	// Await has wake called, once, when Next may have something again; it returns false if it may already. Wake returns at
	// once, wherever it is called.
	Await(wake func()) bool
	// Close tells that nobody will ask any more. It may be called while another method runs, and more than once.
	Close()
}

// Subscribe returns the channel that a subscription's resolver must return, and has the transport move events into it, one at
// a time, and close the source in the end. A resolver calls it with its context. Without it, the transport waits at the
// channel.
func Subscribe[T any](ctx context.Context, from Source[T]) <-chan T {
	out := make(chan T, 1)
	l, ok := ctx.Value(linkKey{}).(*link)
	if !ok {
		from.Close()
		close(out)
		return out
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.source = &mover[T]{from, out}
	if l.closed {
		from.Close()
	}
	return out
}

// source is a Source of whatever type, with its channel.
type source interface {
	// fill moves the next event into the channel, or closes it at the end; it returns false if there is nothing to move now.
	fill(ctx context.Context) bool
	Await(wake func()) bool
	Close()
}

// mover moves what a source has into the channel that gqlgen reads.
type mover[T any] struct {
	Source[T]
	out chan<- T
}

func (m *mover[T]) fill(ctx context.Context) bool {
	event, some, err := m.Next(ctx)
	switch {
	case err != nil:
		if ctx.Err() == nil { // or the client has gone
			EndWith(ctx, err)
		}
		close(m.out)
	case !some:
		return false
	default:
		m.out <- event
	}
	return true
}

// close lets go of the source, also of one that comes later.
func (l *link) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed = true; l.source != nil {
		l.source.Close()
	}
}

// idle fills the resolver's channel; it returns true if there is nothing to fill it with, and wake will be called.
func (l *link) idle(ctx context.Context, wake func()) bool {
	if l.source == nil {
		return false
	}
	for !l.source.fill(ctx) {
		if l.source.Await(wake) {
			return true
		}
	}
	return false
}

// wait fills the resolver's channel as soon as there is something to fill it with, or returns when ctx ends.
func (l *link) wait(ctx context.Context) {
	for {
		ready := make(chan struct{})
		if !l.idle(ctx, func() { close(ready) }) {
			return
		}
		select {
		case <-ready:
		case <-ctx.Done():
			return
		}
	}
}
