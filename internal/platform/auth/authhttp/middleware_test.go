package authhttp_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
)

func TestWhoIsAsking(t *testing.T) {
	t.Parallel()
	s := start(t)
	token := s.session("anna")
	other := s.session("ben")
	gone := s.session("gone")
	s.exec(`DELETE FROM public.sessions AS s USING public.accounts AS a WHERE a.customer_id = s.account_id AND a.email = 'gone@example.com'`)
	for name, c := range map[string]struct {
		headers []string
		want    string
	}{
		"nothing":                   {nil, ""},
		"bearer":                    {[]string{"Authorization: Bearer " + token}, "anna"},
		"bearer in any case":        {[]string{"Authorization: bearer  " + token}, "anna"},
		"plain cookie":              {[]string{"Cookie: session=" + token}, "anna"},
		"host cookie":               {[]string{"Cookie: __Host-session=" + token}, "anna"},
		"bearer before cookie":      {[]string{"Authorization: Bearer " + token, "Cookie: session=" + other}, "anna"},
		"bad bearer before cookie":  {[]string{"Authorization: Bearer nonsense", "Cookie: session=" + other}, ""},
		"basic of a proxy":          {[]string{"Authorization: Basic eDp5", "Cookie: session=" + other}, "ben"},
		"ended session":             {[]string{"Authorization: Bearer " + gone}, ""},
		"nonsense cookie":           {[]string{"Cookie: session=nonsense"}, ""},
		"planted cookie over HTTPS": {[]string{"X-Forwarded-Proto: https", "Cookie: session=" + other}, ""},
		"host cookie over HTTPS":    {[]string{"X-Forwarded-Proto: https", "Cookie: session=" + other + "; __Host-session=" + token}, "anna"},
		"planted cookie elsewhere":  {[]string{"Host: pizza.example.com", "Cookie: session=" + other}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			answer := s.get(t, "/who", c.headers...)

			require.Equal(t, http.StatusOK, answer.StatusCode)
			var who struct{ Name, Token string }
			require.NoError(t, json.Unmarshal(answer.body, &who))
			require.Equal(t, c.want, who.Name)
			require.Equal(t, c.want != "", who.Token != "", "a visitor has no token")
		})
	}
}

func TestStreamsFlushAndHaveDeadlines(t *testing.T) {
	t.Parallel()
	s := start(t)

	answer, err := s.client.Get(s.url + "/stream")
	require.NoError(t, err)
	t.Cleanup(func() { _ = answer.Body.Close() })

	line, err := bufio.NewReader(answer.Body).ReadString('\n') // the handler is still running
	require.NoError(t, err)
	require.Equal(t, "first\n", line)
	require.NotEmpty(t, answer.Header.Get("Set-Cookie"))
	s.endStream()
}

func TestSocketsTakeOverTheConnection(t *testing.T) {
	t.Parallel()
	s := start(t)
	token := s.session("anna")

	answer := s.get(t, "/socket", "Connection: Upgrade", "Upgrade: test", "Cookie: session="+token)

	require.Equal(t, http.StatusTeapot, answer.StatusCode)
	require.Equal(t, "anna", string(answer.body))
	require.Empty(t, answer.Header.Get("Set-Cookie"))
}

func (s *site) get(t *testing.T, path string, headers ...string) answer {
	t.Helper()
	return s.do(t, s.client, path, headers...)
}

func (s *site) do(t *testing.T, client *http.Client, path string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, nil)
	require.NoError(t, err)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		if name == "Host" {
			r.Host = value
			continue
		}
		r.Header.Add(name, value)
	}
	got, err := client.Do(r)
	require.NoError(t, err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	require.NoError(t, err)
	return answer{got, body}
}

type answer struct {
	*http.Response
	body []byte
}

// who answers with who is asking.
func who(w http.ResponseWriter, r *http.Request) {
	_ = json.NewEncoder(w).Encode(map[string]string{
		"name": auth.FromContext(r.Context()).Name, "token": auth.TokenFromContext(r.Context()),
	})
}

// takeOver answers on the bare connection, as a socket would.
func takeOver(w http.ResponseWriter, r *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	name := auth.FromContext(r.Context()).Name
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 418 Teapot\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(name), name)
}
