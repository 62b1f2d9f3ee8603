package e2e_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/graph/generated"
	"pizzeria/internal/platform/transport"
	"pizzeria/internal/platform/transport/guard"
	"pizzeria/internal/server"
)

// twins are a server that projects its answers and one that has gqlgen write them, over one database.
type twins struct {
	*shop
	plain  *running
	asks   *asker
	place  *regexp.Regexp // in the log of events, as any cursor of this database tells it
	asked  int
	useful int // answered without errors
}

func openTwins(t *testing.T) *twins {
	t.Helper()
	const seed = 20261123
	t.Logf("seed %d", seed)
	s := open(t, func(c *server.Config) {
		c.Limits.Tokens, c.Limits.Aliases, c.Limits.Depth, c.Limits.Cost = -1, -1, -1, -1
	})
	const identity = 12 // characters at the start of each cursor that are the same in one database
	return &twins{
		shop:  s,
		place: regexp.MustCompile(`"` + s.signIn("manager").asOf()[:identity] + `[\w-]+"`),
		plain: s.serveBare(prometheus.NewRegistry(), transport.Options{Limits: guard.Limits{Tokens: -1, Aliases: -1, Depth: -1, Cost: -1, Introspection: true}}),
		asks:  &asker{Rand: rand.New(rand.NewPCG(seed, 0)), schema: generated.NewExecutableSchema(generated.Config{}).Schema()},
	}
}

// same asks both servers and expects the same bytes.
func (w *twins) same(who *person, document string, v vars) {
	w.Helper()
	projected, plain := who.do(document, v), who.through(w.plain).do(document, v)
	require.Equal(w, w.comparable(plain.body), w.comparable(projected.body), "%s\n%v", document, v)
	w.asked++
	if len(projected.Errors) == 0 {
		w.useful++
	}
}

// coins are random conditions.
func (w *twins) coins() vars {
	return vars{"a": w.asks.IntN(2) == 0, "b": w.asks.IntN(2) == 0, "c": w.asks.IntN(2) == 0}
}

// comparable leaves out what requests are called, and where in the log the answer was read: by then other transactions may
// have begun.
func (w *twins) comparable(body string) string {
	return spelled(w.place.ReplaceAllString(requestID.ReplaceAllString(body, ""), `"here"`))
}

var requestID = regexp.MustCompile(`"requestId":"[^"]*"`)

var escape = regexp.MustCompile(`\\(u[0-9a-fA-F]{4}|.)`)

// spelled writes the escapes of control characters, which JSON leaves open, in one way.
func spelled(body string) string {
	return escape.ReplaceAllStringFunc(body, func(e string) string {
		switch e {
		case `\b`:
			return `\u0008`
		case `\f`:
			return `\u000C`
		}
		if e[1] == 'u' {
			return `\u` + strings.ToUpper(e[2:])
		}
		return e
	})
}

const strange = "\"quoted\" \\ back/slash <b>&amp; \u2028\u2029 🍕 é \u202e {[,:]} null"

// strangeOrders places orders of all kinds, some with texts that a careless writer of JSON would break.
func (w *twins) strangeOrders(customer, manager *person) (ids []string) {
	big := customer.placed(w.delivery(portion{"Margherita", "LARGE", 3}, portion{"Margherita", "SMALL", 1}).
		with("specialInstructions", strange+"\n\tsecond line\r\n").card("tok_ok").
		with("deliveryAddress", vars{"street": strange, "city": "Napoli", "postalCode": "80100", "notes": "ring \\twice\\"}))
	manager.moves(big.ID, "startPreparingOrder", "markOrderReady", "dispatchOrder")
	plain := customer.placed(w.margherita())
	manager.accepted(manager.move("cancelOrder", plain.ID, "reason", strange))
	garbled := customer.placed(w.margherita())
	w.run(`UPDATE public.orders SET customer_name = E'\\x01\\b\\f\\x1f\\x7f' || repeat('"\\', 100), special_instructions = '' WHERE id = '` + garbled.ID + `'`)
	open := customer.placed(w.margherita())
	return []string{big.ID, plain.ID, garbled.ID, open.ID}
}

func TestProjectedAnswersAreThoseOfGqlgen(t *testing.T) {
	w := openTwins(t)
	customer, other, manager := w.signIn("customer"), w.signUp("giulia"), w.signIn("manager")
	people := []*person{customer, manager, manager, other, w.visitor()}
	ids := append(w.strangeOrders(customer, manager), "00000000-0000-0000-0000-000000000000")
	dish := w.menu["Margherita"]
	require.Empty(t, manager.updateItem(vars{"id": dish, "description": strange}).UserErrors)

	for range 1500 {
		who, id := people[w.asks.IntN(len(people))], ids[w.asks.IntN(len(ids))]
		first := w.asks.IntN(len(ids) + 2)
		for _, root := range []struct{ field, typename string }{
			{fmt.Sprintf(`order(id: "%s")`, id), "Order"},
			{fmt.Sprintf(`orders(first: %d)`, first), "OrderConnection"},
			{fmt.Sprintf(`orders(first: %d, filter: {statuses: [CONFIRMED, CANCELLED, OUT_FOR_DELIVERY]})`, first), "OrderConnection"},
			{`menu`, "MenuItem"},
			{`menu(category: "Pizza", includeUnavailable: true)`, "MenuItem"},
			{fmt.Sprintf(`menuItem(id: "%s")`, dish), "MenuItem"},
			{fmt.Sprintf(`node(id: "%s")`, []string{id, dish}[w.asks.IntN(2)]), "Node"},
		} {
			if w.asks.IntN(7) == 0 {
				w.same(who, w.asks.query("query", root.field, root.typename), w.coins())
			}
		}
	}

	t.Logf("%d of %d answered without errors", w.useful, w.asked)
	require.Greater(t, w.useful, w.asked/2, "most operations are answered")
}

// Plans are kept with documents that come again, and must not be used for other variables.
func TestOneDocumentWithAllItsConditions(t *testing.T) {
	w := openTwins(t)
	customer := w.signIn("customer")
	placed := customer.placed(w.delivery(portion{"Margherita", "LARGE", 2}))
	document := fmt.Sprintf(`query($a: Boolean!, $b: Boolean!, $c: Boolean!) { order(id: "%s") {
		id @skip(if: $a) number @include(if: $b) ... @include(if: $a) { id customer { name } } customer @include(if: $c) { id }
		...F @skip(if: $b) items { total }
	} order(id: "%[1]s") @include(if: $c) { version items { name } } }
	fragment F on Node { again: id ... on Order { totals { total @include(if: $a) tax } } }`, placed.ID)

	for range 3 {
		for n := range 8 {
			w.same(customer, document, vars{"a": n&1 > 0, "b": n&2 > 0, "c": n&4 > 0})
		}
	}

	require.Equal(t, w.asked, w.useful)
}

func TestProjectedEventsAreThoseOfGqlgen(t *testing.T) {
	w := openTwins(t)
	customer, manager := w.signIn("customer"), w.signIn("manager")
	start, events := manager.asOf(), 0
	ids := w.strangeOrders(customer, manager)

	for _, id := range ids {
		version := customer.order(id).Version
		events += version
		w.sameEvents(customer, watchOrder, vars{"id": id, "after": start}, version)
		for range 10 {
			w.sameEvents(customer, w.feed(`orderStatusChanged(orderId: "%s")`, id), w.coins(), 1)
			w.sameEvents(customer, w.feed(`orderStatusChanged(orderId: "%s", after: "%s")`, id, start), w.coins(), version)
		}
	}
	for range 10 {
		w.sameEvents(manager, w.feed(`kitchenFeed(after: "%s")`, start), w.coins(), events)
	}
}

// feed is a subscription that selects anything of its events.
func (w *twins) feed(field string, arguments ...any) string {
	return w.asks.query("subscription", fmt.Sprintf(field, arguments...), "OrderFeed")
}

// sameEvents subscribes at both servers and expects the same events, so many. All but an order's last one show it as it
// stood then.
func (w *twins) sameEvents(who *person, document string, v vars, count int) {
	w.Helper()
	projected, _ := who.through(w.first).eventStream(document, v, "")
	defer projected.cancel()
	plain, _ := who.through(w.plain).eventStream(document, v, "")
	defer plain.cancel()
	for range count {
		require.Equal(w, w.comparable(plain.raw()), w.comparable(projected.raw()), document)
	}
}
