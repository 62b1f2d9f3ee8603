package simulator_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment/simulator"
)

const secret = "sk_test_simulator"

const order = "amount=900&currency=eur&capture_method=manual&confirm=true&metadata[order_id]=o1"

func TestGarbageGetsAnErrorInStripesShape(t *testing.T) {
	t.Parallel()
	base := start(t, simulator.NewMemory())
	for name, c := range map[string]struct {
		method, path, key, body string
		status                  int
	}{
		"no key":             {"POST", "/v1/payment_intents", "", order + "&payment_method=tok_ok", 401},
		"forged key":         {"POST", "/v1/payment_intents", "sk_test_other", order + "&payment_method=tok_ok", 401},
		"unknown path":       {"POST", "/v1/payouts", secret, "", 404},
		"wrong method":       {"DELETE", "/v1/payment_intents/pi_1", secret, "", 404},
		"unknown intent":     {"GET", "/v1/payment_intents/pi_1", secret, "", 404},
		"intent not text":    {"GET", "/v1/payment_intents/%00%ff", secret, "", 404},
		"capture of nothing": {"POST", "/v1/payment_intents/pi_1/capture", secret, "", 404},
		"refund of nothing":  {"POST", "/v1/refunds", secret, "payment_intent=pi_1", 404},
		"empty":              {"POST", "/v1/payment_intents", secret, "", 400},
		"JSON":               {"POST", "/v1/payment_intents", secret, `{"amount":900}`, 400},
		"broken escape":      {"POST", "/v1/payment_intents", secret, "amount=%zz", 400},
		"negative":           {"POST", "/v1/payment_intents", secret, "amount=-1&currency=eur", 400},
		"overflow":           {"POST", "/v1/payment_intents", secret, "amount=9223372036854775808&currency=eur", 400},
		"not a currency":     {"POST", "/v1/payment_intents", secret, "amount=1&currency=EURO", 400},
		"automatic capture":  {"POST", "/v1/payment_intents", secret, "amount=1&currency=eur", 400},
		"no card":            {"POST", "/v1/payment_intents", secret, order, 400},
		"unknown card":       {"POST", "/v1/payment_intents", secret, order + "&payment_method=tok_x", 400},
		"twice":              {"POST", "/v1/payment_intents", secret, order + "&amount=1", 400},
		"unknown parameter":  {"POST", "/v1/payment_intents", secret, order + "&price=1", 400},
		"NUL":                {"POST", "/v1/payment_intents", secret, "metadata[order_id]=%00", 400},
		"too long":           {"POST", "/v1/payment_intents", secret, "amount=" + strings.Repeat("9", 1<<20), 400},
	} {
		got, body := send(t, c.method, base+c.path, c.key, "", c.body)

		require.Equal(t, c.status, got.StatusCode, name)
		require.Contains(t, body, `{"error":{`, name)
		require.Contains(t, body, `"type":"invalid_request_error"`, name)
		require.Less(t, len(body), 500, name)
	}
	_, books := send(t, "GET", base+"/_ledger", "", "", "")
	require.JSONEq(t, `{"entries":[],"orders":[]}`, books)
}

func TestAKeyRepeatsItsAnswer(t *testing.T) {
	t.Parallel()
	base := start(t, simulator.NewMemory()) + "/v1/payment_intents"
	for _, token := range []string{"tok_ok", "tok_declined", "tok_requires_action"} {
		form := order + "&payment_method=" + token
		first, want := send(t, "POST", base, secret, token, form)
		again, got := send(t, "POST", base, secret, token, form)

		require.Equal(t, first.StatusCode, again.StatusCode)
		require.Equal(t, want, got)
		require.Empty(t, first.Header.Get("Idempotent-Replayed"))
		require.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))

		other, body := send(t, "POST", base, secret, token, form+"&payment_method_types[0]=card")
		require.Equal(t, http.StatusBadRequest, other.StatusCode)
		require.Contains(t, body, `"type":"idempotency_error"`)
	}
}

func TestAKeyThatIsRunningConflicts(t *testing.T) {
	t.Parallel()
	base := start(t, simulator.NewMemory()) + "/v1/payment_intents"
	statuses := make(chan int, 2)
	for range 2 {
		slow := request(t, "POST", base, secret, "key", order+"&payment_method=tok_slow")
		go func() {
			resp, err := http.DefaultClient.Do(slow)
			if err != nil {
				statuses <- 0
				return
			}
			_ = resp.Body.Close()
			statuses <- resp.StatusCode
		}()
	}
	require.ElementsMatch(t, []int{http.StatusOK, http.StatusConflict}, []int{<-statuses, <-statuses})
}

func TestCloseDoesNotWaitForWithheldAnswers(t *testing.T) {
	t.Parallel()
	store := simulator.NewMemory()
	server, err := simulator.Listen(t.Context(), "127.0.0.1:0", store, simulator.Options{Key: secret, HoldFor: time.Hour})
	require.NoError(t, err)
	cut := make(chan error, 1)
	withheld := request(t, "POST", server.URL()+"/v1/payment_intents", secret, "", order+"&payment_method=tok_timeout")
	go func() {
		_, err := http.DefaultClient.Do(withheld)
		cut <- err
	}()
	require.Eventually(t, func() bool {
		charged, err := store.Entries(t.Context(), "o1")
		return err == nil && len(charged) == 1
	}, 10*time.Second, 5*time.Millisecond)

	require.NoError(t, server.Close())
	require.Error(t, <-cut)
}

func start(t *testing.T, store simulator.Store) string {
	t.Helper()
	server, err := simulator.Listen(t.Context(), "127.0.0.1:0", store, simulator.Options{Key: secret})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	return server.URL()
}

func send(t *testing.T, method, address, key, idempotency, body string) (*http.Response, string) {
	t.Helper()
	resp, err := http.DefaultClient.Do(request(t, method, address, key, idempotency, body))
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp, string(text)
}

func request(t *testing.T, method, address, key, idempotency, body string) *http.Request {
	t.Helper()
	target, err := url.Parse(address)
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), method, target.String(), strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	if idempotency != "" {
		req.Header.Set("Idempotency-Key", idempotency)
	}
	return req
}
