package e2e_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

func TestResolverError(t *testing.T) {
	s := open(t)
	logging, log := s.serveLogging(func(c *server.Config) { c.Playground = false })
	customer := s.signIn("customer").through(logging)
	placed := customer.placed(s.margherita())
	for _, name := range []string{"menu_view", "order_view", "order_items"} {
		_, err := s.db.Pool.Exec(t.Context(), `ALTER TABLE public.`+name+` RENAME TO `+name+`_gone`)
		require.NoError(t, err)
		t.Cleanup(func() {
			_, err := s.db.Pool.Exec(context.Background(), `ALTER TABLE public.`+name+`_gone RENAME TO `+name)
			require.NoError(t, err)
		})
	}
	hidden := expectedRefusal{status: 200, code: "INTERNAL_SERVER_ERROR"}

	for _, document := range []string{
		`{ menu { id } }`, `{ order(id: "` + placed.ID + `") { id } }`,
		`mutation { cancelOrder(input: {orderId: "` + placed.ID + `", reason: "` + marker + `"}) { order { id } userErrors { code } } }`,
	} {
		failed := hidden.require(t, customer.attack(document, nil), document)

		for _, inside := range []string{"_view", "order_items", "SQL", "relation", "42P01", "pq", "pgx", ".go"} {
			require.NotContains(t, failed.body, inside, document)
		}
		id := failed.header.Get("X-Request-Id")
		require.Contains(t, failed.body, `"requestId":"`+id+`"`)
		require.Regexp(t, `"request failed".*42P01.*"request_id":"`+id+`"`, log.String())
	}
	require.NotContains(t, log.String(), marker)
}

func TestAPriceInTheInput(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	rows := s.countWrittenRows()
	item := func(field string) []vars {
		return []vars{{"menuItemId": s.menu["Margherita"], "size": "MEDIUM", "quantity": 1, field: 1}}
	}
	for _, field := range []string{"price", "unitPrice", "total", "totals", "subtotal", "discount", "tax", "deliveryFee", "amount", "status", "customerId"} {
		for _, basket := range []basket{s.margherita().with(field, 1), s.margherita().with("items", item(field))} {
			wrong := expectedRefusal{status: 400, code: "BAD_USER_INPUT"}
			wrong.require(t, customer.attack(placeOrder+orderFragment+refusedFragment, vars{"in": basket}), field)
		}
		unknown := expectedRefusal{status: 400, code: "GRAPHQL_VALIDATION_FAILED"}
		unknown.require(t, customer.attack(`mutation { placeOrder(input: {`+field+`: 1}) { order { id } } }`, nil), field)
	}
	require.Equal(t, rows, s.countWrittenRows())
	require.EqualValues(t, 990, customer.placed(s.margherita()).Totals.Subtotal)
}

func TestQuantitiesOutOfRange(t *testing.T) {
	s := openProduction(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	rows := s.countWrittenRows()
	items := func(quantity any) []vars {
		return []vars{
			{"menuItemId": s.menu["Cola"], "size": "ONE_SIZE", "quantity": 1},
			{"menuItemId": s.menu["Margherita"], "size": "SMALL", "quantity": quantity},
		}
	}
	for name, c := range map[string]struct {
		field string
		value any
		path  string
	}{
		"no quantity":          {"items", items(0), "items 1 quantity"},
		"negative quantity":    {"items", items(-1), "items 1 quantity"},
		"large quantity":       {"items", items(51), "items 1 quantity"},
		"overflow of 32 bits":  {"items", items(1 << 33), "items 1 quantity"},
		"least quantity":       {"items", items(math.MinInt64), "items 1 quantity"},
		"negative tip":         {"tip", -1, "tip"},
		"large tip":            {"tip", 100_000_001, "tip"},
		"a tip that overflows": {"tip", math.MaxInt64, "tip"},
	} {
		refused := customer.refused(customer.place(s.margherita().with(c.field, c.value)))
		require.Equal(t, "BAD_USER_INPUT", refused.Code, name)
		require.Equal(t, c.path, strings.Join(refused.Path, " "), name)
	}
	for name, c := range map[string]struct {
		status int
		basket basket
	}{
		"quantity beyond 64 bits": {400, s.margherita().with("items", items(1e20))},
		"a fraction of a pizza":   {400, s.margherita().with("items", items(0.5))},
		"quantity as text":        {400, s.margherita().with("items", items(marker))},
		// An amount is a scalar of this API, which is read when the field is resolved.
		"tip beyond 64 bits":   {200, s.margherita().with("tip", 1e20)},
		"a fraction of a cent": {200, s.margherita().with("tip", 1.5)},
		"tip as text":          {200, s.margherita().with("tip", "100"+marker)},
	} {
		wrong := expectedRefusal{status: c.status, code: "BAD_USER_INPUT"}
		wrong.require(t, customer.attack(placeOrder+orderFragment+refusedFragment, vars{"in": c.basket}), name)
	}
	for _, quantity := range []string{"99999999999999999999", "-99999999999999999999", "1e3", `"1"`, "2147483648"} {
		a := customer.do(`mutation { placeOrder(input: {idempotencyKey: "`+uuid.NewString()+`", fulfillment: PICKUP, paymentMethod: CASH,
			items: [{menuItemId: "`+s.menu["Cola"]+`", size: ONE_SIZE, quantity: `+quantity+`}]}) { order { id } userErrors { code } } }`, nil)
		require.Regexp(t, `BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED`, a.body, quantity)
		require.NotContains(t, requestID.ReplaceAllString(a.body, ""), quantity)
	}
	for _, document := range []string{
		`mutation { done: setStock(input: {ingredientId: "x", onHand: -1}) { userErrors { code } } }`,
		`mutation { done: createIngredient(input: {idempotencyKey: "k", name: "Air", stock: [{onHand: -1}]}) { userErrors { code } } }`,
		`mutation { done: createIngredient(input: {idempotencyKey: "k", name: "Air", stock: [{onHand: 1}], lowThreshold: -1}) { userErrors { code } } }`,
		`mutation { done: updateMenuItem(input: {id: "x", prices: [{size: SMALL, price: -1}]}) { userErrors { code } } }`,
		`mutation { done: updateMenuItem(input: {id: "x", prices: [{size: SMALL, price: 100000001}]}) { userErrors { code } } }`,
	} {
		require.JSONEq(t, `{"done": {"userErrors": [{"code": "BAD_USER_INPUT"}]}}`, string(manager.do(document, nil).Data), document)
	}
	require.Equal(t, rows, s.countWrittenRows())
}
