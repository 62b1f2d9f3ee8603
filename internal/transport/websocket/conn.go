// Package websocket is the server's side of RFC 6455, for connections that are idle most of the time: they keep no buffers,
// and whoever waits for the next message needs little of a stack.
package websocket

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// The codes of RFC 6455, section 7.4.1, that a server sends on its own account.
const (
	ProtocolError = 1002
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

// Wait returns when something has come, or fails because nothing more will. It calls little, so that the stack of a
// goroutine that waits stays as small as it was.
func (c *Conn) Wait() error {
	if len(c.come) > 0 {
		return nil
	}
	n, err := c.raw.Read(c.begin[:])
	c.come = c.begin[:n]
	if n > 0 {
		return nil
	}
	return err
}

// Read gives every message that has come, and waits for the rest of one that has begun. It answers pings, and it fails
// when the client takes its leave, breaks the protocol or is gone. What comes after Close is dropped.
func (c *Conn) Read(take func(isText bool, message []byte)) error {
	r, ok := c.acceptor.readers.Get().(*bufio.Reader)
	if !ok {
		r = bufio.NewReader(nil)
	}
	defer c.acceptor.readers.Put(r)
	come := bytes.NewReader(c.come)
	c.come = nil
	r.Reset(io.MultiReader(come, c.raw))
	defer r.Reset(nil)
	for {
		err := c.readFrame(r, take)
		if errors.Is(err, errProtocol) {
			c.Close(ProtocolError, "Protocol error")
		}
		if err != nil {
			return fmt.Errorf("read from a websocket: %w", err)
		}
		if r.Buffered() == 0 && come.Len() == 0 {
			return nil
		}
	}
}

func (c *Conn) readFrame(r *bufio.Reader, take func(isText bool, message []byte)) error {
	h, err := readHead(r)
	switch {
	case err != nil:
		return err
	case h.opcode.control():
		return c.readControl(r, h)
	case c.ended.Load():
		return h.skip(r)
	case (h.opcode == continuation) != (c.kind != continuation):
		return errProtocol // a message within another, or the middle of none
	case h.length > uint64(c.acceptor.Limit-len(c.message)):
		c.Close(TooBig, "Message too big")
		return h.skip(r)
	}
	data, err := h.readPayload(r)
	if err != nil {
		return err
	}
	if h.opcode != continuation {
		c.kind = h.opcode
	}
	if c.message = append(c.message, data...); h.final {
		kind, message := c.kind, c.message
		c.kind, c.message = continuation, nil
		take(kind == text, message)
	}
	return nil
}

func (c *Conn) readControl(r *bufio.Reader, h head) error {
	data, err := h.readPayload(r)
	switch {
	case err != nil:
		return err
	case h.opcode == ping:
		return c.write(pong, data)
	case h.opcode == pong:
		if len(data) == 8 {
			c.answered.Store(binary.BigEndian.Uint64(data))
		}
		return nil
	case len(data) == 0:
		c.end(nil)
		return io.EOF
	}
	code, ok := closeCode(data)
	if !ok {
		return errProtocol
	}
	c.Close(code, "")
	return io.EOF
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
			c.Cut()
		}
	})
}

// Close tells the client why, in at most 123 bytes, and cuts the connection if the client doesn't take its leave in time.
// Whoever reads is told when it does. The first call counts.
func (c *Conn) Close(code int, reason string) {
	c.end(append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}

func (c *Conn) end(payload []byte) {
	time.AfterFunc(c.acceptor.Write, c.Cut) // also if another frame doesn't get through
	_ = c.write(leave, payload)
}

// Cut ends the connection without a word. It returns at once.
func (c *Conn) Cut() { _ = c.raw.Close() }

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
		c.Cut()
		return fmt.Errorf("write to a websocket: %w", err)
	}
	return nil
}
