package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/server"
)

// Eleven screens stand in a shop whose guests share their network, and have used up what one address and one account may have.
func TestElevenScreensOfANetworkThatIsFull(t *testing.T) {
	s := open(t, func(c *server.Config) {
		c.Limits.AddressSockets, c.Limits.ScreenSockets, c.Limits.UserEventStreams = 3, 2, 2
		c.RateLimit = 40
	})
	manager := s.signIn("manager")
	var screens []*person
	for n := range 11 {
		screens = append(screens, manager.screen(vars{"name": fmt.Sprint("Screen ", n)}))
	}
	office := manager.screen(vars{"name": "Office"}) // so that documents are known, as in a shop that has been open for a while
	start := office.asOf()
	office.connect().kitchen(start)
	for range 3 {
		s.visitor().connect()
	}
	visitor := s.visitor()
	require.Equal(t, http.StatusTooManyRequests, visitor.upgrade())
	for a := visitor.do(`{ menu { id } }`, nil); len(a.Errors) == 0; { // a guest's program asks and asks
		a = visitor.do(`{ menu { id } }`, nil)
	}

	for _, screen := range screens {
		require.NotEmpty(t, screen.asOf())
		for range 2 {
			require.Equal(t, http.StatusSwitchingProtocols, screen.upgrade())
			screen.eventStream(watchKitchen, after(start), "")
		}
		require.Equal(t, http.StatusTooManyRequests, screen.upgrade(), "each has its own")
	}
}

// upgrade opens a socket as a browser does, whose cookie tells who it is, and returns the status.
func (p *person) upgrade() int {
	p.Helper()
	header := http.Header{}
	if p.token != "" {
		header.Set("Cookie", "session="+p.token)
	}
	conn, resp, err := websocket.Dial(p.Context(), strings.Replace(p.at.url, "http", "ws", 1)+"/graphql",
		&websocket.DialOptions{HTTPHeader: header, Subprotocols: []string{subprotocol}})
	if err == nil {
		p.Cleanup(func() { _ = conn.CloseNow() })
		require.NoError(p, wsjson.Write(p.Context(), conn, frame{Type: "connection_init"}))
	}
	require.NotNil(p, resp, err)
	return resp.StatusCode
}

func TestGuessingTheCodesOfScreens(t *testing.T) {
	s := openProduction(t, func(c *server.Config) {
		c.RateLimit = 10_000
		c.Limits.ScreenClaims = server.Attempt{Limit: customer.Limit{Burst: 3, Every: time.Hour}}
	})
	code := *s.signIn("manager").pair(vars{"name": "Oven"}).Code
	guesser := s.visitor()

	for range 3 {
		refused := guesser.claim("AAAA" + marker).UserErrors[0]
		require.Equal(t, "NOT_FOUND", refused.Code)
		require.NotContains(t, refused.Message, marker)
	}

	require.Equal(t, "RATE_LIMITED", guesser.claim(code).UserErrors[0].Code, "even the right one")
	const try = `claimScreen(input: {code: "AAAAAAAA"}) { token }`
	require.Equal(t, "TOO_MANY_ALIASES", guesser.do(`mutation { a: `+try+` b: `+try+` }`, nil).code())
	require.Empty(t, guesser.guess("cook@example.com", "pizzeria-demo"), "signing in is counted by itself")
}
