package e2e_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

const (
	newSecret = "whsec_new"
	oldSecret = "whsec_old"
)

// openWithSecrets opens a shop that accepts events signed with either of two secrets.
func openWithSecrets(t *testing.T) *shop {
	t.Helper()
	return open(t, func(c *server.Config) { c.WebhookSecrets = []string{newSecret, oldSecret} })
}

func TestAForgedWebhookIsRefused(t *testing.T) {
	s := openWithSecrets(t)
	customer := s.signIn("customer")
	waiting := customer.placed(s.margherita().card("tok_requires_action"))
	event := s.event("payment_intent.amount_capturable_updated", waiting.ID, vars{"status": "requires_capture"})
	rows, now := s.countWrittenRows(), time.Now()

	for name, header := range map[string]string{
		"unsigned":               "",
		"garbage":                "let me in",
		"by another":             signature(now, event, "whsec_other"),
		"with an empty secret":   signature(now, event, ""),
		"of another body":        signature(now, event+" ", newSecret),
		"of another time":        strings.Replace(signature(now, event, newSecret), "t=1", "t=2", 1),
		"without a time":         signature(now, event, newSecret)[len("t=1234567890,"):],
		"of another scheme":      strings.Replace(signature(now, event, newSecret), "v1=", "v0=", 1),
		"cut off":                signature(now, event, newSecret)[:40],
		"with the time at fault": "t=now,v1=00",
	} {
		got := s.sendWebhook(event, header)

		require.Equal(t, http.StatusBadRequest, got.status, name)
		require.Equal(t, "SIGNATURE_INVALID", got.code(), name)
		require.Less(t, len(got.body), 200, name)
	}
	require.Equal(t, rows, s.countWrittenRows())
	require.Zero(t, s.countStoredEvents(event))
	require.Equal(t, "PENDING", customer.order(waiting.ID).Status)
}

func TestAStaleWebhookIsRefused(t *testing.T) {
	s := openWithSecrets(t)
	customer := s.signIn("customer")
	waiting := customer.placed(s.margherita().card("tok_requires_action"))
	event := s.event("payment_intent.amount_capturable_updated", waiting.ID, vars{"status": "requires_capture"})

	for name, age := range map[string]time.Duration{"old": 302 * time.Second, "of yesterday": 24 * time.Hour, "from the future": -330 * time.Second} {
		got := s.sendWebhook(event, signature(time.Now().Add(-age), event, newSecret))

		require.Equal(t, http.StatusBadRequest, got.status, name)
		require.Equal(t, "SIGNATURE_EXPIRED", got.code(), name)
	}
	require.Zero(t, s.countStoredEvents(event))
	require.Equal(t, "PENDING", customer.order(waiting.ID).Status)

	require.Equal(t, http.StatusOK, s.sendWebhook(event, signature(time.Now().Add(-270*time.Second), event, newSecret)).status)
	require.Equal(t, "CONFIRMED", customer.order(waiting.ID).Status)
}

func TestAReplayedWebhookIsAnsweredWithoutEffect(t *testing.T) {
	s := openWithSecrets(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_requires_action"))
	event := s.event("payment_intent.amount_capturable_updated", placed.ID, vars{"status": "requires_capture"})
	header := signature(time.Now(), event, newSecret)
	require.Equal(t, http.StatusOK, s.sendWebhook(event, header).status)
	once := customer.order(placed.ID)
	require.Equal(t, "CONFIRMED", once.Status)
	require.Equal(t, "AUTHORIZED", once.Payment.Status)

	require.Equal(t, http.StatusOK, s.sendWebhook(event, header).status, "the very same request")
	require.Equal(t, http.StatusOK, s.sendWebhook(event, signature(time.Now(), event, oldSecret)).status, "sent again by the gateway")
	changed := strings.Replace(event, "payment_intent.amount_capturable_updated", "payment_intent.canceled", 1)
	require.NotEqual(t, event, changed)
	require.Equal(t, http.StatusOK, s.sendWebhook(changed, signature(time.Now(), changed, newSecret)).status, "the same id")

	require.Equal(t, once, customer.order(placed.ID))
	require.Equal(t, 1, s.countStoredEvents(event))
}

func TestWebhooksOfNoInterestAreAcceptedWithoutEffect(t *testing.T) {
	s := openWithSecrets(t)
	customer := s.signIn("customer")
	waiting := customer.placed(s.margherita().card("tok_requires_action"))
	rows := s.countWrittenRows()

	unknown := s.event("payment_intent.succeeded", waiting.ID, vars{"metadata": vars{"order_id": uuid.NewString()}})
	unmarked := s.event("payment_intent.succeeded", waiting.ID, vars{"metadata": vars{}})
	ofAnotherIntent := s.event("payment_intent.succeeded", waiting.ID, vars{"id": "pi_other", "metadata": vars{"order_id": waiting.ID}})
	ofAnotherKind := s.event("customer.created", waiting.ID, nil)
	released := s.event("charge.refunded", waiting.ID, vars{"captured": false, "amount_refunded": 100})
	for _, event := range []string{unknown, unmarked, ofAnotherIntent, ofAnotherKind, released} {
		require.Equal(t, http.StatusOK, s.sendWebhook(event, signature(time.Now(), event, newSecret)).status, event)
	}

	require.Equal(t, rows, s.countWrittenRows())
	require.Zero(t, s.countStoredEvents(unknown), "nobody's orders fill no table")
	require.Equal(t, "PENDING", customer.order(waiting.ID).Status)
}

func TestRequestsThatAreNoWebhookAreRefused(t *testing.T) {
	s := openWithSecrets(t)
	for name, c := range map[string]struct {
		method, body string
		status       int
		code         string
	}{
		"GET":             {"GET", "", 405, "METHOD_NOT_ALLOWED"},
		"PUT":             {"PUT", "{}", 405, "METHOD_NOT_ALLOWED"},
		"64 KiB and more": {"POST", strings.Repeat(" ", 64<<10+1), 413, "PAYLOAD_TOO_LARGE"},
		"no JSON":         {"POST", "<script>", 400, "BAD_REQUEST"},
		"no event":        {"POST", `{"object": "list"}`, 400, "BAD_REQUEST"},
		"no data":         {"POST", `{"object": "event", "id": "evt_1", "type": "charge.refunded"}`, 400, "BAD_REQUEST"},
		"data of no kind": {"POST", `{"object": "event", "id": "evt_1", "type": "charge.refunded", "data": {"object": {"amount": "<script>"}}}`, 400, "BAD_REQUEST"},
	} {
		got := s.callWebhook(c.method, c.body, signature(time.Now(), c.body, newSecret))

		require.Equal(t, c.status, got.status, name)
		require.Equal(t, c.code, got.code(), name)
		require.Less(t, len(got.body), 200, name)
		require.NotContains(t, got.body, "script", name)
		if c.status == http.StatusMethodNotAllowed {
			require.Equal(t, "POST", got.header.Get("Allow"))
		}
	}
}

func TestAWebhookWhoseBodyDoesNotComeIsCutOff(t *testing.T) {
	s := openWithSecrets(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.first.url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetDeadline(time.Now().Add(2*soon)))

	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\n{", server.WebhookPath)
	require.NoError(t, err)
	all, err := io.ReadAll(conn)

	require.NoError(t, err, "the server ends it")
	require.Contains(t, string(all), "408 Request Timeout")
	require.Contains(t, string(all), "REQUEST_TIMEOUT")
}

func TestWithoutASecretThereIsNoWebhook(t *testing.T) {
	s := open(t, func(c *server.Config) { c.StripeKey, c.StripeBase = "sk_test_1", "http://127.0.0.1:1" })

	require.Equal(t, http.StatusNotFound, s.sendWebhook("{}", signature(time.Now(), "{}", "")).status)
}
