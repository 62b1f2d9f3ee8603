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

// serverPair is a server that projects its answers, and one whose answers gqlgen writes, over one database.
type serverPair struct {
	*shop
	plain     *runningServer
	generator *operationGenerator
	cursors   *regexp.Regexp // match the cursors of this database
	asked     int
	succeeded int // answered without errors
}

func openServerPair(t *testing.T) *serverPair {
	t.Helper()
	const seed = 20261123
	t.Logf("seed %d", seed)
	s := open(t, func(c *server.Config) {
		c.Limits.Tokens, c.Limits.Aliases, c.Limits.Depth, c.Limits.Cost = -1, -1, -1, -1
	})
	const identity = 12 // characters at the start of each cursor that are the same in one database
	return &serverPair{
		shop:      s,
		cursors:   regexp.MustCompile(`"` + s.signIn("manager").asOf()[:identity] + `[\w-]+"`),
		plain:     s.serveBare(prometheus.NewRegistry(), transport.Options{Limits: guard.Limits{Tokens: -1, Aliases: -1, Depth: -1, Cost: -1, Introspection: true}}),
		generator: &operationGenerator{Rand: rand.New(rand.NewPCG(seed, 0)), schema: generated.NewExecutableSchema(generated.Config{}).Schema()},
	}
}

// requireSameAnswer sends an operation to both servers and requires the same bytes.
func (w *serverPair) requireSameAnswer(who *person, document string, v vars) {
	w.Helper()
	projected, plain := who.do(document, v), who.through(w.plain).do(document, v)
	require.Equal(w, w.normalize(plain.body), w.normalize(projected.body), "%s\n%v", document, v)
	w.asked++
	if len(projected.Errors) == 0 {
		w.succeeded++
	}
}

// randomConditions returns random values for the variables of conditions.
func (w *serverPair) randomConditions() vars {
	return vars{"a": w.generator.IntN(2) == 0, "b": w.generator.IntN(2) == 0, "c": w.generator.IntN(2) == 0}
}

// normalize removes the ids of requests, and the cursors of when the answer was read: other transactions may have begun
// between the two answers.
func (w *serverPair) normalize(body string) string {
	return normalizeEscapes(w.cursors.ReplaceAllString(requestID.ReplaceAllString(body, ""), `"here"`))
}

var requestID = regexp.MustCompile(`"requestId":"[^"]*"`)

var escape = regexp.MustCompile(`\\(u[0-9a-fA-F]{4}|.)`)

// normalizeEscapes writes the escapes of control characters in one way. JSON allows several.
func normalizeEscapes(body string) string {
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

const awkwardText = "\"quoted\" \\ back/slash <b>&amp; \u2028\u2029 🍕 é \u202e {[,:]} null"

// placeAwkwardOrders places orders of all kinds, some of which have texts that a careless writer of JSON would break.
func (w *serverPair) placeAwkwardOrders(customer, manager *person) (ids []string) {
	big := customer.placed(w.delivery(portion{"Margherita", "LARGE", 3}, portion{"Margherita", "SMALL", 1}).
		with("specialInstructions", awkwardText+"\n\tsecond line\r\n").card("tok_ok").
		with("deliveryAddress", vars{"street": "1 Oven Lane", "city": "Napoli", "postalCode": "80100", "notes": "ring \\twice\\"}))
	w.run(`UPDATE public.orders SET street = $2 WHERE id = $1`, big.ID, awkwardText)
	manager.moves(big.ID, "startPreparingOrder", "markOrderReady", "dispatchOrder")
	plain := customer.placed(w.margherita())
	manager.accepted(manager.move("cancelOrder", plain.ID, "reason", awkwardText))
	garbled := customer.placed(w.margherita())
	w.run(`UPDATE public.orders SET customer_name = E'\\x01\\b\\f\\x1f\\x7f' || repeat('"\\', 100), special_instructions = '' WHERE id = '` + garbled.ID + `'`)
	open := customer.placed(w.margherita())
	return []string{big.ID, plain.ID, garbled.ID, open.ID}
}

func TestProjectedAnswersAreThoseOfGqlgen(t *testing.T) {
	w := openServerPair(t)
	customer, other, manager := w.signIn("customer"), w.signUp("giulia"), w.signIn("manager")
	people := []*person{customer, manager, manager, other, w.visitor()}
	ids := append(w.placeAwkwardOrders(customer, manager), "00000000-0000-0000-0000-000000000000")
	dish := w.menu["Margherita"]
	w.run(`UPDATE public.menu_items SET description = $2 WHERE id = $1`, dish, awkwardText)

	for range 1500 {
		who, id := people[w.generator.IntN(len(people))], ids[w.generator.IntN(len(ids))]
		first := w.generator.IntN(len(ids) + 2)
		for _, root := range []struct{ field, typename string }{
			{fmt.Sprintf(`order(id: "%s")`, id), "Order"},
			{fmt.Sprintf(`orders(first: %d)`, first), "OrderConnection"},
			{fmt.Sprintf(`orders(first: %d, filter: {statuses: [CONFIRMED, CANCELLED, OUT_FOR_DELIVERY]})`, first), "OrderConnection"},
			{`menu`, "MenuItem"},
			{`menu(category: "Pizza", includeUnavailable: true)`, "MenuItem"},
			{fmt.Sprintf(`menuItem(id: "%s")`, dish), "MenuItem"},
			{fmt.Sprintf(`node(id: "%s")`, []string{id, dish}[w.generator.IntN(2)]), "Node"},
		} {
			if w.generator.IntN(7) == 0 {
				w.requireSameAnswer(who, w.generator.query("query", root.field, root.typename), w.randomConditions())
			}
		}
	}

	t.Logf("%d of %d answered without errors", w.succeeded, w.asked)
	require.Greater(t, w.succeeded, w.asked/2, "most operations are answered")
}

// A plan is kept for a document that is sent again, and must not be used for other variables.
func TestOneDocumentWithAllItsConditions(t *testing.T) {
	w := openServerPair(t)
	customer := w.signIn("customer")
	placed := customer.placed(w.delivery(portion{"Margherita", "LARGE", 2}))
	document := fmt.Sprintf(`query($a: Boolean!, $b: Boolean!, $c: Boolean!) { order(id: "%s") {
		id @skip(if: $a) number @include(if: $b) ... @include(if: $a) { id customer { name } } customer @include(if: $c) { id }
		...F @skip(if: $b) items { total }
	} order(id: "%[1]s") @include(if: $c) { version items { name } } }
	fragment F on Node { again: id ... on Order { totals { total @include(if: $a) tax } } }`, placed.ID)

	for range 3 {
		for n := range 8 {
			w.requireSameAnswer(customer, document, vars{"a": n&1 > 0, "b": n&2 > 0, "c": n&4 > 0})
		}
	}

	require.Equal(t, w.asked, w.succeeded)
}

func TestProjectedEventsAreThoseOfGqlgen(t *testing.T) {
	w := openServerPair(t)
	customer, manager := w.signIn("customer"), w.signIn("manager")
	start, events := manager.asOf(), 0
	ids := w.placeAwkwardOrders(customer, manager)

	for _, id := range ids {
		version := customer.order(id).Version
		events += version
		w.requireSameEvents(customer, watchOrder, vars{"id": id, "after": start}, version)
		for range 10 {
			w.requireSameEvents(customer, w.feed(`orderStatusChanged(orderId: "%s")`, id), w.randomConditions(), 1)
			w.requireSameEvents(customer, w.feed(`orderStatusChanged(orderId: "%s", after: "%s")`, id, start), w.randomConditions(), version)
		}
	}
	for range 10 {
		w.requireSameEvents(manager, w.feed(`kitchenFeed(after: "%s")`, start), w.randomConditions(), events)
	}
}

// feed returns a subscription with a random selection of its events.
func (w *serverPair) feed(field string, arguments ...any) string {
	return w.generator.query("subscription", fmt.Sprintf(field, arguments...), "OrderFeed")
}

// requireSameEvents subscribes at both servers and requires the same events, count of them. Each event but the last of
// an order shows the order as it was then.
func (w *serverPair) requireSameEvents(who *person, document string, v vars, count int) {
	w.Helper()
	projected, _ := who.through(w.first).eventStream(document, v, "")
	defer projected.cancel()
	plain, _ := who.through(w.plain).eventStream(document, v, "")
	defer plain.cancel()
	for range count {
		require.Equal(w, w.normalize(plain.nextRaw()), w.normalize(projected.nextRaw()), document)
	}
}
