package e2e_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85/webhook"

	"pizzeria/internal/server"
)

// event returns Stripe's event about the newest intent of an order, with some of its fields changed.
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

// intent returns the gateway's id of an order's payment, which no client is shown, and the number of the attempt.
func (s *shop) intent(orderID string) (id string, attempt int) {
	s.Helper()
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT p.intent_id, p.attempt FROM public.payments AS p WHERE p.order_id = $1`,
		orderID).Scan(&id, &attempt))
	return id, attempt
}

// countStoredEvents returns how many rows the event's id has.
func (s *shop) countStoredEvents(event string) (rows int) {
	s.Helper()
	var e struct{ ID string }
	require.NoError(s, json.Unmarshal([]byte(event), &e))
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT count(*) FROM public.payment_events AS e WHERE e.id = $1`, e.ID).Scan(&rows))
	return rows
}

func signature(at time.Time, body, secret string) string {
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(webhook.ComputeSignature(at, []byte(body), secret)))
}

// sendWebhook sends an event as Stripe does.
func (s *shop) sendWebhook(event, header string) answer {
	s.Helper()
	return s.callWebhook(http.MethodPost, event, header)
}

func (s *shop) callWebhook(method, body, header string) answer {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.first.url+server.WebhookPath, strings.NewReader(body))
	require.NoError(s, err)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	if header != "" {
		r.Header.Set("Stripe-Signature", header)
	}
	return s.receiveAnswer(r)
}

// callGateway does something at the gateway that no client of the shop does: on the bank's page, or in Stripe's
// dashboard.
func (s *shop) callGateway(path string, form url.Values) answer {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), http.MethodPost, s.first.gateway+path, strings.NewReader(form.Encode()))
	require.NoError(s, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+server.SimulatedKey)
	return s.receiveAnswer(r)
}

func (s *shop) receiveAnswer(r *http.Request) answer {
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
