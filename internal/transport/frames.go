package transport

import (
	"bufio"
	"encoding/binary"
	"net"
)

// The buffers of a socket, in bytes. Most sockets are idle most of the time, and a message that is larger passes them by.
const (
	readBuffer  = 128
	writeBuffer = 16 // holds the head of any frame
)

// newBuffers are small, and send a frame by one system call all the same.
func newBuffers(conn net.Conn) *bufio.ReadWriter {
	return bufio.NewReadWriter(bufio.NewReaderSize(conn, readBuffer), bufio.NewWriterSize(&frames{conn: conn}, writeBuffer))
}

// frames writes websocket frames of a server, each by one system call. It gets them from a buffer: the beginning of a frame
// first, and then the rest as a whole.
type frames struct {
	conn net.Conn
	head [writeBuffer]byte // the beginning of a frame, if held
	held bool
}

// Write implements io.Writer.
func (f *frames) Write(p []byte) (int, error) {
	if f.held {
		f.held = false
		n, err := (&net.Buffers{f.head[:], p}).WriteTo(f.conn)
		return max(int(n)-len(f.head), 0), err
	}
	if len(p) == len(f.head) && frameSize(p) > len(p) {
		f.held = true
		return copy(f.head[:], p), nil
	}
	return f.conn.Write(p)
}

// frameSize is the length in bytes of the frame that begins with head, which is not masked (RFC 6455, section 5.2).
func frameSize(head []byte) int {
	switch short := head[1] & 0x7f; short {
	case 126:
		return 4 + int(binary.BigEndian.Uint16(head[2:]))
	case 127:
		return 10 + int(binary.BigEndian.Uint64(head[2:]))
	default:
		return 2 + int(short)
	}
}
