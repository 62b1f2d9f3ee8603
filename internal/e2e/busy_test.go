package e2e_test

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// refusedWithin is the longest time until a client is told that the database is busy.
const refusedWithin = 3 * time.Second

// holdLock holds the locks that the statement takes, in a session without time limits, until release is called.
func (s *shop) holdLock(statement string, args ...any) (release func()) {
	s.Helper()
	conn, err := pgx.Connect(s.Context(), s.db.DSN)
	require.NoError(s, err)
	release = sync.OnceFunc(func() { _ = conn.Close(context.Background()) })
	s.Cleanup(release)
	_, err = conn.Exec(s.Context(), "BEGIN")
	require.NoError(s, err)
	_, err = conn.Exec(s.Context(), statement, args...)
	require.NoError(s, err)
	return release
}

// run runs a statement without the server's knowledge.
func (s *shop) run(statement string, arguments ...any) {
	s.Helper()
	_, err := s.db.Pool.Exec(s.Context(), statement, arguments...)
	require.NoError(s, err)
}

// expectUnavailable sends an operation for which the database is too busy. The refusal comes in time and has no
// details.
func (p *person) expectUnavailable(document string, v vars) {
	p.Helper()
	sent := time.Now()
	a := p.do(document, v)
	require.Equal(p, "UNAVAILABLE", a.code(), a.body)
	require.Equal(p, "The service is busy. Try again.", a.Errors[0].Message)
	require.Less(p, time.Since(sent), refusedWithin+soon)
}

func TestAnOrderThatAnotherSessionHolds(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita())
	const start = `mutation($in: OrderActionInput!) { done: startPreparingOrder(input: $in) { order { ...full } userErrors { ...refused } } }` +
		orderFragment + refusedFragment
	input := vars{"in": vars{"orderId": placed.ID, "expectedVersion": placed.Version}}
	release := s.holdLock(`SELECT FROM public.orders AS o WHERE o.id = $1 FOR UPDATE`, placed.ID)

	cook.expectUnavailable(start, input)

	release()
	require.Empty(t, cook.do(start, input).Errors)
	require.Equal(t, "PREPARING", customer.order(placed.ID).Status)
}

func TestStockThatAnotherSessionHolds(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	basket := s.margherita().card("tok_ok")
	release := s.holdLock(`SELECT FROM public.stock_levels FOR UPDATE`)

	customer.expectUnavailable(placeOrder+orderFragment+refusedFragment, vars{"in": basket})

	release()
	placed := customer.placed(basket)
	require.Len(t, customer.orders(nil).Nodes, 1)
	require.Equal(t, 1, s.charges(placed.ID).Charges)
}

func TestATableThatAnotherSessionHolds(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita())
	cursor := customer.asOf()
	release := s.holdLock(`LOCK TABLE public.orders, public.events, public.order_fresh, public.menu_fresh IN ACCESS EXCLUSIVE MODE`)

	customer.expectUnavailable(`{ menu { id } }`, nil)
	customer.expectUnavailable(`{ orders { nodes { id } } }`, nil)
	customer.expectUnavailable(`query($id: ID!) { order(id: $id) { id } }`, vars{"id": placed.ID})
	customer.expectUnavailable(placeOrder+orderFragment+refusedFragment, vars{"in": s.margherita()})
	socket := cook.connect()
	require.Contains(t, socket.kitchen("").awaitEnd(), "UNAVAILABLE")
	require.Contains(t, socket.order(placed.ID, "").awaitEnd(), "UNAVAILABLE")
	require.Contains(t, socket.order(placed.ID, cursor).awaitEnd(), "UNAVAILABLE")

	release()
	require.Equal(t, placed, *customer.order(placed.ID))
	socket.order(placed.ID, "").expect(placed.ID, placed.Version-1, "CONFIRMED")
}

func TestSlowStatements(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	s.refreshModels() // one of the menu's would have it read again
	require.NotEmpty(t, ask[struct{ Menu []item }](customer, `{ menu { id } }`, nil).Menu)
	s.run(`CREATE FUNCTION public.dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END'`)
	s.run(`CREATE TRIGGER slow BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.dawdle()`)
	s.run(`ALTER VIEW public.menu_view RENAME TO quick_menu_view`)
	s.run(`CREATE VIEW public.menu_view AS SELECT m.* FROM public.quick_menu_view AS m, pg_sleep(60)`)
	basket := s.margherita()

	customer.expectUnavailable(`query($id: ID!) { menuItem(id: $id) { id } }`, vars{"id": s.menu["Margherita"]})
	require.NotEmpty(t, ask[struct{ Menu []item }](customer, `{ menu { id } }`, nil).Menu, "it hasn't changed, so it isn't read")
	customer.expectUnavailable(placeOrder+orderFragment+refusedFragment, vars{"in": basket})

	s.run(`DROP TRIGGER slow ON public.orders`)
	s.run(`DROP VIEW public.menu_view`)
	s.run(`ALTER VIEW public.quick_menu_view RENAME TO menu_view`)
	customer.placed(basket)
	require.Len(t, customer.orders(nil).Nodes, 1)
	require.NotEmpty(t, ask[struct{ Menu []item }](customer, `{ menu { id } }`, nil).Menu)
}

func TestNoConnectionIsLeft(t *testing.T) {
	s := open(t, func(c *server.Config) { c.DatabaseMaxConns = 4 })
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita())
	release := s.holdLock(`LOCK TABLE public.order_fresh IN ACCESS EXCLUSIVE MODE`)

	var asking sync.WaitGroup
	for range 60 {
		asking.Go(func() {
			sent := time.Now()
			a := customer.do(`{ orders { nodes { id } } }`, nil)
			if took := time.Since(sent); took > refusedWithin+soon {
				t.Errorf("answered after %v", took)
			}
			if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != "UNAVAILABLE" {
				t.Errorf("answered with %s", a.body)
			}
		})
	}
	asking.Wait()

	release()
	require.Equal(t, placed, *customer.order(placed.ID))
}

func TestAWebhookThatTheDatabaseIsTooBusyForIsSentAgain(t *testing.T) {
	s := openWithSecrets(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita().card("tok_ok"))
	cook.moves(placed.ID, "startPreparingOrder")
	event := s.event("charge.refunded", placed.ID, vars{"captured": true, "amount_refunded": 100})
	intent, _ := s.intent(placed.ID)
	release := s.holdLock(`SELECT FROM public.orders AS o WHERE o.id = $1 FOR UPDATE`, placed.ID)
	s.callGateway("/v1/refunds", url.Values{"payment_intent": {intent}, "amount": {"100"}})

	busy := s.sendWebhook(event, signature(time.Now(), event, newSecret))

	require.Equal(t, http.StatusServiceUnavailable, busy.status, busy.body)
	require.Equal(t, "UNAVAILABLE", busy.code())
	release()
	require.Equal(t, http.StatusOK, s.sendWebhook(event, signature(time.Now(), event, newSecret)).status)
	customer.eventually(placed.ID, func(o *order) bool { return o.Payment.Refunded == 100 })
}
