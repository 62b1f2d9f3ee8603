package transport_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gobwas/ws"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport"
	"pizzeria/internal/platform/transport/guard"
)

// raw opens a socket and says connection_init, for a client that speaks in frames.
func (s *server) raw(header ws.HandshakeHeaderHTTP) net.Conn {
	s.t.Helper()
	conn, rest, _, err := ws.Dialer{Protocols: []string{"graphql-transport-ws"}, Header: header}.Dial(s.t.Context(), strings.Replace(s.url, "http", "ws", 1))
	require.NoError(s.t, err)
	require.Nil(s.t, rest)
	s.t.Cleanup(func() { _ = conn.Close() })
	require.NoError(s.t, ws.WriteFrame(conn, ws.MaskFrameInPlace(ws.NewTextFrame([]byte(`{"type":"connection_init"}`)))))
	return conn
}

// flood sends so many frames, and returns the code with which the server closes the connection; 0 if it doesn't within the time
// given.
func flood(t *testing.T, conn net.Conn, most int, within time.Duration, frame func() ws.Frame) (code ws.StatusCode) {
	t.Helper()
	closed := make(chan ws.StatusCode, 1)
	go func() {
		for {
			f, err := ws.ReadFrame(conn) //nolint:staticcheck // the peer is our own server
			if err != nil {
				closed <- 0
				return
			}
			if f.Header.OpCode == ws.OpClose {
				code, _ := ws.ParseCloseFrameData(f.Payload)
				closed <- code
				return
			}
		}
	}()
	var sent bytes.Buffer
	for range most {
		require.NoError(t, ws.WriteFrame(&sent, ws.MaskFrameInPlace(frame())))
	}
	_ = conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
	_, _ = io.Copy(conn, &sent) // which fails once the server has closed
	select {
	case code := <-closed:
		return code
	case <-time.After(within):
		return 0
	}
}

func TestFramesWithoutEndCloseTheSocket(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Rate = guard.Rate{PerSecond: 1, Burst: 40} }) // 200 frames at once
	text := func(message string) func() ws.Frame {
		return func() ws.Frame { return ws.NewTextFrame([]byte(message)) }
	}
	id := 0
	for what, frame := range map[string]func() ws.Frame{
		"pings":     func() ws.Frame { return ws.NewPingFrame([]byte("x")) },
		"pongs":     func() ws.Frame { return ws.NewPongFrame([]byte("12345678")) },
		"messages":  text(`{"type":"ping"}`),
		"completes": text(`{"type":"complete","id":"1"}`),
		"refused": func() ws.Frame {
			id++
			return ws.NewTextFrame(fmt.Appendf(nil, `{"type":"subscribe","id":"%d","payload":{"query":"{ nothing }"}}`, id))
		},
		"fragments": func() ws.Frame { return ws.NewFrame(ws.OpContinuation, false, nil) },
	} {
		conn := s.raw(ws.HandshakeHeaderHTTP{})
		if what == "fragments" {
			require.NoError(t, ws.WriteFrame(conn, ws.MaskFrameInPlace(ws.NewFrame(ws.OpText, false, nil))))
		}
		code := flood(t, conn, 1000, 10*time.Second, frame)
		require.EqualValues(t, transport.CloseTooMany, code, what)
		time.Sleep(time.Second) // something comes back: the next one may begin
	}
	require.Zero(t, flood(t, s.raw(ws.HandshakeHeaderHTTP{"Cookie": {"session=anna"}}), 150, 300*time.Millisecond, text(`{"type":"ping"}`)), "another client's are counted apart")
	require.Equal(t, http.StatusOK, s.do(http.MethodPost, "/", `{"query":"{ hello }"}`, "Content-Type", "application/json", "Cookie", "session=ben").status)
}
