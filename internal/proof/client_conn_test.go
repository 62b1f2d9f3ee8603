package proof_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"syscall"
)

// clientConn is a client's connection to servers, one at a time. A test can break it.
type clientConn struct {
	smallBuffers bool // as on the internet: little data is in flight, where loopback buffers megabytes

	mu   sync.Mutex
	conn *net.TCPConn // the newest
}

// client returns an HTTP client that sends its requests over the connection.
func (l *clientConn) client() *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext:       func(ctx context.Context, _, address string) (net.Conn, error) { return l.dial(ctx, address) },
	}}
}

func (l *clientConn) dial(ctx context.Context, address string) (*net.TCPConn, error) {
	dialer := net.Dialer{}
	if l.smallBuffers {
		dialer.Control = limitBuffers
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

// limitBuffers limits the size of packets, and with it the server's send buffer, and the client's own receive buffer.
func limitBuffers(_, _ string, conn syscall.RawConn) error {
	var err error
	controlled := conn.Control(func(fd uintptr) {
		err = errors.Join(
			syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, 1460),
			syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096),
		)
	})
	return errors.Join(controlled, err)
}

// cut resets the connection, as a broken cable would: data in flight are lost.
func (l *clientConn) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		_ = l.conn.SetLinger(0)
		_ = l.conn.Close()
	}
}

// close ends the connection in the middle of a message, but lets the data arrive that were sent.
func (l *clientConn) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		_ = l.conn.Close()
	}
}
