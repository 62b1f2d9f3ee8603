package proof_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/fault"
)

const webhookSeed = 31

// Actions at the gateway, clients' requests and the servers' own work happen in any order: the customer acts at the
// bank while another card pays and the order is cancelled, and events come late, twice and out of order.
func TestWebhooksAndMutationsEndInOneState(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	s.sendWebhooks(t, servers)
	pizza := dish(t, servers[0], "Margherita", stock(t, servers[0], "Dough", 100_000))

	var busy sync.WaitGroup
	watched, stop := context.WithCancel(t.Context())
	busy.Go(func() {
		for watched.Err() == nil {
			if err := violations(t.Context(), s.db.Pool); err != nil {
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
				sc := &scenario{T: t, shop: s, servers: servers, random: random, key: fmt.Sprint(n, "-", i)}
				sc.run(pizza)
			}
		})
	}
	customers.Wait()
	stop()
	busy.Wait()

	requireSettled(t, s.db.Pool, time.Minute)
	require.EventuallyWithT(t, func(c *assert.CollectT) { assert.NoError(c, s.ledgerDifference(t)) }, time.Minute, 100*time.Millisecond,
		"the last events arrive")
	time.Sleep(200 * time.Millisecond) // for a copy of an event that changes what is right
	requireSettled(t, s.db.Pool, time.Minute)
	require.NoError(t, s.ledgerDifference(t))
	requireInvariants(t, s.db.Pool)
	s.requireAllOutcomes(t)
}

// sendWebhooks has the gateway send its events to random servers, each event three times, late and out of order.
func (s *shop) sendWebhooks(t *testing.T, servers []server) {
	t.Helper()
	receiver := httptest.NewServer(&stripegateway.Webhook{
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
	t.Cleanup(receiver.Close)
	s.gateway.SendEvents(simulator.Webhook{
		URL: receiver.URL, Secret: "whsec_proof", Copies: 2, Pause: 10 * time.Millisecond,
		Delay: func() time.Duration { return rand.N(60 * time.Millisecond) },
	})
}

// requireAllOutcomes requires that the scenarios have ended in every way that they can end.
func (s *shop) requireAllOutcomes(t *testing.T) {
	t.Helper()
	rows, err := s.db.Pool.Query(t.Context(), `
		SELECT p.status, count(*) FROM public.payments AS p GROUP BY p.status
		UNION ALL
		SELECT 'events', count(*) FROM public.payment_events`)
	require.NoError(t, err)
	counts := map[string]int{}
	var status string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&status, &count}, func() error {
		counts[status] = count
		return nil
	})
	require.NoError(t, err)
	t.Logf("seed %d: %v", webhookSeed, counts)
	for _, status := range []string{"AUTHORIZED", "PARTIALLY_REFUNDED", "REFUNDED", "VOIDED", "FAILED", "events"} {
		require.Positive(t, counts[status], status)
	}
}
