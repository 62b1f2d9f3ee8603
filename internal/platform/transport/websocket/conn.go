// Package websocket is the server's side of RFC 6455, on the frames of gobwas/ws, for connections that are idle most of the
// time: they keep no buffers, and a goroutine that waits for the next message needs little stack.
package websocket

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gobwas/ws"
)

// InternalError is the close code of a fault of the server (RFC 6455, section 7.4.1).
const InternalError = int(ws.StatusInternalServerError)

// Conn is one connection. One goroutine at a time may wait or read; the other methods may be called at any time.
type Conn struct {
	SubprotocolAgreed bool // upon the acceptor's
	// Admit is asked for each frame that comes, of any kind, but for answers to pings; it may end the connection by a
	// *Failure. Nil admits all.
	Admit func() error

	acceptor *Acceptor
	raw      net.Conn
	pinged   atomic.Uint64 // the newest ping's number
	answered atomic.Uint64

	// Of the reader.
	first   [16]byte
	unread  []byte    // what Wait or the handshake has received
	opcode  ws.OpCode // of the message that has begun, or continuation
	message []byte    // what has been received of it

	mu    sync.Mutex  // held while a frame is written
	ended atomic.Bool // a close frame has been written
}

// Text sends a message. When the client doesn't take it in time, the connection is closed.
func (c *Conn) Text(message []byte) error { return c.write(ws.OpText, message) }

// Ping asks the client for an answer, and closes the connection if none has come within the time given.
func (c *Conn) Ping(within time.Duration) {
	number := c.pinged.Add(1)
	if c.write(ws.OpPing, binary.BigEndian.AppendUint64(nil, number)) != nil {
		return
	}
	time.AfterFunc(within, func() {
		if c.answered.Load() < number {
			c.Abort()
		}
	})
}

// Close sends a close frame with a reason of at most 123 bytes, and closes the connection if the client doesn't answer it in
// time. Read returns an error when the client does. The first call counts.
func (c *Conn) Close(code int, reason string) {
	c.end(ws.NewCloseFrameBody(ws.StatusCode(code), reason))
}

func (c *Conn) end(payload []byte) {
	time.AfterFunc(c.acceptor.WriteTimeout, c.Abort) // also if another frame doesn't get through
	_ = c.write(ws.OpClose, payload)
}

// Abort closes the connection without a close frame. It returns at once.
func (c *Conn) Abort() { _ = c.raw.Close() }

// write sends a frame, unless the close frame has been sent.
func (c *Conn) write(opcode ws.OpCode, payload []byte) error {
	var header bytes.Buffer
	_ = ws.WriteHeader(&header, ws.Header{Fin: true, OpCode: opcode, Length: int64(len(payload))}) // a buffer takes everything
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended.Load() {
		return net.ErrClosed
	}
	c.ended.Store(opcode == ws.OpClose)
	_ = c.raw.SetWriteDeadline(time.Now().Add(c.acceptor.WriteTimeout))
	if _, err := (&net.Buffers{header.Bytes(), payload}).WriteTo(c.raw); err != nil {
		c.Abort()
		return fmt.Errorf("write to a websocket: %w", err)
	}
	return nil
}
