package proof_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

const webhookSeed = 31

// What happens at the gateway by itself, what clients do and what the servers finish meet in every order: the customer
// acts at the bank while another card pays and the order is cancelled, and events come late, twice, and in any order.
func TestWebhooksAndMutationsEndInOneState(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	s.tellWebhook(t, servers)
	pizza := dish(t, servers[0], "Margherita", stock(t, servers[0], "Dough", 100_000))

	var busy sync.WaitGroup
	watched, stop := context.WithCancel(t.Context())
	busy.Go(func() {
		for watched.Err() == nil {
			if err := breaches(t.Context(), s.db.Pool); err != nil {
				t.Errorf("seed %d: %v", webhookSeed, err)
				return
			}
			time.Sleep(200 * time.Millisecond)
		}
	})
	var customers sync.WaitGroup
	for n := range 4 {
		customers.Go(func() {
			for i := range long(25, 1_000) {
				random := rand.New(rand.NewPCG(webhookSeed, uint64(n*10_000+i)))
				m := &meeting{T: t, shop: s, servers: servers, random: random, key: fmt.Sprint(n, "-", i)}
				m.play(pizza)
			}
		})
	}
	customers.Wait()
	stop()
	busy.Wait()

	requireSettled(t, s.db.Pool, time.Minute)
	require.EventuallyWithT(t, func(c *assert.CollectT) { assert.NoError(c, s.disagreement(t)) }, time.Minute, 100*time.Millisecond,
		"the last events arrive")
	time.Sleep(200 * time.Millisecond) // for a copy of an event that changes what is right
	requireSettled(t, s.db.Pool, time.Minute)
	require.NoError(t, s.disagreement(t))
	requireLawful(t, s.db.Pool)
	s.requireAllMet(t)
}

// tellWebhook has the gateway send its events to whichever server, each three times, late and out of order.
func (s *shop) tellWebhook(t *testing.T, servers []server) {
	t.Helper()
	shop := httptest.NewServer(&stripegateway.Webhook{
		Secrets: []string{"whsec_proof"}, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Record: func(ctx context.Context, e payment.Event) error {
			_, err := servers[rand.IntN(len(servers))].RecordPaymentEvent.Handle(ctx, ordering.RecordPaymentEvent{Event: e})
			refused, ok := fault.As(err)
			again := ok && refused.Code.Transient() // the gateway sends it again
			if err != nil && !again && ctx.Err() == nil {
				t.Errorf("record %s: %v", e.Status, err)
			}
			return err
		},
	})
	t.Cleanup(shop.Close)
	s.gateway.SendEvents(simulator.Webhook{
		URL: shop.URL, Secret: "whsec_proof", Copies: 2, Pause: 10 * time.Millisecond,
		Delay: func() time.Duration { return rand.N(60 * time.Millisecond) },
	})
}

// meeting is one order that everybody does something to at the same time.
type meeting struct {
	*testing.T
	shop    *shop
	servers []server
	random  *rand.Rand
	key     string
	order   uuid.UUID
}

func (m *meeting) play(pizza uuid.UUID) {
	token := pick(m.random, []string{"tok_requires_action", "tok_requires_action", "tok_ok", "tok_slow", "tok_reset"})
	done, err := insist(m.Context(), pick(m.random, m.servers), pickup(m.shop.customers[0], pizza, m.key, token))
	if err != nil {
		m.Errorf("place order: %v", err)
		return
	}
	m.order = done.Order.ID
	customer := m.shop.customers[0]
	if token == "tok_requires_action" {
		m.atOnce(pick(m.random, [][]func(){
			{m.bank("")},
			{m.bank("true")},
			{m.bank(""), m.pay("tok_ok"), m.pay("tok_requires_action"), m.bank("")},
			{m.bank(""), m.pay("tok_ok"), m.move(customer, ordering.Cancel)},
			{m.bank(""), m.bank("true"), m.pay("tok_declined"), m.pay("tok_ok")},
			{m.bank("true"), m.bank("true"), m.pay("tok_declined")},
			{m.bank(""), m.cancelAtGateway(), m.pay("tok_requires_action"), m.cancelAtGateway()},
			{m.bank(""), m.move(cook, ordering.StartPreparing), m.move(customer, ordering.Cancel)},
		})...)
		return
	}
	// A hold that is cancelled by hand doesn't meet the kitchen here: that order would stay unpaid.
	m.atOnce(pick(m.random, [][]func(){
		{m.cancelAtGateway(), m.cancelAtGateway(), m.move(customer, ordering.Cancel)},
		{m.cancelAtGateway(), m.move(cook, ordering.Reject)},
		{m.move(cook, ordering.StartPreparing), m.move(customer, ordering.Cancel), m.refund(100)},
		{m.move(cook, ordering.StartPreparing)},
		{m.move(cook, ordering.StartPreparing)},
	})...)
	m.atOnce(pick(m.random, [][]func(){
		{m.refund(100 + m.random.IntN(900)), m.refund(50), m.refund(60)},
		{m.refund(100 + m.random.IntN(900)), m.move(cook, ordering.Cancel), m.refund(50)},
	})...)
}

// atOnce does all of it, beginning within some milliseconds.
func (m *meeting) atOnce(acts ...func()) {
	var all sync.WaitGroup
	for _, act := range acts {
		pause := time.Duration(m.random.IntN(20)) * time.Millisecond
		all.Go(func() {
			time.Sleep(pause)
			act()
		})
	}
	all.Wait()
}

func (m *meeting) move(by auth.Actor, action ordering.Action) func() {
	a, reason := pick(m.random, m.servers), "Because."
	return func() {
		_, err := a.MoveOrder.Handle(m.Context(), ordering.MoveOrder{OrderID: m.order, Action: action, By: by, Reason: &reason})
		m.tell(err)
	}
}

func (m *meeting) pay(token string) func() {
	a := pick(m.random, m.servers)
	return func() {
		_, err := a.ProcessPayment.Handle(m.Context(), ordering.ProcessPayment{
			By: m.shop.customers[0], IdempotencyKey: m.key + token, OrderID: m.order, PaymentToken: token,
		})
		m.tell(err)
	}
}

func (m *meeting) tell(err error) {
	if _, refused := fault.As(err); err != nil && !refused {
		m.Error(err)
	}
}

func (m *meeting) bank(refuse string) func() {
	return func() { m.atTheGateway("/_bank", url.Values{"order": {m.order.String()}, "refuse": {refuse}}) }
}

func (m *meeting) cancelAtGateway() func() {
	return func() { m.atTheGateway("/v1/payment_intents/"+m.intent()+"/cancel", nil) }
}

func (m *meeting) refund(amount int) func() {
	return func() {
		m.atTheGateway("/v1/refunds", url.Values{"payment_intent": {m.intent()}, "amount": {fmt.Sprint(amount)}})
	}
}

func (m *meeting) intent() string {
	var id *string
	err := m.shop.db.Pool.QueryRow(m.Context(), `SELECT p.intent_id FROM public.payments AS p WHERE p.order_id = $1`, m.order).Scan(&id)
	if err != nil || id == nil {
		return "none"
	}
	return *id
}

// atTheGateway does what somebody does there by hand. It may be refused, since others do something meanwhile.
func (m *meeting) atTheGateway(path string, form url.Values) {
	request, err := http.NewRequestWithContext(m.Context(), http.MethodPost, m.shop.gateway.URL()+path, strings.NewReader(form.Encode()))
	if err != nil {
		m.Error(err)
		return
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", "Bearer sk_proof")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		m.Error(err)
		return
	}
	if _ = response.Body.Close(); response.StatusCode >= http.StatusInternalServerError || response.StatusCode == http.StatusUnauthorized {
		m.Errorf("%s: %d", path, response.StatusCode)
	}
}

// disagreement tells where an order says something else than the gateway's ledger, or more than one intent holds its money.
func (s *shop) disagreement(t *testing.T) error {
	t.Helper()
	type paid struct {
		OrderID, Order, Payment string
		Amount, Refunded        int64
	}
	rows, err := s.db.Pool.Query(t.Context(), `
		SELECT o.id::text, o.status, p.status, p.amount_cents, p.refunded_cents
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id`)
	require.NoError(t, err)
	orders, err := pgx.CollectRows(rows, pgx.RowToStructByPos[paid])
	require.NoError(t, err)
	booked := ledger(t, s.gateway.URL())
	byOrder, held := map[string]simulator.Totals{}, map[string]map[string]int64{}
	for _, b := range booked.Orders {
		byOrder[b.OrderID] = b
	}
	for _, e := range booked.Entries {
		if held[e.OrderID] == nil {
			held[e.OrderID] = map[string]int64{}
		}
		switch e.Kind {
		case simulator.Authorize:
			held[e.OrderID][e.IntentID] += e.Amount
		case simulator.Void, simulator.Refund:
			held[e.OrderID][e.IntentID] -= e.Amount
		case simulator.Capture:
		}
	}
	for _, o := range orders {
		b, holding := byOrder[o.OrderID], 0
		for _, amount := range held[o.OrderID] {
			if amount > 0 {
				holding++
			}
		}
		expected := int64(0) // PENDING, CANCELLED, REJECTED
		switch o.Order {
		case "CONFIRMED", "PREPARING":
			expected = o.Amount - o.Refunded
		}
		if b.Held != expected || b.Refunded != o.Refunded || b.Captured > o.Amount || holding > 1 {
			return fmt.Errorf("%+v, %d intents hold money: %+v", o, holding, b)
		}
	}
	return nil
}

// requireAllMet: the meetings ended in every way that they can end.
func (s *shop) requireAllMet(t *testing.T) {
	t.Helper()
	rows, err := s.db.Pool.Query(t.Context(), `
		SELECT p.status, count(*) FROM public.payments AS p GROUP BY p.status
		UNION ALL
		SELECT 'events', count(*) FROM public.payment_events`)
	require.NoError(t, err)
	met := map[string]int{}
	var status string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&status, &count}, func() error {
		met[status] = count
		return nil
	})
	require.NoError(t, err)
	t.Logf("seed %d: %v", webhookSeed, met)
	for _, status := range []string{"AUTHORIZED", "PARTIALLY_REFUNDED", "REFUNDED", "VOIDED", "FAILED", "events"} {
		require.Positive(t, met[status], status)
	}
}
