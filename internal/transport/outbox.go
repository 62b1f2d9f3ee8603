package transport

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// outbox sends messages in order. It has a goroutine only while something waits, since most sockets are idle most of
// the time. A client that doesn't take a message in time loses the connection.
type outbox struct {
	conn        *websocket.Conn
	timeout     time.Duration
	maxMessages int
	maxBytes    int
	wrote       atomic.Bool // since it was last looked at

	mu      sync.Mutex
	queue   [][]byte
	bytes   int
	sending bool
	dead    bool
	moved   chan struct{} // closed when the queue has moved and somebody waits for that
	done    sync.WaitGroup
}

func newOutbox(conn *websocket.Conn, limits StreamLimits, timeout time.Duration) *outbox {
	return &outbox{conn: conn, timeout: timeout, maxMessages: limits.QueueMessages, maxBytes: limits.QueueBytes}
}

// put queues the message, and waits while the queue is full: that holds back whoever produces, who knows better what
// may be dropped. It gives up when ctx or the connection has ended.
func (o *outbox) put(ctx context.Context, data []byte) {
	for {
		wait := o.offer(data)
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

// offer queues the message, or returns what to wait for.
func (o *outbox) offer(data []byte) (wait <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.dead {
		return nil
	}
	if n := len(o.queue); n > 0 && (n >= o.maxMessages || o.bytes+len(data) > o.maxBytes) {
		if o.moved == nil {
			o.moved = make(chan struct{})
		}
		return o.moved
	}
	o.queue = append(o.queue, data)
	o.bytes += len(data)
	if !o.sending {
		o.sending = true
		o.done.Go(o.send)
	}
	return nil
}

func (o *outbox) send() {
	for {
		data := o.next()
		if data == nil {
			return
		}
		o.wrote.Store(true)
		ctx, cancel := context.WithTimeout(context.Background(), o.timeout)
		err := o.conn.Write(ctx, websocket.MessageText, data)
		cancel()
		if err != nil {
			_ = o.conn.CloseNow()
			o.mu.Lock()
			o.dead = true
			o.mu.Unlock()
		}
	}
}

// next takes the oldest message; nil ends the sending.
func (o *outbox) next() []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.moved != nil {
		close(o.moved)
		o.moved = nil
	}
	if o.dead || len(o.queue) == 0 {
		o.sending, o.queue, o.bytes = false, nil, 0
		return nil
	}
	data := o.queue[0]
	o.queue = o.queue[1:]
	o.bytes -= len(data)
	return data
}

// wait returns when no message is being sent.
func (o *outbox) wait() { o.done.Wait() }
