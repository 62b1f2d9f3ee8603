package transport

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"pizzeria/internal/platform/transport/websocket"
)

// outbox sends messages in order. It has a goroutine only while something waits, since most sockets are idle most of
// the time.
type outbox struct {
	conn        *websocket.Conn
	maxMessages int
	maxBytes    int
	wrote       atomic.Bool // since it was last looked at

	mu    sync.Mutex
	queue [][]byte // the first is being sent
	bytes int
	taken int           // how many messages the connection has taken
	dead  bool          // takes nothing more
	moved chan struct{} // closed when the queue has moved and somebody waits for that
	done  sync.WaitGroup
}

func newOutbox(conn *websocket.Conn, limits ConnectionLimits) *outbox {
	return &outbox{conn: conn, maxMessages: limits.QueueMessages, maxBytes: limits.QueueBytes}
}

// put queues the message, and waits while the queue is full. It gives up when ctx or the connection has ended.
func (o *outbox) enqueue(ctx context.Context, data []byte) {
	o.waitUntil(ctx, func() bool { return o.tryEnqueue(data) })
}

// flush waits until the connection has taken what is queued now. It gives up when ctx or the connection has ended.
func (o *outbox) flush(ctx context.Context) {
	o.mu.Lock()
	last := o.taken + len(o.queue)
	o.mu.Unlock()
	o.waitUntil(ctx, func() bool { return o.taken >= last })
}

func (o *outbox) waitUntil(ctx context.Context, condition func() bool) {
	for {
		wait := o.waiterUnless(condition)
		if wait == nil {
			return
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return
		}
	}
}

// waiterUnless returns a channel that is closed before condition is worth checking again; nil if condition holds or the
// outbox is dead.
func (o *outbox) waiterUnless(condition func() bool) (wait <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.dead || condition() {
		return nil
	}
	if o.moved == nil {
		o.moved = make(chan struct{})
	}
	return o.moved
}

// tryEnqueue queues the message unless the queue is full.
func (o *outbox) tryEnqueue(data []byte) bool {
	n := len(o.queue)
	if n > 0 && (n >= o.maxMessages || o.bytes+len(data) > o.maxBytes) {
		return false
	}
	o.queue = append(o.queue, data)
	o.bytes += len(data)
	if n == 0 {
		o.done.Go(func() { o.send(data) })
	}
	return true
}

func (o *outbox) send(data []byte) {
	for data != nil {
		o.wrote.Store(true)
		data = o.next(o.conn.Text(data) == nil)
	}
}

// next tells how sending the first message went, and returns the one after it; nil ends the sending.
func (o *outbox) next(sent bool) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.notifyWaiters()
	if !sent || o.dead {
		o.dead, o.queue = true, nil
		return nil
	}
	o.taken++
	o.bytes -= len(o.queue[0])
	if o.queue = slices.Delete(o.queue, 0, 1); len(o.queue) > 0 {
		return o.queue[0]
	}
	o.queue = nil // an idle socket keeps no memory for it
	return nil
}

// stop drops what is queued, and takes nothing more. A message that is being sent is not waited for.
func (o *outbox) stop() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dead = true
	o.notifyWaiters()
}

// notifyWaiters has all waiters check their conditions again.
func (o *outbox) notifyWaiters() {
	if o.moved != nil {
		close(o.moved)
		o.moved = nil
	}
}

// wait returns when no message is being sent.
func (o *outbox) wait() { o.done.Wait() }
