package e2e_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAliasesOverTheLimit(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	rows := s.countWrittenRows()
	tooMany := expectedRefusal{status: 422, code: "TOO_MANY_ALIASES"}
	pay := func(alias string) string {
		return alias + `: processPayment(input: {idempotencyKey: "` + alias + marker + `", orderId: "x", paymentToken: "tok_ok"}) { userErrors { code } }`
	}
	signIn := func(alias string) string {
		return alias + `: signIn(input: {email: "customer@example.com", password: "` + alias + marker + `"}) { token }`
	}

	require.Empty(t, customer.do(`{`+repeat(15, " a%d: viewer { id }")+`}`, nil).Errors)
	for what, document := range map[string]string{
		"16 aliases":                    `{` + repeat(16, " "+marker+"%d: viewer { id }") + `}`,
		"16 aliases in a fragment":      `{ ...f } fragment f on Query {` + repeat(16, " "+marker+"%d: viewer { id }") + `}`,
		"16 aliases among operations":   `query a {` + repeat(8, " a%d: viewer { id }") + `} query b {` + repeat(8, " b%d: viewer { id }") + `}`,
		"102 mutations":                 `mutation {` + repeat(102, " "+marker+"%d: signOut { userErrors { code } }") + `}`,
		"two sign-ins":                  `mutation {` + signIn("a") + signIn("b") + `}`,
		"two sign-ins by fragments":     `mutation { ...a ... on Mutation {` + signIn("b") + `} } fragment a on Mutation {` + signIn("a") + `}`,
		"two payments":                  `mutation {` + pay("a") + pay("b") + `}`,
		"a sign-in and a payment":       `mutation {` + signIn("a") + pay("b") + `}`,
		"two payments, one left out":    `mutation {` + pay("a") + pay("b") + ` } query q { viewer { id } }`,
		"a payment in 15 nested pieces": `mutation {` + strings.Repeat("... on Mutation {", 15) + pay("a") + pay("b") + strings.Repeat("}", 15) + `}`,
	} {
		tooMany.require(t, customer.attack(document, nil), what)
	}
	require.Equal(t, rows, s.countWrittenRows())
	require.NotEmpty(t, customer.asOf(), "still signed in")
}

func TestDocumentOverTheTokenLimit(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	tooLarge := expectedRefusal{status: 400, code: "QUERY_TOO_LARGE", within: 20 * time.Millisecond}
	const most = 1000

	require.Empty(t, visitor.do(`{ menu {`+strings.Repeat(" id", most-5)+`} }`, nil).Errors)
	for what, document := range map[string]string{
		"one too many": `{ menu {` + strings.Repeat(" id", most-4) + `} }`,
		"comments":     `{ menu { id } }` + strings.Repeat("#"+marker+"\n", most),
		"braces":       strings.Repeat("{", 20_000),
		"spreads":      `{` + strings.Repeat("..."+marker, 10_000) + `}`,
		"a list":       `{ menuItem(id: [` + strings.Repeat("1 ", 10_000) + `]) { id } }`,
	} {
		tooLarge.require(t, visitor.attack(document, nil), what)
	}
}

// Names go into the paths of errors and the keys of data, so one long name would make any refusal long.
func TestNameOverTheLimit(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	long := strings.Repeat(marker, 2_000)
	tooLarge := expectedRefusal{status: 400, code: "QUERY_TOO_LARGE", within: 20 * time.Millisecond}
	for what, document := range map[string]string{
		"alias":     `{ ` + long + `: orders { asOf } }`,
		"field":     `{ ` + long + ` }`,
		"variable":  `query($` + long + `: Int!) { orders(first: $` + long + `) { asOf } }`,
		"argument":  `{ menu(` + long + `: 1) { id } }`,
		"operation": `query ` + long + ` { menu { id } }`,
		"enum":      `{ popularPizzas(period: ` + long + `) { name } }`,
	} {
		tooLarge.require(t, visitor.attack(document, nil), what)
	}
}

// fragmentBomb returns a document whose size doubles at each level: the body of each fragment gets the name of the next
// one in place of NEXT.
func fragmentBomb(root, kind, body, leaf string, levels int) string {
	for i := range levels {
		root += fmt.Sprintf(" fragment f%d on %s ", i, kind) + strings.ReplaceAll(body, "NEXT", fmt.Sprintf("f%d", i+1))
	}
	return root + fmt.Sprintf(" fragment f%d on %s ", levels, kind) + leaf
}

func TestFragmentBomb(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	tooComplex := expectedRefusal{status: 422, code: "QUERY_TOO_COMPLEX", within: 10 * time.Millisecond}
	const levels = 30
	dish := func(body string) string {
		return fragmentBomb(`{ menu { ...f0 } }`, "MenuItem", body, `{ id }`, levels)
	}

	for what, document := range map[string]string{
		"spreads":                 dish(`{ ...NEXT ...NEXT }`),
		"inline fragments":        dish(`{ ... on MenuItem { ...NEXT } ... { ...NEXT } }`),
		"inline on the interface": dish(`{ ... on Node { ... on MenuItem { ...NEXT } } ... on MenuItem { ...NEXT } }`),
		"directives":              dish(`{ ...NEXT @include(if: true) ...NEXT @skip(if: false) }`),
	} {
		tooComplex.require(t, visitor.attack(document, nil), what)
	}
	withPages := fragmentBomb(`query($n: Int!) { ...f0 }`, "Query", `{ ...NEXT ...NEXT }`, `{ orders(first: $n) { nodes { id } } }`, levels)
	for _, n := range []any{1, 100, "100"} {
		tooComplex.require(t, visitor.attack(withPages, vars{"n": n}), "pages of", n)
	}

	// A document that is known to be good is measured again with other variables.
	wide := `query($n: Int!) {` + repeat(15, " a%d: orders(first: $n) { nodes { id number version status fulfillment itemsCount } }") + `}`
	require.Equal(t, 200, s.signIn("customer").do(wide, vars{"n": 1}).status)
	tooComplex.require(t, visitor.attack(wide, vars{"n": 100}), "good with another variable")

	circle := expectedRefusal{status: 400, code: "GRAPHQL_VALIDATION_FAILED"}
	circle.require(t, visitor.attack(`{ menu { ...f0 } } `+repeat(30, "fragment f%[1]d on MenuItem { ...f0 ...f1 ...f%[1]d } "), nil), "in circles")
}

func TestDepthOverTheLimit(t *testing.T) {
	s := openProduction(t)
	visitor := s.visitor()
	tooDeep := expectedRefusal{status: 422, code: "QUERY_TOO_DEEP"}
	nested := func(levels int) string {
		return strings.Repeat("{ "+marker+" ", levels-1) + "{ id }" + strings.Repeat("}", levels-1)
	}

	notTooDeep := expectedRefusal{status: 400, code: "GRAPHQL_VALIDATION_FAILED"}
	notTooDeep.require(t, visitor.attack(nested(12), nil), "12 levels")
	for what, document := range map[string]string{
		"13 levels":            nested(13),
		"300 levels":           nested(300),
		"13 levels by spreads": `{ orderHistory { orders { nodes { ...f } } } } fragment f on Order ` + nested(10),
		"13 levels by inline":  `{ node(id: "x") { ... on Order ` + nested(12) + `} }`,
	} {
		tooDeep.require(t, visitor.attack(document, nil), what)
	}
}

func TestPagesOverTheLimit(t *testing.T) {
	s := openProduction(t)
	customer := s.signIn("customer")
	refused := expectedRefusal{status: 422, code: "BAD_USER_INPUT"}

	for _, document := range []string{
		`{ orders(first: 1000000) { asOf } }`, `{ orders(first: 101) { asOf } }`, `{ orders(first: -1) { asOf } }`,
		`{ orders(first: 99999999999999999999) { asOf } }`, `{ orderHistory { orders(first: 1000000) { asOf } } }`,
		`{ popularPizzas(limit: 1000000) { name } }`, `query($n: Int = 1000000) { orders(first: $n) { asOf } }`,
		`{ ...f } fragment f on Query { orders(first: 1000000) { asOf } }`,
	} {
		refused.require(t, customer.attack(document, nil), document)
	}
	ids := make([]string, 101)
	refused.require(t, customer.attack(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, vars{"ids": ids}), "101 ids")
	refused.require(t, customer.attack(`{ nodes(ids: [`+strings.Repeat(`"1" `, 101)+`]) { id } }`, nil), "101 ids, literally")
	require.Empty(t, customer.do(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, vars{"ids": ids[:100]}).Errors)
	for _, first := range []any{1_000_000, -1, 1e6, 1e99, "1000000", "-1"} {
		refused.require(t, customer.attack(`query($n: Int!) { orders(first: $n) { asOf } }`, vars{"n": first}), first)
	}
	require.Empty(t, customer.do(`{ orders(first: 100) { asOf } }`, nil).Errors)
}

func TestAThousandDirectives(t *testing.T) {
	s := openProduction(t)
	config := s.config
	config.Limits.Tokens = 10_000
	lenient := s.serve(config)
	visitor := s.visitor()
	directives := func(n int) string { return `{ menu { id` + repeat(n, " @"+marker+"%d") + ` } }` }

	expectedRefusal{status: 400, code: "QUERY_TOO_LARGE"}.require(t, visitor.attack(directives(1000), nil))
	expectedRefusal{status: 400, code: "GRAPHQL_VALIDATION_FAILED"}.require(t, visitor.attack(directives(490), nil))
	many := expectedRefusal{status: 400, code: "GRAPHQL_VALIDATION_FAILED"}.require(t, visitor.through(lenient).attack(directives(1000), nil))
	require.Len(t, many.Errors, 10)
}
