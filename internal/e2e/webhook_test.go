package e2e_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85/webhook"

	"pizzeria/internal/server"
)

const (
	signing  = "whsec_new"
	outgoing = "whsec_old"
)

// openWithSecrets opens a shop that takes events signed with either of two secrets.
func openWithSecrets(t *testing.T) *shop {
	t.Helper()
	return open(t, func(c *server.Config) { c.WebhookSecrets = []string{signing, outgoing} })
}

func TestAForgedWebhookIsRefused(t *testing.T) {
	s := openWithSecrets(t)
	customer := s.signIn("customer")
	waiting := customer.placed(s.margherita().card("tok_requires_action"))
	event := s.event("payment_intent.amount_capturable_updated", waiting.ID, vars{"status": "requires_capture"})
	rows, now := s.written(), time.Now()

	for name, header := range map[string]string{
		"unsigned":               "",
		"garbage":                "let me in",
		"by another":             signature(now, event, "whsec_other"),
		"with an empty secret":   signature(now, event, ""),
		"of another body":        signature(now, event+" ", signing),
		"of another time":        strings.Replace(signature(now, event, signing), "t=1", "t=2", 1),
		"without a time":         signature(now, event, signing)[len("t=1234567890,"):],
		"of another scheme":      strings.Replace(signature(now, event, signing), "v1=", "v0=", 1),
		"cut off":                signature(now, event, signing)[:40],
		"with the time at fault": "t=now,v1=00",
	} {
		got := s.tell(event, header)

		require.Equal(t, http.StatusBadRequest, got.status, name)
		require.Equal(t, "SIGNATURE_INVALID", got.code(), name)
		require.Less(t, len(got.body), 200, name)
	}
	require.Equal(t, rows, s.written())
	require.Zero(t, s.remembered(event))
	require.Equal(t, "PENDING", customer.order(waiting.ID).Status)
}

func TestAStaleWebhookIsRefused(t *testing.T) {
	s := openWithSecrets(t)
	customer := s.signIn("customer")
	waiting := customer.placed(s.margherita().card("tok_requires_action"))
	event := s.event("payment_intent.amount_capturable_updated", waiting.ID, vars{"status": "requires_capture"})

	for name, age := range map[string]time.Duration{"old": 302 * time.Second, "of yesterday": 24 * time.Hour, "from the future": -330 * time.Second} {
		got := s.tell(event, signature(time.Now().Add(-age), event, signing))

		require.Equal(t, http.StatusBadRequest, got.status, name)
		require.Equal(t, "SIGNATURE_EXPIRED", got.code(), name)
	}
	require.Zero(t, s.remembered(event))
	require.Equal(t, "PENDING", customer.order(waiting.ID).Status)

	require.Equal(t, http.StatusOK, s.tell(event, signature(time.Now().Add(-270*time.Second), event, signing)).status)
	require.Equal(t, "CONFIRMED", customer.order(waiting.ID).Status)
}

func TestAReplayedWebhookIsAnsweredWithoutEffect(t *testing.T) {
	s := openWithSecrets(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita().card("tok_ok"))
	cook.moves(placed.ID, "startPreparingOrder")
	event := s.event("charge.refunded", placed.ID, vars{"captured": true, "amount_refunded": 100})
	header := signature(time.Now(), event, signing)
	require.Equal(t, http.StatusOK, s.tell(event, header).status)
	once := customer.order(placed.ID)
	require.Equal(t, "PARTIALLY_REFUNDED", once.Payment.Status)
	require.EqualValues(t, 100, once.Payment.Refunded)

	require.Equal(t, http.StatusOK, s.tell(event, header).status, "the very same request")
	require.Equal(t, http.StatusOK, s.tell(event, signature(time.Now(), event, outgoing)).status, "sent again by the gateway")
	changed := strings.Replace(event, `"amount_refunded":100`, `"amount_refunded":300`, 1)
	require.NotEqual(t, event, changed)
	require.Equal(t, http.StatusOK, s.tell(changed, signature(time.Now(), changed, signing)).status, "the same id")

	require.Equal(t, once, customer.order(placed.ID))
	require.Equal(t, 1, s.remembered(event))
}

func TestWebhooksOfNoInterestAreTakenWithoutEffect(t *testing.T) {
	s := openWithSecrets(t)
	customer := s.signIn("customer")
	waiting := customer.placed(s.margherita().card("tok_requires_action"))
	rows := s.written()

	unknown := s.event("payment_intent.succeeded", waiting.ID, vars{"metadata": vars{"order_id": uuid.NewString()}})
	unmarked := s.event("payment_intent.succeeded", waiting.ID, vars{"metadata": vars{}})
	ofAnotherIntent := s.event("payment_intent.succeeded", waiting.ID, vars{"id": "pi_other", "metadata": vars{"order_id": waiting.ID}})
	ofAnotherKind := s.event("customer.created", waiting.ID, nil)
	released := s.event("charge.refunded", waiting.ID, vars{"captured": false, "amount_refunded": 100})
	for _, event := range []string{unknown, unmarked, ofAnotherIntent, ofAnotherKind, released} {
		require.Equal(t, http.StatusOK, s.tell(event, signature(time.Now(), event, signing)).status, event)
	}

	require.Equal(t, rows, s.written())
	require.Zero(t, s.remembered(unknown), "nobody's orders fill no table")
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
		got := s.call(c.method, c.body, signature(time.Now(), c.body, signing))

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

	require.Equal(t, http.StatusNotFound, s.tell("{}", signature(time.Now(), "{}", "")).status)
}

// event is what Stripe would tell about the newest intent of an order, with some fields of it changed.
func (s *shop) event(kind, orderID string, change vars) string {
	s.Helper()
	intent, attempt := s.intent(orderID)
	about := vars{
		"id": intent, "object": "payment_intent", "status": "succeeded",
		"metadata": vars{"order_id": orderID, "attempt": fmt.Sprintf("order-%s-%d", orderID, attempt)},
	}
	if strings.HasPrefix(kind, "charge.") {
		about["id"], about["object"], about["payment_intent"] = "ch_1", "charge", intent
	}
	for field, value := range change {
		about[field] = value
	}
	body, err := json.Marshal(vars{
		"id": "evt_" + uuid.NewString(), "object": "event", "api_version": "2020-08-27", "type": kind, "data": vars{"object": about},
	})
	require.NoError(s, err)
	return string(body)
}

// intent is the gateway's name for an order's payment, which no client is told, and the number of the attempt.
func (s *shop) intent(orderID string) (id string, attempt int) {
	s.Helper()
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT p.intent_id, p.attempt FROM public.payments AS p WHERE p.order_id = $1`,
		orderID).Scan(&id, &attempt))
	return id, attempt
}

// remembered counts how often the event's id is kept.
func (s *shop) remembered(event string) (rows int) {
	s.Helper()
	var e struct{ ID string }
	require.NoError(s, json.Unmarshal([]byte(event), &e))
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT count(*) FROM public.payment_events AS e WHERE e.id = $1`, e.ID).Scan(&rows))
	return rows
}

func signature(at time.Time, body, secret string) string {
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(webhook.ComputeSignature(at, []byte(body), secret)))
}

// tell sends an event as Stripe does.
func (s *shop) tell(event, header string) answer {
	s.Helper()
	return s.call(http.MethodPost, event, header)
}

func (s *shop) call(method, body, header string) answer {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.first.url+server.WebhookPath, strings.NewReader(body))
	require.NoError(s, err)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	if header != "" {
		r.Header.Set("Stripe-Signature", header)
	}
	return s.answered(r)
}

// atTheGateway does something there that no client of the shop does: at the bank's page, or in Stripe's dashboard.
func (s *shop) atTheGateway(path string, form url.Values) answer {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), http.MethodPost, s.first.gateway+path, strings.NewReader(form.Encode()))
	require.NoError(s, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+server.SimulatedKey)
	return s.answered(r)
}

func (s *shop) answered(r *http.Request) answer {
	s.Helper()
	resp, err := s.visitor().http.Do(r)
	require.NoError(s, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(s, err)
	a := answer{t: s.T, status: resp.StatusCode, header: resp.Header, body: string(body)}
	if resp.StatusCode >= http.StatusBadRequest && resp.StatusCode != http.StatusNotFound {
		require.NoError(s, json.Unmarshal(body, &a), a.body)
	}
	return a
}
