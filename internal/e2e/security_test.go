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
	// marker is somewhere in everything that an attacker sends. No refusal repeats it.
	marker = "zzattackzz"
	// maxLatency is how long any refusal may take.
	maxLatency = 50 * time.Millisecond
	// maxRefusalSize is the size of any refusal, in bytes.
	maxRefusalSize = 8 << 10
)

// openProduction opens a shop whose server shows nothing of its schema.
func openProduction(t *testing.T, change ...func(*server.Config)) *shop {
	t.Helper()
	return open(t, append([]func(*server.Config){func(c *server.Config) { c.Playground = false }}, change...)...)
}

// expectedRefusal is how an attempt must be refused.
type expectedRefusal struct {
	status int
	code   string
	within time.Duration // maxLatency if zero
}

// require makes an attempt. The answer must be a small refusal with the expected code that repeats nothing of what was
// sent. A busy machine delays some answers, so the attempt is repeated until one is refused in time. Under the race
// detector, which slows everything down, the time limit is raceFactor times as long.
func (v expectedRefusal) require(t *testing.T, attempt func() answer, what ...any) answer {
	t.Helper()
	if v.within == 0 {
		v.within = maxLatency
	}
	fastest := time.Hour
	for range 40 {
		began := time.Now()
		a := attempt()
		fastest = min(fastest, time.Since(began))
		v.check(t, a, what...)
		if fastest <= v.within*raceFactor {
			return a
		}
	}
	require.Failf(t, "too slow", "the fastest answer took %s: %s", fastest, fmt.Sprint(what...))
	return answer{}
}

func (v expectedRefusal) check(t *testing.T, a answer, what ...any) {
	t.Helper()
	require.Equal(t, v.status, a.status, "%v: %s", what, a.body)
	require.NotEmpty(t, a.Errors, "%v: %s", what, a.body)
	require.LessOrEqual(t, len(a.Errors), 10, what...)
	for _, e := range a.Errors {
		require.Equal(t, v.code, e.Extensions.Code, "%v: %s", what, a.body)
	}
	require.Less(t, len(a.body), maxRefusalSize, what...)
	require.NotContains(t, a.body, marker, what...)
	require.Equal(t, "application/graphql-response+json; charset=utf-8", a.header.Get("Content-Type"), what...)
	require.NotEmpty(t, a.header.Get("X-Request-Id"), what...)
}

// attack sends a document by POST, with the marker in several places.
func (p *person) attack(document string, v vars) func() answer {
	p.Helper()
	body, err := json.Marshal(map[string]any{
		"query": document + " # " + marker, "variables": v, "extensions": vars{marker: marker},
	})
	require.NoError(p, err)
	return p.attackBody(string(body))
}

func (p *person) attackBody(body string) func() answer {
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
