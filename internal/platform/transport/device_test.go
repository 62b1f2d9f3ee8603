package transport_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport"
)

func TestSocketsOfDevicesCountForThemselvesAlone(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Connections.SocketsPerAddress, o.Connections.SocketsPerDevice = 2, 2 })
	dial := func(cookie string) int {
		conn, resp, err := websocket.Dial(t.Context(), s.url, &websocket.DialOptions{
			HTTPHeader: http.Header{"Cookie": {cookie}}, Subprotocols: []string{"graphql-transport-ws"},
		})
		if err == nil {
			t.Cleanup(func() { _ = conn.CloseNow() })
		}
		return resp.StatusCode
	}
	oven := s.connect().init(`{"authorization":"Bearer oven"}`) // it gives the place of its address back
	s.connect().init()
	s.connect().init(`{"authorization":"Bearer anna"}`)
	require.Equal(t, http.StatusTooManyRequests, dial("none=x"), "the address is full")

	require.Equal(t, http.StatusSwitchingProtocols, dial("session=oven"), "of people")
	require.Equal(t, http.StatusTooManyRequests, dial("session=oven"), "a device has two")
	require.Equal(t, http.StatusSwitchingProtocols, dial("session=counter"), "another has its own")

	require.NoError(t, oven.conn.Close(websocket.StatusNormalClosure, ""))
	require.Eventually(t, func() bool { return dial("session=oven") == http.StatusSwitchingProtocols }, atLast, 10*time.Millisecond)
	require.Equal(t, http.StatusTooManyRequests, dial("none=x"), "what a device gives back was none of the address's")
}

func TestASocketThatBecomesAPersonsCountsForItsAddress(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *transport.Options) { o.Connections.SocketsPerAddress = 1 })
	ask := func(authorization string) *client {
		c := s.connectWith(&websocket.DialOptions{
			HTTPHeader: http.Header{"Cookie": {"session=oven"}}, Subprotocols: []string{"graphql-transport-ws"},
		})
		c.send(`{"type":"connection_init","payload":` + authorization + `}`)
		return c
	}
	first := ask(`{"authorization":"Bearer anna"}`)
	var m message
	require.NoError(t, first.read(&m))
	require.Equal(t, "connection_ack", m.Type)

	code, _ := ask(`{"authorization":"Bearer ben"}`).closed()

	require.Equal(t, transport.CloseTooMany, code)
}
