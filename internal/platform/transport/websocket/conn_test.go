package websocket_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	peer "github.com/coder/websocket"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"pizzeria/internal/platform/transport/websocket"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

const limit = 1 << 18

// start serves an echo of text messages until the test ends; "close" closes, and "ping" asks for an answer.
func start(t *testing.T, within time.Duration) (url string) {
	t.Helper()
	acceptor := &websocket.Acceptor{Subprotocol: "echo", MaxMessage: limit, WriteTimeout: within}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := acceptor.Accept(w, r)
		if refusal, ok := errors.AsType[*websocket.Refusal](err); ok {
			w.WriteHeader(refusal.Status)
			return
		}
		if err != nil {
			t.Errorf("accept: %v", err)
			return
		}
		defer conn.Abort()
		for err = conn.Wait(); err == nil; err = conn.Wait() {
			if err = conn.Read(echo(conn)); err != nil {
				break
			}
		}
		if failure, ok := errors.AsType[*websocket.Failure](err); ok {
			conn.Close(failure.Code, failure.Reason)
			conn.Drain()
		}
	}))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL
}

func echo(conn *websocket.Conn) func(isText bool, message []byte) {
	return func(isText bool, message []byte) {
		switch {
		case !isText:
			conn.Close(4400, "no text")
		case string(message) == "close":
			conn.Close(4403, "as you like")
		case string(message) == "ping":
			conn.Ping(100 * time.Millisecond)
		default:
			_ = conn.Text(message) // to a client that may have gone
		}
	}
}

// client speaks frames.
type client struct {
	t *testing.T
	net.Conn
}

func dial(t *testing.T, url string, with ...[]byte) *client {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
	c := &client{t, conn}
	c.send(append([][]byte{[]byte("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")}, with...)...)
	answer := ""
	for b := make([]byte, 1); !strings.HasSuffix(answer, "\r\n\r\n"); answer += string(b) {
		_, err := io.ReadFull(conn, b)
		require.NoError(t, err)
	}
	require.Contains(t, answer, "Sec-Websocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "as in RFC 6455, section 1.3")
	return c
}

// frame is one of a client, masked.
func frame(first byte, payload string) []byte {
	mask := []byte{1, 2, 3, 4}
	f := append([]byte{first}, size(len(payload), 0x80)...)
	f = append(f, mask...)
	for i, b := range []byte(payload) {
		f = append(f, b^mask[i%4])
	}
	return f
}

func size(n int, flag byte) []byte {
	switch {
	case n < 126:
		return []byte{flag | byte(n)}
	case n < 1<<16:
		return binary.BigEndian.AppendUint16([]byte{flag | 126}, uint16(n))
	}
	return binary.BigEndian.AppendUint64([]byte{flag | 127}, uint64(n))
}

// send ignores that the server may have closed the connection already.
func (c *client) send(frames ...[]byte) { _, _ = c.Write(bytes.Join(frames, nil)) }

// expect reads the bytes of a frame.
func (c *client) expect(first byte, payload string) {
	c.t.Helper()
	want := append(append([]byte{first}, size(len(payload), 0)...), payload...)
	got := make([]byte, len(want))
	_, err := io.ReadFull(c, got)
	require.NoError(c.t, err, "%x", got)
	require.True(c.t, bytes.Equal(want, got), "%.40x instead of %.40x", got, want)
}

func (c *client) expectClose(code uint16) {
	c.t.Helper()
	head := make([]byte, 4)
	_, err := io.ReadFull(c, head)
	require.NoError(c.t, err)
	require.Equal(c.t, byte(0x88), head[0])
	require.Equal(c.t, code, binary.BigEndian.Uint16(head[2:]))
	_, err = io.CopyN(io.Discard, c, int64(head[1])-2)
	require.NoError(c.t, err)
}

func (c *client) expectEnd() {
	c.t.Helper()
	_, err := io.Copy(io.Discard, c)
	var late net.Error
	require.False(c.t, errors.As(err, &late) && late.Timeout(), "still open")
}

// expectSilence waits a moment, in which the server sends nothing and keeps the connection open.
func (c *client) expectSilence() {
	c.t.Helper()
	require.NoError(c.t, c.SetReadDeadline(time.Now().Add(200*time.Millisecond)))
	_, err := c.Read(make([]byte, 1))
	require.ErrorIs(c.t, err, os.ErrDeadlineExceeded)
	require.NoError(c.t, c.SetReadDeadline(time.Now().Add(20*time.Second)))
}

const (
	text, more, last    = 0x81, 0x01, 0x80 // a message; the beginning of one, and its end
	middle, ping, leave = 0x00, 0x89, 0x88
)

func TestMessagesOfAnySizeComeBack(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, time.Minute))
	for _, n := range []int{0, 1, 14, 15, 125, 126, 127, 4095, 4096, 1<<16 - 1, 1 << 16, limit} {
		message := strings.Repeat("x!", n)[:n]

		go c.send(frame(text, message))

		c.expect(text, message)
	}
}

func TestFragmentsArePutTogetherAndPingsBetweenThemAreAnswered(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, time.Minute))

	c.send(frame(more, "one, "), frame(ping, "are you there?"), frame(middle, "two, "), frame(last, "three"), frame(text, "next"))

	c.expect(0x8a, "are you there?")
	c.expect(text, "one, two, three")
	c.expect(text, "next")
}

func TestAMessageMayComeByteByByteAndWithTheHandshake(t *testing.T) {
	t.Parallel()
	url := start(t, time.Minute)
	eager := dial(t, url, frame(text, "already here"), frame(text, "this too"))
	eager.expect(text, "already here")
	eager.expect(text, "this too")
	slow := dial(t, url)

	_, err := io.Copy(struct{ io.Writer }{slow}, iotest.OneByteReader(bytes.NewReader(append(frame(text, "slow"), frame(text, "ly")...))))
	require.NoError(t, err)

	slow.expect(text, "slow")
	slow.expect(text, "ly")
}

func TestWhoBreaksTheProtocolIsToldAndCutOff(t *testing.T) {
	t.Parallel()
	url := start(t, time.Minute)
	for name, c := range map[string]struct {
		frames []byte
		code   uint16
	}{
		"no mask":                   {[]byte{text, 1, 'x'}, 1002},
		"reserved bit":              {frame(0xc1, "x"), 1002},
		"reserved opcode":           {frame(0x83, "x"), 1002},
		"reserved control opcode":   {frame(0x8b, "x"), 1002},
		"ping in fragments":         {frame(0x09, "x"), 1002},
		"ping that is long":         {frame(ping, strings.Repeat("x", 126)), 1002},
		"middle of none":            {frame(middle, "x"), 1002},
		"message within another":    {append(frame(more, "x"), frame(text, "x")...), 1002},
		"length above all":          {[]byte{text, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}, 1002},
		"close with half a code":    {frame(leave, "x"), 1002},
		"close with a code of none": {frame(leave, "\x03\xed"), 1002}, // 1005
		"close with no code":        {frame(leave, "\x03\xe7"), 1002}, // 999
		"close with 1016":           {frame(leave, "\x03\xf8"), 1002},
		"close with 5000":           {frame(leave, "\x13\x88"), 1002},
		"close reason not UTF-8":    {frame(leave, "\x03\xe8\xc3"), 1002},
		"the same with 1012":        {frame(leave, "\x03\xf4\xc3"), 1002},
		"not text":                  {frame(0x82, "x"), 4400},
		"not UTF-8":                 {append(frame(more, "\xc3"), frame(last, "x")...), 1007},
		"more than is read at once": {append([]byte{text, 1, 'x'}, make([]byte, 1<<20)...), 1002},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, frames, code := dial(t, url), c.frames, c.code

			go c.send(frames)

			c.expectClose(code)
			require.NoError(t, c.Close())
		})
	}
}

func TestAMessageIsLimitedHoweverItComes(t *testing.T) {
	t.Parallel()
	url := start(t, time.Minute)
	for name, frames := range map[string][]byte{
		"at once":      frame(text, strings.Repeat("x", limit+1)),
		"in fragments": append(frame(more, strings.Repeat("x", limit)), frame(last, "x")...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := dial(t, url)

			go c.send(frames, frame(text, "dropped"), frame(leave, "\x03\xe8"))

			c.expectClose(1009)
			require.NoError(t, c.Close())
		})
	}
}

func TestEitherSideMayClose(t *testing.T) {
	t.Parallel()
	url := start(t, time.Minute)
	for name, c := range map[string]struct{ sent, code string }{
		"client": {string(frame(leave, "\x0f\xa1bye")), "\x0f\xa1"},
		"1012":   {string(frame(leave, "\x03\xf4")), "\x03\xf4"},
		"1014":   {string(frame(leave, "\x03\xf6bye")), "\x03\xf6"},
		"4999":   {string(frame(leave, "\x13\x87")), "\x13\x87"},
		"silent": {string(frame(leave, "")), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent, code, c := c.sent, c.code, dial(t, url)

			c.send([]byte(sent))

			c.expect(leave, code)
			c.expectEnd()
		})
	}
	t.Run("server", func(t *testing.T) {
		t.Parallel()
		c := dial(t, url)

		c.send(frame(text, "close"), frame(text, "dropped"), frame(ping, "dropped"), frame(more, "drop"), frame(last, "ped"))

		c.expectClose(4403)
		c.expectSilence()
		c.send(frame(leave, "\x11\x33"))
		c.expectEnd()
	})
}

func TestWhoDoesNotAnswerIsCutOff(t *testing.T) {
	t.Parallel()
	url := start(t, 200*time.Millisecond)
	for name, message := range map[string]string{"a ping": "ping", "a leave": "close"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := dial(t, url)

			c.send(frame(text, message))

			c.expectEnd()
		})
	}
	t.Run("but others are not", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		conn, _, err := peer.Dial(ctx, url, nil)
		require.NoError(t, err)
		defer func() { _ = conn.CloseNow() }()
		ctx = conn.CloseRead(ctx) // answers
		require.NoError(t, conn.Write(ctx, peer.MessageText, []byte("ping")))

		select {
		case <-ctx.Done():
			require.Fail(t, "cut off")
		case <-time.After(400 * time.Millisecond):
		}
	})
}

func TestWhatIsNoHandshakeIsRefused(t *testing.T) {
	t.Parallel()
	url := start(t, time.Minute)
	for name, c := range map[string]struct {
		header, value string
		status        int
	}{
		"version":      {"Sec-WebSocket-Version", "8", 400},
		"no key":       {"Sec-WebSocket-Key", "", 400},
		"short key":    {"Sec-WebSocket-Key", "c2hvcnQ=", 400},
		"other":        {"Upgrade", "h2c", 426},
		"not upgraded": {"Connection", "keep-alive", 426},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
			require.NoError(t, err)
			r.Header = http.Header{
				"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
				"Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="},
			}
			r.Header.Set(c.header, c.value)

			answer, err := http.DefaultTransport.RoundTrip(r)

			require.NoError(t, err)
			require.NoError(t, answer.Body.Close())
			require.Equal(t, c.status, answer.StatusCode)
		})
	}
}
