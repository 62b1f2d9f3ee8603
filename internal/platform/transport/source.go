package transport

import "context"

// Source has a subscription's events. The transport asks for them when it can send, so that an idle subscription needs no
// goroutine. All but Close is called by one goroutine at a time.
type Source interface {
	// Fill puts the next event into the resolver's channel, which has room for one, or closes the channel at the end. It
	// returns false if there is nothing to put there now.
	Fill(ctx context.Context) bool
	// Await has wake called, once, when Fill may put something again; it returns false if it may already. Wake returns at
	// once, wherever it is called.
	Await(wake func()) bool
	// Close tells that nobody will ask any more. It may be called while another method runs, and more than once.
	Close()
}

// Supply tells where the events of a subscription come from, and has the transport close it. A resolver calls it with its
// context. Without it, the transport waits at the channel that the resolver returns.
func Supply(ctx context.Context, from Source) {
	l, ok := ctx.Value(linkKey{}).(*link)
	if !ok {
		from.Close()
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.source = from; l.closed {
		from.Close()
	}
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
	for !l.source.Fill(ctx) {
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
