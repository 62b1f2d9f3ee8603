// Package websocket is the server's side of RFC 6455, for connections that are idle most of the time: they keep no buffers,
// and a goroutine that waits for the next message needs little stack.
package websocket

import (
	"encoding/binary"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// The codes of RFC 6455, section 7.4.1, that a server sends on its own account.
const (
	ProtocolError = 1002
	InvalidText   = 1007
	TooBig        = 1009
	InternalError = 1011
)

// Conn is one connection. One goroutine at a time may wait or read; the other methods may be called at any time.
type Conn struct {
	Agreed bool // upon the acceptor's protocol

	acceptor *Acceptor
	raw      net.Conn
	pinged   atomic.Uint64 // the newest ping's number
	answered atomic.Uint64

	// Of the reader.
	begin   [16]byte
	come    []byte // and not read yet
	kind    opcode // of a message that has begun, or continuation
	message []byte // what has come of it

	mu    sync.Mutex  // held while a frame is written
	ended atomic.Bool // the last frame has been
}

// Text sends a message. When the client doesn't take it in time, the connection is cut.
func (c *Conn) Text(message []byte) error { return c.write(text, message) }

// Ping asks the client for an answer, and cuts the connection if none has come within the time given.
func (c *Conn) Ping(within time.Duration) {
	number := c.pinged.Add(1)
	if c.write(ping, binary.BigEndian.AppendUint64(nil, number)) != nil {
		return
	}
	time.AfterFunc(within, func() {
		if c.answered.Load() < number {
			c.Abort()
		}
	})
}

// Close tells the client why, in at most 123 bytes, and cuts the connection if the client doesn't take its leave in time.
// Read returns an error when it does. The first call counts.
func (c *Conn) Close(code int, reason string) {
	c.end(append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}

func (c *Conn) end(payload []byte) {
	time.AfterFunc(c.acceptor.Write, c.Abort) // also if another frame doesn't get through
	_ = c.write(leave, payload)
}

// Abort closes the connection without a close frame. It returns at once.
func (c *Conn) Abort() { _ = c.raw.Close() }

// write sends a frame, unless the last has been sent.
func (c *Conn) write(o opcode, payload []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended.Load() {
		return net.ErrClosed
	}
	c.ended.Store(o == leave)
	_ = c.raw.SetWriteDeadline(time.Now().Add(c.acceptor.Write))
	_, err := (&net.Buffers{newHead(o, len(payload)), payload}).WriteTo(c.raw)
	if err != nil {
		c.Abort()
		return fmt.Errorf("write to a websocket: %w", err)
	}
	return nil
}
