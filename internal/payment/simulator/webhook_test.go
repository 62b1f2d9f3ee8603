package simulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/webhook"

	"pizzeria/internal/payment/simulator"
)

const signing = "whsec_simulator"

// listener is the shop's end of the webhook. It refuses the first deliveries.
type listener struct {
	*testing.T
	url string

	mu      sync.Mutex
	refuses int
	tries   int
	took    []stripe.Event
}

func listen(t *testing.T, refuses int) *listener {
	t.Helper()
	l := &listener{T: t, refuses: refuses}
	server := httptest.NewServer(l)
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		l.Errorf("read event: %v", err)
	}
	event, err := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), signing)
	if err != nil {
		l.Errorf("verify event: %v", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tries++; l.tries <= l.refuses {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	l.took = append(l.took, event)
}

// awaits returns the accepted events, once there are as many as given.
func (l *listener) awaits(n int) []stripe.Event {
	l.Helper()
	var took []stripe.Event
	require.Eventually(l, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		took = append([]stripe.Event{}, l.took...)
		return len(took) >= n
	}, 15*time.Second, 5*time.Millisecond)
	require.Len(l, took, n)
	return took
}

// telling starts a simulator that tells the webhook, and gives the address of its intents.
func telling(t *testing.T, to simulator.Webhook) (base string, stop func()) {
	t.Helper()
	server, err := simulator.Listen(t.Context(), "127.0.0.1:0", simulator.NewMemory(), simulator.Options{Key: secret})
	require.NoError(t, err)
	stop = sync.OnceFunc(func() { require.NoError(t, server.Close()) })
	t.Cleanup(stop)
	to.Secret = signing
	server.SendEvents(to)
	return server.URL() + "/v1/payment_intents", stop
}

func TestEachChangeOfAnIntentSendsAnEvent(t *testing.T) {
	t.Parallel()
	shop := listen(t, 0)
	base, _ := telling(t, simulator.Webhook{URL: shop.url})
	_, body := send(t, "POST", base, secret, "", order+"&payment_method=tok_requires_action&metadata[attempt]=a1")
	var intent struct{ ID string }
	require.NoError(t, json.Unmarshal([]byte(body), &intent))
	told := []string{shop.awaits(1)[0].ID}
	for i, c := range []struct{ path, form, kind string }{
		{base + "/" + intent.ID + "/confirm", "payment_method=tok_declined", "payment_intent.payment_failed"},
		{base + "/" + intent.ID + "/confirm", "payment_method=tok_ok", "payment_intent.amount_capturable_updated"},
		{base + "/" + intent.ID + "/capture", "", "payment_intent.succeeded"},
		{base[:len(base)-len("payment_intents")] + "refunds", "payment_intent=" + intent.ID + "&amount=100", "charge.refunded"},
	} {
		send(t, "POST", c.path, secret, c.kind, c.form)
		send(t, "POST", c.path, secret, c.kind, c.form) // a repeat changes nothing

		event := shop.awaits(i + 2)[i+1]
		require.EqualValues(t, c.kind, event.Type)
		require.NotContains(t, told, event.ID)
		told = append(told, event.ID)
		require.Equal(t, map[string]any{"order_id": "o1", "attempt": "a1"}, event.Data.Object["metadata"])
	}
	refused, _ := send(t, "POST", base+"/"+intent.ID+"/cancel", secret, "", "")
	require.Equal(t, http.StatusBadRequest, refused.StatusCode)
	shop.awaits(len(told))
}

func TestAnEventIsSentUntilItIsAcceptedAndThenRepeated(t *testing.T) {
	t.Parallel()
	shop := listen(t, 4)
	base, _ := telling(t, simulator.Webhook{URL: shop.url, Copies: 2, Pause: time.Millisecond})

	send(t, "POST", base, secret, "", order+"&payment_method=tok_ok")

	took := shop.awaits(3)
	require.Equal(t, took[0].ID, took[1].ID)
	require.Equal(t, took[0].ID, took[2].ID)
}

func TestAnEventThatNobodyAcceptsIsGivenUp(t *testing.T) {
	t.Parallel()
	shop := listen(t, 1_000)
	base, stop := telling(t, simulator.Webhook{URL: shop.url, Tries: 3, Pause: time.Millisecond})

	send(t, "POST", base, secret, "", order+"&payment_method=tok_ok")

	tries := func() int { shop.mu.Lock(); defer shop.mu.Unlock(); return shop.tries }
	require.Eventually(t, func() bool { return tries() == 3 }, 15*time.Second, time.Millisecond)
	stop()
	require.Equal(t, 3, tries())
}

func TestDeliveriesEndWithTheServer(t *testing.T) {
	t.Parallel()
	shop := listen(t, 0)
	base, stop := telling(t, simulator.Webhook{URL: shop.url, Delay: func() time.Duration { return time.Hour }})
	send(t, "POST", base, secret, "", order+"&payment_method=tok_ok")

	stop() // it would wait an hour otherwise

	shop.awaits(0)
}

func TestASilentChargeSendsNoEvent(t *testing.T) {
	t.Parallel()
	shop := listen(t, 0)
	base, _ := telling(t, simulator.Webhook{URL: shop.url})
	withheld := request(t, "POST", base, secret, "", order+"&payment_method=tok_timeout")
	go func() {
		if response, err := http.DefaultClient.Do(withheld); err == nil {
			_ = response.Body.Close()
		}
	}()
	require.Eventually(t, func() bool {
		_, books := send(t, "GET", base[:len(base)-len("/v1/payment_intents")]+"/_ledger", "", "", "")
		return books != `{"entries":[],"orders":[]}`
	}, 15*time.Second, 5*time.Millisecond)

	send(t, "POST", base, secret, "", order+"&payment_method=tok_ok")

	require.EqualValues(t, "payment_intent.amount_capturable_updated", shop.awaits(1)[0].Type)
}
