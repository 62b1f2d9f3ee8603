package websocket

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/gobwas/ws"
)

// Failure is a client's violation of the protocol. The caller of Read closes with its code, and drains.
type Failure struct {
	Code   int
	Reason string
}

// Error implements error.
func (f *Failure) Error() string { return f.Reason }

var errProtocol = &Failure{int(ws.StatusProtocolError), "Protocol error"}

// Wait returns when something has come, or fails because nothing more will. It calls little, so that the stack of a
// goroutine that waits stays as small as it was.
func (c *Conn) Wait() error {
	if len(c.unread) > 0 {
		return nil
	}
	n, err := c.raw.Read(c.first[:])
	c.unread = c.first[:n]
	if n > 0 {
		return nil
	}
	return err
}

// Read gives every message that has come to take, and waits for the rest of a frame that has begun. It answers pings. It fails
// when the client sends a close frame, with a *Failure when it breaks the protocol, and when the connection is lost. Messages
// that come after Close are dropped.
func (c *Conn) Read(take func(isText bool, message []byte)) error {
	r, ok := c.acceptor.readers.Get().(*bufio.Reader)
	if !ok {
		r = bufio.NewReader(nil)
	}
	defer c.acceptor.readers.Put(r)
	unread := bytes.NewReader(c.unread)
	c.unread = nil
	r.Reset(io.MultiReader(unread, c.raw))
	defer r.Reset(nil)
	for {
		if err := c.readFrame(r, take); err != nil {
			return fmt.Errorf("read from a websocket: %w", err)
		}
		if r.Buffered() == 0 && unread.Len() == 0 {
			return nil
		}
	}
}

// Drain drops what comes until the connection ends: a connection that is closed with something unread loses what was sent
// last.
func (c *Conn) Drain() { _, _ = io.Copy(io.Discard, c.raw) }

func (c *Conn) readFrame(r *bufio.Reader, take func(isText bool, message []byte)) error {
	h, err := c.readHeader(r)
	switch {
	case err != nil:
		return err
	case h.OpCode.IsControl():
		return c.readControl(r, h)
	case c.ended.Load():
		_, err := io.CopyN(io.Discard, r, h.Length)
		return err
	case h.Length > int64(c.acceptor.MaxMessage-len(c.message)):
		return &Failure{int(ws.StatusMessageTooBig), "Message too big"}
	}
	if err := c.admit(); err != nil {
		return err
	}
	data, err := readPayload(r, h)
	if err != nil {
		return err
	}
	if h.OpCode != ws.OpContinuation {
		c.opcode = h.OpCode
	}
	if c.message = append(c.message, data...); !h.Fin {
		return nil
	}
	isText, message := c.opcode == ws.OpText, c.message
	c.opcode, c.message = ws.OpContinuation, nil
	if isText && !utf8.Valid(message) {
		return &Failure{int(ws.StatusInvalidFramePayloadData), "Invalid UTF-8"}
	}
	take(isText, message)
	return nil
}

// readHeader fails with errProtocol if the frame may not come here. What comes after Close is only dropped, so fragments
// need not fit together then.
func (c *Conn) readHeader(r *bufio.Reader) (ws.Header, error) {
	h, err := ws.ReadHeader(r)
	if errors.Is(err, ws.ErrHeaderLengthMSB) {
		return h, errProtocol
	}
	if err != nil {
		return h, err
	}
	state, fragmented := ws.StateServerSide, c.opcode != ws.OpContinuation
	if c.ended.Load() {
		fragmented = h.OpCode == ws.OpContinuation
	}
	if fragmented {
		state = state.Set(ws.StateFragmented)
	}
	if ws.CheckHeader(h, state) != nil {
		return h, errProtocol
	}
	return h, nil
}

// readPayload takes memory only as fast as the client sends.
func readPayload(r *bufio.Reader, h ws.Header) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, h.Length))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) < h.Length:
		return nil, io.ErrUnexpectedEOF
	}
	ws.Cipher(data, h.Mask, 0)
	return data, nil
}

func (c *Conn) readControl(r *bufio.Reader, h ws.Header) error {
	data, err := readPayload(r, h)
	switch {
	case err != nil:
		return err
	case h.OpCode == ws.OpPong && c.answers(data), c.ended.Load() && h.OpCode != ws.OpClose:
		return nil
	}
	if err := c.admit(); err != nil {
		return err
	}
	switch {
	case h.OpCode == ws.OpPing:
		return c.write(ws.OpPong, data)
	case h.OpCode == ws.OpPong:
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

func (c *Conn) admit() error {
	if c.Admit == nil {
		return nil
	}
	return c.Admit()
}

// answers tells whether a pong is the first answer to a ping of ours, and notes it. A number that we haven't come to yet would
// answer all pings to come.
func (c *Conn) answers(pong []byte) bool {
	if len(pong) != 8 {
		return false
	}
	number := binary.BigEndian.Uint64(pong)
	if number <= c.answered.Load() || number > c.pinged.Load() {
		return false
	}
	c.answered.Store(number)
	return true
}

// closeCode is the code of a close frame's payload, if a client may send it. The library doesn't know 1012 to 1014, which were
// registered after RFC 6455 and which clients repeat, nor that there are none above 4999.
func closeCode(payload []byte) (code int, ok bool) {
	status, reason := ws.ParseCloseFrameData(payload)
	if status >= 1012 && status <= 1014 {
		return int(status), utf8.ValidString(reason)
	}
	return int(status), status <= ws.StatusRangePrivate.Max && ws.CheckCloseFrameData(status, reason) == nil
}
