package e2e_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

func TestThreeDSecureIsFinishedInABrowser(t *testing.T) {
	s := open(t, func(c *server.Config) { c.StripeReturnURL = "http://127.0.0.1:1/orders/{orderId}" })
	customer := s.signIn("customer")
	for answer, status := range map[string]string{"false": "CONFIRMED", "true": "REJECTED"} {
		placed := customer.placed(s.margherita().card("tok_requires_action"))
		action := placed.Payment.NextAction
		require.NotNil(t, action)
		require.Nil(t, action.ClientSecret, "the simulated gateway has no client library")
		stream := customer.connect().order(placed.ID, "")
		stream.expect(placed.ID, 0, "PLACED")

		page, body := browse(t, http.MethodGet, *action.URL, nil)
		require.Equal(t, http.StatusOK, page.StatusCode)
		require.Contains(t, body, "Approve")
		left, _ := browse(t, http.MethodPost, *action.URL, url.Values{"refuse": {answer}})

		require.Equal(t, http.StatusSeeOther, left.StatusCode)
		require.Equal(t, "http://127.0.0.1:1/orders/"+placed.ID, left.Header.Get("Location"))
		stream.expect(placed.ID, 1, status)
		require.Nil(t, customer.order(placed.ID).Payment.NextAction)
		_, body = browse(t, http.MethodGet, *action.URL, nil)
		require.NotContains(t, body, "Approve", "there is nothing left to do")
		again, _ := browse(t, http.MethodPost, *action.URL, url.Values{"refuse": {"false"}})
		require.Equal(t, http.StatusSeeOther, again.StatusCode)
		require.Equal(t, status, customer.order(placed.ID).Status)
	}
}

func TestTheClientLibraryDoesWhatTheBankWants(t *testing.T) {
	for name, returns := range map[string]string{"in the shop's page": "", "or on its own": "http://127.0.0.1:1/orders/{orderId}"} {
		t.Run(name, func(t *testing.T) {
			s := open(t, func(c *server.Config) { c.StripeReturnURL = returns })

			action := s.signIn("customer").placed(s.margherita().card("pm_card_authenticationRequired")).Payment.NextAction

			require.NotNil(t, action)
			require.NotNil(t, action.ClientSecret)
			require.Equal(t, returns == "", action.URL == nil, "there is a page if it is known where that leads back to")
		})
	}
}

func TestNothingIsToBeDoneForAnOrderThatIsGivenUp(t *testing.T) {
	s := open(t)
	customer, stranger := s.signIn("customer"), s.signUp("nora")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	require.NotNil(t, placed.Payment.NextAction)
	require.Nil(t, stranger.order(placed.ID))

	cancelled := customer.moves(placed.ID, "cancelOrder")

	require.Nil(t, cancelled.Payment.NextAction)
	other := customer.placed(s.margherita().card("tok_requires_action"))
	paid := customer.accepted(customer.pay(other.ID, "tok_ok"))
	require.Nil(t, paid.Payment.NextAction)
	lost, _ := browse(t, http.MethodGet, s.first.gateway+"/_bank/pi_nobody", nil)
	require.Equal(t, http.StatusNotFound, lost.StatusCode)
}

// The customer tries one card after the other, for longer than an order may wait, but never so long without a try.
func TestWhoeverTriesToPayIsNotCancelled(t *testing.T) {
	const wait = 3 * time.Second
	s := open(t, func(c *server.Config) { c.AbandonAfter = wait })
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))

	for range 3 {
		time.Sleep(wait / 2)
		require.Empty(t, customer.pay(placed.ID, "tok_requires_action").UserErrors)
	}
	require.Greater(t, time.Since(placed.PlacedAt), wait)
	require.Equal(t, "PENDING", customer.order(placed.ID).Status)

	customer.eventually(placed.ID, func(o *order) bool { return o.Status == "CANCELLED" })
	require.Zero(t, s.charges(placed.ID).Held)
}

// browse does what a browser does with a page and its form, but follows no redirection.
func browse(t *testing.T, method, address string, form url.Values) (*http.Response, string) {
	t.Helper()
	browser := &http.Client{Timeout: soon, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := browser.Do(request)
	require.NoError(t, err)
	defer browser.CloseIdleConnections()
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(body)
}
