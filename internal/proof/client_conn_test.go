package proof_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"syscall"
)

// line is a client's way to servers, one connection at a time. It can be cut.
type line struct {
	far bool // as through the internet: little is on its way unread, where loopback takes megabytes

	mu   sync.Mutex
	conn *net.TCPConn // the newest
}

// client sends its requests on the line.
func (l *line) client() *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext:       func(ctx context.Context, _, address string) (net.Conn, error) { return l.dial(ctx, address) },
	}}
}

func (l *line) dial(ctx context.Context, address string) (*net.TCPConn, error) {
	dialer := net.Dialer{}
	if l.far {
		dialer.Control = narrow
	}
	opened, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	conn := opened.(*net.TCPConn)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn = conn
	return conn, nil
}

// narrow makes the packets, and with them the server's buffer, as small as elsewhere, and so the client's own buffer.
func narrow(_, _ string, conn syscall.RawConn) error {
	var err error
	controlled := conn.Control(func(fd uintptr) {
		err = errors.Join(
			syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, 1460),
			syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096),
		)
	})
	return errors.Join(controlled, err)
}

// cut breaks the connection like a cable: what is on its way is lost.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		_ = l.conn.SetLinger(0)
		_ = l.conn.Close()
	}
}

// hangUp ends the connection in the middle of whatever is said, but lets what was sent arrive.
func (l *line) hangUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		_ = l.conn.Close()
	}
}
