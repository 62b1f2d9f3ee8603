package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// The files security_*_test.go attack the server from outside, with a test for each row of the table in docs/security.md.

const (
	// marked is somewhere in everything that an attacker sends. No refusal repeats it.
	marked = "zzattackzz"
	// promptly is how long any refusal may take.
	promptly = 50 * time.Millisecond
	// largest is the size of any refusal, in bytes.
	largest = 8 << 10
)

// production opens a shop whose server shows nothing of its schema.
func production(t *testing.T, change ...func(*server.Config)) *shop {
	t.Helper()
	return open(t, append([]func(*server.Config){func(c *server.Config) { c.Playground = false }}, change...)...)
}

// verdict is how an attempt is to be answered.
type verdict struct {
	status int
	code   string
	within time.Duration // promptly, if zero
}

// resists makes an attempt. The answer must be a refusal that is small, tells nothing of what was sent, and says why by its
// code. A busy machine delays some answers; so the attempt is repeated until one comes in time. That counts without the race
// detector, which slows everything down.
func (v verdict) resists(t *testing.T, attempt func() answer, what ...any) answer {
	t.Helper()
	if v.within == 0 {
		v.within = promptly
	}
	fastest := time.Hour
	for range 40 {
		began := time.Now()
		a := attempt()
		fastest = min(fastest, time.Since(began))
		v.check(t, a, what...)
		if fastest <= v.within*slower {
			return a
		}
	}
	require.Failf(t, "too slow", "the fastest answer took %s: %s", fastest, fmt.Sprint(what...))
	return answer{}
}

func (v verdict) check(t *testing.T, a answer, what ...any) {
	t.Helper()
	require.Equal(t, v.status, a.status, "%v: %s", what, a.body)
	require.NotEmpty(t, a.Errors, "%v: %s", what, a.body)
	require.LessOrEqual(t, len(a.Errors), 10, what...)
	for _, e := range a.Errors {
		require.Equal(t, v.code, e.Extensions.Code, "%v: %s", what, a.body)
	}
	require.Less(t, len(a.body), largest, what...)
	require.NotContains(t, a.body, marked, what...)
	require.Equal(t, "application/graphql-response+json; charset=utf-8", a.header.Get("Content-Type"), what...)
	require.NotEmpty(t, a.header.Get("X-Request-Id"), what...)
}

// strike sends a document by POST, marked all over.
func (p *person) strike(document string, v vars) func() answer {
	p.Helper()
	body, err := json.Marshal(map[string]any{
		"query": document + " # " + marked, "variables": v, "extensions": vars{marked: marked},
	})
	require.NoError(p, err)
	return p.strikeBody(string(body))
}

func (p *person) strikeBody(body string) func() answer {
	return func() answer {
		p.Helper()
		return p.send(http.MethodPost, p.at.url+"/graphql", body)
	}
}

// repeat writes a format n times, with the numbers from 0 on.
func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
