package websocket

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf8"
)

// Failure is a client's violation of the protocol. The caller of Read closes with its code, and drains.
type Failure struct {
	Code   int
	Reason string
}

// Error implements error.
func (f *Failure) Error() string { return f.Reason }

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
// when the client takes its leave, with a *Failure when it breaks the protocol, or when it is gone. What comes after Close
// is dropped.
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
		if err := c.readFrame(r, take); err != nil {
			return fmt.Errorf("read from a websocket: %w", err)
		}
		if r.Buffered() == 0 && come.Len() == 0 {
			return nil
		}
	}
}

// Drain drops what comes until the connection ends: one that is cut with something unread loses what was sent last.
func (c *Conn) Drain() { _, _ = io.Copy(io.Discard, c.raw) }

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
		return &Failure{TooBig, "Message too big"}
	}
	data, err := h.readPayload(r)
	if err != nil {
		return err
	}
	if h.opcode != continuation {
		c.kind = h.opcode
	}
	if c.message = append(c.message, data...); !h.final {
		return nil
	}
	isText, message := c.kind == text, c.message
	c.kind, c.message = continuation, nil
	if isText && !utf8.Valid(message) {
		return &Failure{InvalidText, "Invalid UTF-8"}
	}
	take(isText, message)
	return nil
}

func (c *Conn) readControl(r *bufio.Reader, h head) error {
	data, err := h.readPayload(r)
	switch {
	case err != nil:
		return err
	case h.opcode == ping && c.ended.Load():
		return nil
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
