package e2e_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/nodetest"
	"pizzeria/internal/server"
)

// documented are the snippets of docs/clients.md, and the scripts that run them.
const documented = "testdata/clients"

func TestDocumentedClients(t *testing.T) {
	t.Parallel()
	scripts := nodetest.In(documented)
	for _, client := range []string{"apollo", "urql", "relay", "stream"} {
		t.Run(client+" goes on where the network cut it off", func(t *testing.T) {
			s := open(t)
			cook := s.signIn("cook")

			came := scripts.Run(t, "drive.mjs", client, s.first.url+"/graphql", cook.token, s.menu["Margherita"])

			require.Equal(t, []string{"placed CONFIRMED 0", "orders 1 CONFIRMED", "PREPARATION_STARTED READY PICKED_UP"}, came[:3])
			require.Len(t, cook.orders(nil).Nodes, 1, "an order whose answer was lost is placed once")
			if client == "apollo" {
				require.Equal(t, "shown PICKED_UP", came[3], "a list shows its orders as the feed told them")
			}
		})
	}
	t.Run("a subscription waits for the database", func(t *testing.T) {
		s := open(t)
		cook := s.signIn("cook")
		after := cook.asOf()
		cook.placed(s.margherita())
		release := s.holdLock(`LOCK TABLE public.orders, public.events IN ACCESS EXCLUSIVE MODE`)
		time.AfterFunc(2*refusedWithin, release)

		require.Equal(t, []string{"PLACED"}, scripts.Run(t, "patient.mjs", s.first.url+"/graphql", cook.token, after))
	})
	t.Run("the scalars for generated types are those of the schema", func(t *testing.T) {
		s := open(t)

		types := strings.Join(scripts.Run(t, "types.mjs", s.first.url+"/graphql"), "\n")

		require.Contains(t, types, "Cents: { input: number; output: number; }")
		require.NotRegexp(t, `(in|out)put: any`, types)
	})
}

// A page of a dev server signs in across ports by a cookie, and is signed in from then on.
func TestPageOfADevServerUsesTheCookie(t *testing.T) {
	const page = "http://localhost:5173"
	s := open(t, func(c *server.Config) { c.TrustedOrigins = []string{page} })
	p := s.visitor()
	p.also = http.Header{"Origin": {page}, "Sec-Fetch-Site": {"same-site"}}

	signedIn := p.do(`mutation { signIn(input: {email: "customer@example.com", password: "pizzeria-demo"}) { userErrors { code } } }`, nil)

	require.Equal(t, page, signedIn.header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "true", signedIn.header.Get("Access-Control-Allow-Credentials"))
	cookie := (&http.Response{Header: signedIn.header}).Cookies()[0]
	require.True(t, cookie.HttpOnly)
	p.also.Set("Cookie", cookie.Name+"="+cookie.Value)
	require.Contains(t, p.do(`{ viewer { email } }`, nil).body, "customer@example.com")
}

func TestClientsPageHoldsTheSnippetsThatAreRun(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/clients.md")
	require.NoError(t, err)
	const snippet = "\n`([a-z-]+\\.mjs)`[^\n]*\n(?:[^\n]+\n)*\n```js\n((?s:.*?))```\n" // a paragraph that begins with the file's name, and the file
	blocks := regexp.MustCompile(snippet).FindAllStringSubmatch(string(page), -1)

	require.Len(t, blocks, strings.Count(string(page), "```js\n"), "each snippet comes after the name of its file")
	require.Len(t, blocks, 8)
	for _, block := range blocks {
		source, err := os.ReadFile(filepath.Join(documented, block[1]))
		require.NoError(t, err)
		require.Equal(t, string(source), block[2], block[1])
	}
}
