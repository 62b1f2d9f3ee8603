package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/server"
)

// guess tries a password, and returns the code of the refusal.
func (p *person) guess(email, password string) (code string) {
	p.Helper()
	a := p.do(`mutation($in: SignInInput!) { signIn(input: $in) { token userErrors { code message } } }`,
		vars{"in": vars{"email": email, "password": password}})
	require.Equal(p, 200, a.status, a.body)
	var data struct {
		SignIn struct {
			Token      *string
			UserErrors []refusal
		}
	}
	require.NoError(p, json.Unmarshal(a.Data, &data))
	require.NotContains(p, a.body, marker)
	if data.SignIn.Token != nil {
		return ""
	}
	require.Len(p, data.SignIn.UserErrors, 1)
	return data.SignIn.UserErrors[0].Code
}

func TestGuessingPasswords(t *testing.T) {
	s := openProduction(t, func(c *server.Config) {
		c.RateLimit = 10_000
		c.Limits.SignInAccount = server.Attempt{Limit: customer.Limit{Burst: 3, Every: time.Hour}}
		c.Limits.SignInAddress = server.Attempt{Limit: customer.Limit{Burst: 9, Every: time.Hour}}
	})
	guesser := s.visitor()

	for _, email := range []string{"customer@example.com", marker + "@example.com"} {
		for range 3 {
			require.Equal(t, "UNAUTHENTICATED", guesser.guess(email, marker), "whether there is such an account")
		}
		require.Equal(t, "RATE_LIMITED", guesser.guess(strings.ToUpper(email), "pizzeria-demo"), "even with the right password")
	}
	require.Empty(t, guesser.guess("cook@example.com", "pizzeria-demo"), "nine from this address so far")
	require.Equal(t, "RATE_LIMITED", guesser.guess("driver@example.com", "pizzeria-demo"))
	guesser.also = http.Header{"X-Forwarded-For": {"203.0.113.9"}}
	require.Equal(t, "RATE_LIMITED", guesser.guess("manager@example.com", "pizzeria-demo"), "no proxy is trusted here")

	for _, name := range []string{"customer", marker} {
		again := guesser.do(`mutation($in: SignUpInput!) { signUp(input: $in) { token userErrors { code } } }`,
			vars{"in": vars{"name": "A", "email": name + "@example.com", "password": "open-sesame"}})
		require.Contains(t, again.body, "RATE_LIMITED", "signing up tells which accounts there are")
	}
}

func TestNobodyLocksTheManagerOut(t *testing.T) {
	s := openProduction(t, func(c *server.Config) {
		c.RateLimit = 10_000
		c.Limits.SignInAccount = server.Attempt{Limit: customer.Limit{Burst: 3, Every: time.Hour}}
		c.Limits.SignInAnywhere = server.Attempt{Limit: customer.Limit{Burst: 7, Every: time.Hour}}
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
	at := func(address string) *person {
		p := s.visitor()
		p.also = http.Header{"X-Forwarded-For": {address}}
		return p
	}
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	browser := at("192.0.2.1")
	browser.http.Jar = jar
	require.Empty(t, browser.guess("manager@example.com", "pizzeria-demo"))
	ask[any](browser, `mutation { signOut { userErrors { code } } }`, nil)
	app := ask[struct{ SignIn struct{ DeviceToken string } }](at("192.0.2.2"), `mutation {
		signIn(input: {email: "manager@example.com", password: "pizzeria-demo"}) { deviceToken }
	}`, nil).SignIn.DeviceToken
	require.NotEmpty(t, app)

	for i := range 4 { // the two that succeeded count for the account as well
		require.Equal(t, "UNAUTHENTICATED", at(fmt.Sprint("203.0.113.", 1+i/3)).guess("manager@example.com", "wrong horse"))
	}
	require.Equal(t, "RATE_LIMITED", at("203.0.113.1").guess("manager@example.com", "pizzeria-demo"), "three from this network")
	require.Empty(t, at("198.51.100.1").guess("manager@example.com", "pizzeria-demo"), "from another one")
	require.Equal(t, "RATE_LIMITED", at("198.51.100.2").guess("manager@example.com", "pizzeria-demo"), "seven from everywhere")

	require.Empty(t, browser.guess("manager@example.com", "pizzeria-demo"), "the device is known")
	known := ask[struct{ SignIn struct{ Token *string } }](at("203.0.113.1"), `mutation($device: String) {
		signIn(input: {email: "manager@example.com", password: "pizzeria-demo", deviceToken: $device}) { token }
	}`, vars{"device": app})
	require.NotNil(t, known.SignIn.Token)
	require.Empty(t, at("203.0.113.1").guess("cook@example.com", "pizzeria-demo"), "another account")
}

func TestGuessingNames(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	s.signUp("carla") // with a hash that takes as long as any; those of the demo's accounts are cheap here
	const known, unknown = "carla@example.org", marker + "@example.com"
	signIn := func(email, password string) answer {
		return visitor.do(`mutation($in: SignInInput!) { signIn(input: $in) { viewer { id } token userErrors { __typename code message path } } }`,
			vars{"in": vars{"email": email, "password": password}})
	}

	wrongPassword, wrongName := signIn(known, marker), signIn(unknown, "pizzeria-demo")

	require.Contains(t, wrongName.body, "UNAUTHENTICATED")
	require.NotContains(t, wrongName.body, marker)
	require.Equal(t, wrongPassword.body, wrongName.body)
	require.Equal(t, wrongPassword.header.Values("Set-Cookie"), wrongName.header.Values("Set-Cookie"))

	// Hashing takes far longer than anything else here: who skips it is faster by an order of magnitude.
	took, median := map[string][]time.Duration{}, map[string]time.Duration{}
	for round := range 100 {
		for _, email := range []string{known, unknown} {
			began := time.Now()
			require.Equal(t, "UNAUTHENTICATED", visitor.guess(email, marker))
			took[email] = append(took[email], time.Since(began))
			median[email] = slices.Sorted(slices.Values(took[email]))[len(took[email])/2]
		}
		if round >= 10 && max(median[known], median[unknown]) < 3*min(median[known], median[unknown]) {
			return
		}
	}
	require.Fail(t, "the time tells who has an account", "%v", median)
}
