package e2e_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIntrospectionInProduction(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	disabled := expectedRefusal{status: 422, code: "INTROSPECTION_DISABLED"}
	for _, document := range []string{
		introspection, `{ __type(name: "Order") { name } }`, `{ a: __schema { types { name } } }`,
		`{ ...f } fragment f on Query { ... on Query { __schema { queryType { name } } } }`,
		`query($no: Boolean = false) { menu { id } __schema @include(if: $no) { queryType { name } } }`,
	} {
		disabled.require(t, visitor.attack(document, nil), document)
	}
	disabled.require(t, func() answer {
		return visitor.send(http.MethodGet, s.first.url+`/graphql?query={__schema{types{name}}}`, "")
	}, "by GET")
	require.Contains(t, visitor.connect().subscribe(`{ __schema { types { name } } }`, nil).awaitEnd(), "INTROSPECTION_DISABLED")
	require.Empty(t, visitor.do(`{ __typename menu { __typename } }`, nil).Errors, "clients need the name of a type")

	status, _, _ := visitor.fetch(http.MethodGet, s.first.url+"/playground", nil)
	require.Equal(t, 404, status)
}

func TestSuggestionsInProduction(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	silent := func(a answer, hidden string) {
		require.NotEmpty(t, a.Errors, hidden)
		require.NotContains(t, a.body, "mean")
		require.NotContains(t, a.body, hidden)
	}
	for document, hidden := range map[string]string{
		`{ menus { id } }`:                            `menu`,
		`{ menu { nam } }`:                            `name`,
		`{ menu(categorie: "x") { id } }`:             `category`,
		`{ popularPizzas(period: TODAI) { name } }`:   `TODAY`,
		`{ popularPizzas(period: "TODAY") { name } }`: `Period`,
		`{ menu }`:                                                               `MenuItem`,
		`{ menu { ... on MenuItems { id } } }`:                                   `MenuItem`,
		`{ menu { id @skipp(if: true) } }`:                                       `skip `,
		`{ menu { id @skip(iff: true) } }`:                                       `if `,
		`{ menuItem { id } }`:                                                    `"id"`,
		`{ orders(filter: {status: [READY]}) { asOf } }`:                         `statuses`,
		`{ menu @hasRole { id } }`:                                               `any`,
		`mutation { cancelOrder(input: {}) { order { id } } }`:                   `orderId`,
		`mutation { cancelOrder(input: {orderIds: "x"}) { order { id } } }`:      `orderId`,
		`subscription { kitchenFeeds { __typename } }`:                           `kitchenFeed`,
		`query($f: OrderFilters) { orders(filter: $f) { asOf } }`:                `OrderFilter`,
		`query($p: String!) { popularPizzas(period: $p) { name } }`:              `Period`,
		`query($p: Period!, $p: Period!) { popularPizzas(period: $p) { name } }`: `TODAY`,
	} {
		a := customer.do(document, vars{"p": "TODAI"})
		require.Equal(t, "GRAPHQL_VALIDATION_FAILED", a.Errors[0].Extensions.Code, a.body)
		silent(a, hidden)
	}
	const cancel = `mutation($in: OrderActionInput!) { cancelOrder(input: $in) { order { id } } }`
	for document, cases := range map[string]map[string]any{
		`query($p: Period!) { popularPizzas(period: $p) { name } }`: {`TODAY`: vars{"p": "TODAI"}, `Period`: vars{"p": 1}},
		cancel: {`orderId`: vars{"in": vars{}}, `orderid`: vars{"in": vars{"order": "x"}}, `OrderActionInput`: vars{"in": 1}},
		`query($f: OrderFilter) { orders(filter: $f) { asOf } }`: {
			`statuses`: vars{"f": vars{"status": "READY"}}, `READY`: vars{"f": vars{"statuses": []string{"REDY"}}},
		},
	} {
		for hidden, v := range cases {
			a := customer.do(document, v.(vars))
			require.Equal(t, "BAD_USER_INPUT", a.code(), a.body)
			silent(a, hidden)
		}
	}
}
