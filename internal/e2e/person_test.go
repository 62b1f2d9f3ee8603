package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

type vars map[string]any

// person is a client of one server, signed in or not.
type person struct {
	*testing.T
	shop  *shop
	at    *runningServer
	token string
	id    string
	http  *http.Client
	also  http.Header // sent with every request
}

// visitor returns a client that has not signed in.
func (s *shop) visitor() *person {
	s.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}, Timeout: soon}
	s.Cleanup(client.CloseIdleConnections)
	return &person{T: s.T, shop: s, at: s.first, http: client}
}

// signIn opens a session of a demo account: customer, cook, driver or manager.
func (s *shop) signIn(role string) *person {
	s.Helper()
	return s.session(`mutation($email: String!) {
		session: signIn(input: {email: $email, password: "pizzeria-demo"}) { token viewer { id } userErrors { code } }
	}`, vars{"email": role + "@example.com"})
}

// signUp signs up a new customer.
func (s *shop) signUp(name string) *person {
	s.Helper()
	return s.session(`mutation($name: String!, $email: String!) {
		session: signUp(input: {name: $name, email: $email, password: "open-sesame", phone: "+1 555 0100"}) {
			token viewer { id } userErrors { code }
		}
	}`, vars{"name": name, "email": name + "@example.org"})
}

func (s *shop) session(mutation string, v vars) *person {
	s.Helper()
	p := s.visitor()
	session := ask[struct {
		Session struct {
			Token      string
			Viewer     struct{ ID string }
			UserErrors []refusal
		}
	}](p, mutation, v).Session
	require.Empty(s, session.UserErrors)
	require.NotEmpty(s, session.Token)
	p.token, p.id = session.Token, session.Viewer.ID
	return p
}

// through returns the same session at another server.
func (p *person) through(other *runningServer) *person {
	copied := *p
	copied.at = other
	return &copied
}

// answer is an HTTP response with a GraphQL result.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code string }
	}
}

// do sends an operation by POST.
func (p *person) do(document string, v vars) answer {
	p.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": v})
	require.NoError(p, err)
	return p.send(http.MethodPost, p.at.url+"/graphql", string(body))
}

func (p *person) send(method, url, body string) answer {
	p.Helper()
	return p.receive(p.request(method, url, body, "application/graphql-response+json"))
}

// receive sends a request and reads its answer, which must be JSON.
func (p *person) receive(r *http.Request) answer {
	p.Helper()
	resp, err := p.http.Do(r)
	require.NoError(p, err)
	defer func() { _ = resp.Body.Close() }()
	var text bytes.Buffer
	_, err = io.Copy(&text, resp.Body)
	require.NoError(p, err)
	a := answer{t: p.T, status: resp.StatusCode, header: resp.Header, body: text.String()}
	require.NoError(p, json.Unmarshal(text.Bytes(), &a), text.String())
	return a
}

func (p *person) request(method, url, body, accept string) *http.Request {
	p.Helper()
	r, err := http.NewRequestWithContext(p.Context(), method, url, bytes.NewReader([]byte(body)))
	require.NoError(p, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Accept", accept)
	maps.Copy(r.Header, p.also)
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	return r
}

// code returns the code of the only error in the answer.
func (a answer) code() string {
	a.t.Helper()
	require.Len(a.t, a.Errors, 1, a.body)
	return a.Errors[0].Extensions.Code
}

// ask sends an operation that must succeed, and reads its data.
func ask[T any](p *person, document string, v vars) T {
	p.Helper()
	a := p.do(document, v)
	require.Empty(p, a.Errors, a.body)
	require.Equal(p, http.StatusOK, a.status, a.body)
	var data T
	require.NoError(p, json.Unmarshal(a.Data, &data), a.body)
	return data
}

// asOf returns the live feed's position of what the person sees now.
func (p *person) asOf() string {
	p.Helper()
	return ask[struct{ Orders struct{ AsOf string } }](p, `{ orders(first: 0) { asOf } }`, nil).Orders.AsOf
}

// refusal is an entry of userErrors, of any of its types.
type refusal struct {
	Type           string `json:"__typename"`
	Code           string
	Message        string
	Path           []string
	MenuItemIDs    []string `json:"menuItemIds"`
	From           string
	Allowed        []string
	CurrentVersion int
	DeclineCode    string
	Total          int64
	Minimum        int64
	OrderIDs       []string `json:"orderIds"`
	NextSlot       *slot
}

const refusedFragment = ` fragment refused on UserError {
	__typename code message path
	... on InsufficientStockError { menuItemIds }
	... on InvalidTransitionError { from allowed }
	... on VersionConflictError { currentVersion }
	... on PaymentDeclinedError { declineCode }
	... on PriceChangedError { total }
	... on BelowMinimumError { minimum }
	... on SlotUnavailableError { nextSlot { start end isFree reason } }
}`
