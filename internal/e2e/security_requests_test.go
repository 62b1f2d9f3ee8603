package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// attackRaw sends a request with these headers instead of the usual ones.
func (p *person) attackRaw(method, path, body string, header http.Header) func() answer {
	return func() answer {
		p.Helper()
		r := p.request(method, p.at.url+path, body, "application/graphql-response+json")
		r.Header.Del("Content-Type")
		for name, values := range header {
			r.Header[name] = values
		}
		return p.receive(r)
	}
}

// signOut would show that it was carried out.
const signOut = `{"query": "mutation ` + marker + ` { signOut { userErrors { code } } }"}`

func TestBatch(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	batch := expectedRefusal{status: 400, code: "BATCH_NOT_ALLOWED"}

	for _, body := range []string{
		`[` + signOut + `]`, `[` + signOut + `,` + signOut + `]`, "\n\t [" + signOut + `]`, `[]`, `[` + marker, strings.Repeat("[", 100_000),
	} {
		batch.require(t, customer.attackBody(body), len(body))
	}
	require.NotEmpty(t, customer.asOf(), "still signed in")
}

func TestMutationByGET(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	refused := expectedRefusal{status: 405, code: "METHOD_NOT_ALLOWED"}
	hidden := url.QueryEscape(`query a { viewer { id } } mutation ` + marker + ` { signOut { userErrors { code } } }`)

	for _, query := range []string{
		"query=" + url.QueryEscape(`mutation { signOut { userErrors { code } } }`), "operationName=" + marker + "&query=" + hidden,
		"query=" + url.QueryEscape(`mutation { ...f } fragment f on Mutation { signOut { userErrors { code } } }`),
	} {
		a := refused.require(t, customer.attackRaw(http.MethodGet, "/graphql?"+query, "", nil), query)
		require.Equal(t, "POST", a.header.Get("Allow"))
	}
	for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, strings.ToUpper(marker)} {
		a := refused.require(t, customer.attackRaw(method, "/graphql", signOut, http.Header{"Content-Type": {"application/json"}}), method)
		require.Equal(t, "GET, POST", a.header.Get("Allow"))
	}
	require.NotEmpty(t, customer.asOf(), "still signed in")
}

// A page of another site can send these without asking first.
func TestContentTypesThatFormsCanSend(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	unsupported := expectedRefusal{status: 415, code: "UNSUPPORTED_MEDIA_TYPE"}
	form := url.Values{"query": {`mutation { signOut { userErrors { code } } }`}}.Encode()
	const parts = "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n" + signOut + "\r\n--b--\r\n"

	for _, c := range []struct{ media, body string }{
		{"", signOut},
		{"text/plain", signOut},
		{"text/plain;charset=utf-8", signOut},
		{"application/x-www-form-urlencoded", form},
		{"multipart/form-data; boundary=b", parts},
		{"text/json", signOut},
		{"application/graphql", `mutation { signOut { userErrors { code } } }`},
		{"application/json; charset=utf-16", signOut},
		{"application/json, text/plain", signOut},
		{marker, signOut},
		{"/", signOut},
	} {
		unsupported.require(t, customer.attackRaw(http.MethodPost, "/graphql", c.body, http.Header{"Content-Type": {c.media}}), c.media)
	}
	packed := http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {"gzip"}}
	unsupported.require(t, customer.attackRaw(http.MethodPost, "/graphql", signOut, packed), "packed")
	require.NotEmpty(t, customer.asOf(), "still signed in")
}

func TestBodyOverTheLimit(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	tooLarge := expectedRefusal{status: 413, code: "PAYLOAD_TOO_LARGE"}
	const most = 256 << 10
	sized := func(n int) string {
		const open, end = `{"query": "{ menu { id } }", "extensions": {"` + marker + `": "`, `"}}`
		return open + strings.Repeat("x", n-len(open)-len(end)) + end
	}

	require.Empty(t, visitor.attackBody(sized(most))().Errors)
	tooLarge.require(t, visitor.attackBody(sized(most+1)))
	tooLarge.require(t, func() answer {
		r := visitor.request(http.MethodPost, s.first.url+"/graphql", "x", "application/graphql-response+json")
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(sized(most+1))), -1
		return visitor.receive(r)
	}, "without a length")
	small := s.config
	small.Limits.BodyBytes = 1000
	tooLarge.require(t, visitor.through(s.serve(small)).attackBody(sized(1001)), "as configured")
}

// malformed are bodies that contain no request.
var malformed = []string{
	``, ` `, `null`, `"` + marker + `"`, `1`, marker, `{`, `{"query": ` + marker + `}`, `{"query": "{ menu { id } }"} ` + marker,
	`{"query": "{ menu { id } }"}{"query": "{ ` + marker + ` }"}`, `{"query": "{ menu { id } }"`, `{"query": 1}`, `{"query": ["` + marker + `"]}`,
	`{"query": "{ menu { id } }", "variables": "` + marker + `"}`, `{"query": "{ menu { id } }", "operationName": {"` + marker + `": 1}}`,
	`{"` + marker + `": "{ menu { id } }"}`, `{"query": ""}`, "\xef\xbb\xbf" + `{"query": "{ menu { id } }"}`, "\x00", `{"query": "` + "\x01" + marker + `"}`,
	`{"query": "{ menu { id } }", "variables": ` + strings.Repeat(`{"a":`, 20_000) + `1` + strings.Repeat(`}`, 20_000) + `}`,
}

func TestMalformedJSON(t *testing.T) {
	s := openProduction(t)
	logging, log := s.serveLogging(func(c *server.Config) { c.Playground = false })
	customer := s.signIn("customer").through(logging)
	wrong := expectedRefusal{status: 400, code: "BAD_REQUEST"}

	for _, body := range malformed {
		wrong.require(t, customer.attackRaw(http.MethodPost, "/graphql", body, http.Header{"Content-Type": {"application/json"}}), body)
	}
	for _, query := range []string{
		"", "query=", "query=%zz" + marker, "query={menu{id}}&variables=" + marker, "query={menu{id}}&variables=[]", "query={menu{id}}&extensions=" + marker,
		"query={menu{id}};" + marker,
	} {
		wrong.require(t, customer.attackRaw(http.MethodGet, "/graphql?"+query, "", nil), query)
	}
	syntax := expectedRefusal{status: 400, code: "GRAPHQL_PARSE_FAILED"}
	for _, document := range []string{"{", "{ " + marker + "(", `{ menu(category: "` + marker, "\x00", "{ menu { id } } }", `fragment f on Query { menu { id } }`} {
		syntax.require(t, customer.attack(document, nil), document)
	}

	for line := range bytes.Lines([]byte(log.String())) {
		var entry struct{ Msg, Level string }
		require.NoError(t, json.Unmarshal(line, &entry))
		if entry.Msg == "starting" {
			continue
		}
		require.Equal(t, "INFO request", entry.Level+" "+entry.Msg, "%s", line)
	}
	require.NotContains(t, log.String(), marker)
	require.NotEmpty(t, log.String())
}

func TestRequestFromAnotherSite(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	forbidden := expectedRefusal{status: 403, code: "FORBIDDEN"}
	from := func(origin, site string) http.Header {
		return http.Header{"Content-Type": {"application/json"}, "Origin": {origin}, "Sec-Fetch-Site": {site}}
	}

	for what, header := range map[string]http.Header{
		"another site": from("https://"+marker+".example", "cross-site"), "a sibling": from("https://evil.shop.example", "same-site"), "a file": from("null", "cross-site"),
		"an old browser": {"Content-Type": {"application/json"}, "Origin": {"https://evil.example"}},
	} {
		forbidden.require(t, customer.attackRaw(http.MethodPost, "/graphql", signOut, header), what)
	}
	require.NotEmpty(t, customer.asOf(), "still signed in")
}
