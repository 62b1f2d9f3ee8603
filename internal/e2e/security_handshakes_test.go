package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// handshake requests a socket as a browser does, with additional headers. It returns the refusal, or an answer with
// status 101.
func (p *person) handshake(more http.Header) func() answer {
	return func() answer {
		p.Helper()
		r := p.request(http.MethodGet, p.at.url+"/graphql", "", "application/graphql-response+json")
		for name, values := range (http.Header{
			"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
			"Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="}, "Sec-Websocket-Protocol": {subprotocol},
		}) {
			r.Header[name] = values
		}
		for name, values := range more {
			r.Header[name] = values
		}
		if host := more.Get("Host"); host != "" {
			r.Host = host
		}
		return p.receive(r)
	}
}

func TestForeignOriginOnUpgrade(t *testing.T) {
	const trusted = "https://shop.example"
	s := openProduction(t, func(c *server.Config) { c.TrustedOrigins = []string{trusted} })
	customer := s.signIn("customer")
	host := strings.TrimPrefix(s.first.url, "http://")
	forbidden := expectedRefusal{status: 403, code: "FORBIDDEN"}

	for _, origin := range []string{
		"https://" + marker + ".example", "null", "", "http://" + host + ".evil.example", "http://evil" + host, "http://" + host + "@evil.example",
		"http://evil.example/" + host, "http://evil.example#" + host, "file://" + host, "http://127.0.0.1", "http://localhost:" + strings.Split(host, ":")[1],
		trusted + ".evil.example", trusted + ":444", "http://shop.example", "https://xshop.example", "https://shop%2eexample",
	} {
		forbidden.require(t, customer.handshake(http.Header{"Origin": {origin}}), origin)
	}
	forbidden.require(t, customer.handshake(http.Header{"Origin": {"http://" + host, "https://evil.example"}}), "two")
	for _, origin := range []string{"https://pizza.example.evil.example", "https://evilpizza.example", "https://pizza.example:444", "https://example"} {
		forbidden.require(t, customer.handshake(http.Header{"Host": {"pizza.example"}, "Origin": {origin}}), origin, "by a name")
	}
	for _, origin := range [][]string{{"http://" + host}, {trusted}, nil} {
		customer.expectSocket(http.Header{"Origin": origin})
	}
}

// expectSocket requests a socket and requires that it is opened.
func (p *person) expectSocket(header http.Header) {
	p.Helper()
	conn, _, err := websocket.Dial(p.Context(), p.at.url+"/graphql",
		&websocket.DialOptions{HTTPClient: p.http, HTTPHeader: header, Subprotocols: []string{subprotocol}})
	require.NoError(p, err, "%v", header)
	p.Cleanup(func() { _ = conn.CloseNow() })
}

func TestBrokenUpgrade(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	for what, c := range map[string]struct {
		expectedRefusal
		header http.Header
	}{
		"no connection": {expectedRefusal{status: 426, code: "BAD_REQUEST"}, http.Header{"Connection": {marker}}},
		"no version":    {expectedRefusal{status: 400, code: "BAD_REQUEST"}, http.Header{"Sec-Websocket-Version": {marker}}},
		"no key":        {expectedRefusal{status: 400, code: "BAD_REQUEST"}, http.Header{"Sec-Websocket-Key": nil}},
		"a wrong key":   {expectedRefusal{status: 400, code: "BAD_REQUEST"}, http.Header{"Sec-Websocket-Key": {marker}}},
	} {
		c.require(t, visitor.handshake(c.header), what)
	}
	other := http.Header{"Upgrade": {marker}, "Connection": {"Upgrade"}, "Content-Type": {"application/json"}}
	served := visitor.attackRaw(http.MethodPost, "/graphql", `{"query": "{ menu { id } }"}`, other)()
	require.Equal(t, 200, served.status, "a server may ignore what it can't upgrade to")
}
