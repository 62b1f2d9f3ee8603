package stripegateway_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment"
	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/pgtest"
)

const secret = "sk_test_gateway"

// fixture is a simulated gateway on a real socket, and the adapter that talks to it.
type fixture struct {
	t       *testing.T
	store   simulator.Store
	server  *simulator.Server
	gateway *stripegateway.Gateway
}

// eachStore runs a test with each store of the simulator.
func eachStore(t *testing.T, test func(*testing.T, *fixture)) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) simulator.Store{
		"memory":   func(*testing.T) simulator.Store { return simulator.NewMemory() },
		"postgres": func(t *testing.T) simulator.Store { return simulator.NewPostgres(pgtest.New(t).Pool) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &fixture{t: t, store: open(t)}
			w.listen()
			t.Cleanup(func() { require.NoError(t, w.server.Close()) })
			test(t, w)
		})
	}
}

func (w *fixture) listen() {
	server, err := simulator.Listen(w.t.Context(), "127.0.0.1:0", w.store, simulator.Options{Key: secret})
	require.NoError(w.t, err)
	w.server = server
	w.gateway = w.dial(stripegateway.Config{})
}

// restart stops the simulator and starts another with the same store.
func (w *fixture) restart() {
	require.NoError(w.t, w.server.Close())
	w.listen()
}

func (w *fixture) dial(c stripegateway.Config) *stripegateway.Gateway {
	if c.Key == "" {
		c.Key = secret
	}
	if c.BaseURL == "" {
		c.BaseURL = w.server.URL()
	}
	g := stripegateway.New(c)
	w.t.Cleanup(g.Close)
	return g
}

func (w *fixture) order(token string) payment.Authorization {
	id := uuid.New()
	return payment.Authorization{Key: "authorize " + id.String(), OrderID: id, Amount: 2350, Currency: "EUR", Token: token}
}

// capturing takes all of what an order reserves.
func capturing(intent, key string) payment.Capturing {
	return payment.Capturing{Key: key, IntentID: intent, Amount: 2350, Currency: "EUR"}
}

// authorizeUntilKnown repeats the call with the same key until it has an outcome, as the shop does.
func (w *fixture) authorizeUntilKnown(a payment.Authorization) string {
	for range 200 {
		if outcome, err := w.gateway.Authorize(w.t.Context(), a); err == nil {
			return outcome.IntentID
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.t.Error("the outcome stayed unknown")
	return ""
}

// totals returns an order's totals in the gateway's ledger.
func (w *fixture) totals(a payment.Authorization) simulator.Totals {
	resp, err := http.Get(w.server.URL() + "/_ledger?order=" + a.OrderID.String())
	require.NoError(w.t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	require.NoError(w.t, err)
	var book simulator.Ledger
	require.NoError(w.t, json.Unmarshal(body, &book))
	if len(book.Orders) == 0 {
		return simulator.Totals{}
	}
	return book.Orders[0]
}

// refund refunds a part, as somebody does by hand at the gateway.
func (w *fixture) refund(intentID string, amount int) error {
	form := url.Values{"payment_intent": {intentID}, "amount": {strconv.Itoa(amount)}}
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.server.URL()+"/v1/refunds", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+secret)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		err = errors.New(resp.Status)
	}
	return errors.Join(err, resp.Body.Close())
}
