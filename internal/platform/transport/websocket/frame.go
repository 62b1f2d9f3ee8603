package websocket

import (
	"bufio"
	"encoding/binary"
	"io"
)

// opcode is a frame's kind (RFC 6455, section 5.2).
type opcode byte

const (
	continuation opcode = 0x0
	text         opcode = 0x1
	binaries     opcode = 0x2
	leave        opcode = 0x8
	ping         opcode = 0x9
	pong         opcode = 0xA
)

func (o opcode) control() bool { return o >= leave }

// maxControl is the most that a control frame may carry, in bytes.
const maxControl = 125

var errProtocol = &Failure{ProtocolError, "Protocol error"}

// head is the beginning of a frame of the client.
type head struct {
	final  bool
	opcode opcode
	length uint64
	mask   [4]byte
}

func readHead(r *bufio.Reader) (head, error) {
	var b [8]byte
	if _, err := io.ReadFull(r, b[:2]); err != nil {
		return head{}, err
	}
	h := head{final: b[0]&0x80 != 0, opcode: opcode(b[0] & 0x0f), length: uint64(b[1] & 0x7f)}
	reserved, masked := b[0]&0x70 != 0, b[1]&0x80 != 0
	switch {
	case reserved || !masked || h.opcode > binaries && h.opcode < leave || h.opcode > pong,
		h.opcode.control() && (!h.final || h.length > maxControl):
		return head{}, errProtocol
	case h.length == 126:
		if _, err := io.ReadFull(r, b[:2]); err != nil {
			return head{}, err
		}
		h.length = uint64(binary.BigEndian.Uint16(b[:]))
	case h.length == 127:
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return head{}, err
		}
		if h.length = binary.BigEndian.Uint64(b[:]); h.length>>63 != 0 {
			return head{}, errProtocol
		}
	}
	_, err := io.ReadFull(r, h.mask[:])
	return h, err
}

// readPayload takes memory only as fast as the client sends.
func (h head) readPayload(r *bufio.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(h.length)))
	switch {
	case err != nil:
		return nil, err
	case uint64(len(data)) < h.length:
		return nil, io.ErrUnexpectedEOF
	}
	for i := range data {
		data[i] ^= h.mask[i%4]
	}
	return data, nil
}

// skip waits for the payload.
func (h head) skip(r *bufio.Reader) error {
	_, err := io.CopyN(io.Discard, r, int64(h.length))
	return err
}

// closeCode is the code of a close frame's payload, if it is one that may be sent.
func closeCode(payload []byte) (code int, ok bool) {
	if len(payload) < 2 {
		return 0, false
	}
	code = int(binary.BigEndian.Uint16(payload))
	registered := code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)
	return code, registered || code >= 3000 && code < 5000
}

// newHead is the beginning of a frame of the server.
func newHead(o opcode, length int) []byte {
	first := 0x80 | byte(o)
	switch {
	case length <= maxControl:
		return []byte{first, byte(length)}
	case length < 1<<16:
		return binary.BigEndian.AppendUint16([]byte{first, 126}, uint16(length))
	default:
		return binary.BigEndian.AppendUint64([]byte{first, 127}, uint64(length))
	}
}
