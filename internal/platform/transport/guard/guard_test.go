package guard_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/transport/guard"
)

const sdl = `
scalar At
input OrderInput { sizes: [Size!]! then: [OrderInput!] }
type Query { order(in: OrderInput!): Int node(at: At): Node! list: [Node!]! page(first: Int! = 10, last: Int): NodeConnection! best(limit: Int! = 10): [Node!]! size(of: Size): Int nodes(ids: [ID!]!): [Node]! }
type Mutation { signIn: Int pay: Int other: Int }
type Subscription { node: Node other: Int }
type NodeConnection { nodes: [Node!]! edges: [NodeEdge!]! }
type NodeEdge { node: Node! }
type Node { id: ID! node: Node! list: [Node!]! a: Node b: Node }
enum Size { SMALL LARGE }
`

// executable can be asked about, but runs nothing: what gets that far was admitted.
type executable struct{ schema *ast.Schema }

func (e executable) Schema() *ast.Schema { return e.schema }

func (executable) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}
func (executable) Exec(context.Context) graphql.ResponseHandler { return nil }

type gate struct{ *guard.Executor }

func open(limits guard.Limits) gate {
	es := executable{gqlparser.MustLoadSchema(&ast.Source{Name: "nodes.graphqls", Input: sdl})}
	return gate{guard.New(es, limits, guard.Rate{}, guard.Clients{})}
}

func (g gate) try(query string, variables ...map[string]any) gqlerror.List {
	_, errs := g.create(query, variables...)
	return errs
}

func (g gate) create(query string, variables ...map[string]any) (*graphql.OperationContext, gqlerror.List) {
	params := &graphql.RawParams{Query: query}
	for _, v := range variables {
		params.Variables = v
	}
	return g.CreateOperationContext(graphql.StartOperationTrace(context.Background()), params)
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query  string
		code   string
		status int
	}{
		"15 aliases":           {"{" + repeat(15, "a%d: node { id } ") + "}", "", 0},
		"16 aliases":           {"{" + repeat(16, "a%d: node { id } ") + "}", "TOO_MANY_ALIASES", 422},
		"102 mutations":        {"mutation {" + repeat(102, "a%d: other ") + "}", "TOO_MANY_ALIASES", 422},
		"aliases in fragments": {"{ node { ...f } } fragment f on Node {" + repeat(16, "a%d: id ") + "}", "TOO_MANY_ALIASES", 422},
		"one sign-in":          {"mutation { signIn other }", "", 0},
		"two sign-ins":         {"mutation { signIn again: signIn }", "TOO_MANY_ALIASES", 422},
		"sign-in and payment":  {"mutation { signIn ...f } fragment f on Mutation { pay }", "TOO_MANY_ALIASES", 422},
		"1,000 tokens":         {"{" + strings.Repeat("__typename ", 998) + "}", "", 0},
		"1,001 tokens":         {"{" + strings.Repeat("__typename ", 999) + "}", "QUERY_TOO_LARGE", 400},
		"1,000 comments":       {"{ node { id } } " + strings.Repeat("#\n", 1000), "QUERY_TOO_LARGE", 400},
		"12 deep":              {nested(11), "", 0},
		"13 deep":              {nested(12), "QUERY_TOO_DEEP", 422},
		"13 deep by fragment":  {"{ node { ...f } } fragment f on Node " + strings.Repeat("{ node ", 11) + "{ id }" + strings.Repeat("}", 11), "QUERY_TOO_DEEP", 422},
		"a page":               {"{ page(first: 100) { nodes { id list { id } } edges { node { id } } } }", "", 0},
		"lists in a page":      {"{ page(first: 100) { nodes { list { list { id } } } } }", "QUERY_TOO_COMPLEX", 422},
		"lists in lists":       {"{ list { list { list { list { id } } } } }", "QUERY_TOO_COMPLEX", 422},
		"a huge page":          {"{ page(first: 1000000) { nodes { id } } }", "BAD_USER_INPUT", 422},
		"an overflowing page":  {"{ page(first: 99999999999999999999) { nodes { id } } }", "BAD_USER_INPUT", 422},
		"a negative page":      {"{ page(last: -1) { nodes { id } } }", "BAD_USER_INPUT", 422},
		"a huge limit":         {"{ best(limit: 101) { id } }", "BAD_USER_INPUT", 422},
		"100 ids":              {"{ nodes(ids: [" + strings.Repeat("1 ", 100) + "]) { id } }", "", 0},
		"101 ids":              {"{ nodes(ids: [" + strings.Repeat("1 ", 101) + "]) { id } }", "BAD_USER_INPUT", 422},
		"lists of 100 ids":     {"{ nodes(ids: [" + strings.Repeat("1 ", 100) + "]) { list { list { id } } } }", "QUERY_TOO_COMPLEX", 422},
		"lists of one id":      {"{ nodes(ids: 1) { list { list { list { id } } } } }", "", 0},
		"circle":               {"{ node { ...f } } fragment f on Node { node { ...f } }", "GRAPHQL_VALIDATION_FAILED", 400},
		"unknown fragment":     {"{ node { ...f } }", "GRAPHQL_VALIDATION_FAILED", 400},
		"nothing":              {"fragment f on Node { id }", "GRAPHQL_PARSE_FAILED", 400},
		"introspection":        {"{ __schema { types { name } } }", "INTROSPECTION_DISABLED", 422},
		"hidden introspection": {"{ ...f } fragment f on Query { __type(name: \"Node\") { name } }", "INTROSPECTION_DISABLED", 422},
		"type name":            {"{ __typename node { __typename } }", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			errs := open(guard.Limits{Once: []string{"signIn", "pay"}}).try(c.query)
			if c.code == "" {
				require.Empty(t, errs)
				return
			}
			require.Equal(t, c.code, errs[0].Extensions["code"])
			refusal, ok := guard.RefusalOf(errs)
			require.True(t, ok)
			require.Equal(t, c.status, refusal.Status)
		})
	}
}

func TestAVariableSizeIsMeasuredEachTime(t *testing.T) {
	t.Parallel()
	g := open(guard.Limits{})
	const query = `query($n: Int! = 5) { page(first: $n) { nodes { list { list { id } } } } }`
	number := func(text string) map[string]any { return map[string]any{"n": json.Number(text)} }

	require.Empty(t, g.try(query))
	require.Empty(t, g.try(query, number("50")))
	require.Equal(t, "QUERY_TOO_COMPLEX", g.try(query, number("100"))[0].Extensions["code"])
	require.Equal(t, "BAD_USER_INPUT", g.try(query, number("1000000"))[0].Extensions["code"])
	require.Equal(t, "BAD_USER_INPUT", g.try(query, number("-1"))[0].Extensions["code"])
	require.Equal(t, "BAD_USER_INPUT", g.try(query, number("1e99"))[0].Extensions["code"])
	require.Empty(t, g.try(query, number("50")))
}

func TestIDsInAVariableAreCountedEachTime(t *testing.T) {
	t.Parallel()
	g := open(guard.Limits{})
	const query = `query($ids: [ID!]! = ["1"]) { nodes(ids: $ids) { list { list { id } } } }`
	ids := func(n int) map[string]any { return map[string]any{"ids": slices.Repeat([]any{"1"}, n)} }

	require.Empty(t, g.try(query, ids(80)))
	require.Equal(t, "QUERY_TOO_COMPLEX", g.try(query, ids(100))[0].Extensions["code"])
	require.Equal(t, "BAD_USER_INPUT", g.try(query, ids(101))[0].Extensions["code"])
	require.Equal(t, "QUERY_TOO_COMPLEX", g.try(query)[0].Extensions["code"], "a default isn't counted")
	require.Empty(t, g.try(query, map[string]any{"ids": "1"}))
	require.Empty(t, g.try(query, ids(80)))
}

// What the executor doesn't expect, it panics at.
func TestTheExecutorIsNotTripped(t *testing.T) {
	t.Parallel()
	null := map[string]any{"x": nil}
	for name, c := range map[string]struct {
		query string
		code  string
	}{
		"a condition":                 {"query($x: Boolean = true) { node @include(if: $x) { id } }", ""},
		"null for a condition":        {"query($x: Boolean = true) { node @include(if: $x) { id } }", "BAD_USER_INPUT"},
		"null in a fragment":          {"query($x: Boolean = true) { ...f } fragment f on Query { ... @skip(if: $x) { node { id } } }", "BAD_USER_INPUT"},
		"null where it may be":        {"query($x: Int) { page(last: $x) { nodes { id } } }", ""},
		"a large number":              {"{ node(at: 9223372036854775807) { id } }", ""},
		"a number too large":          {"{ node(at: 9223372036854775808) { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"a fraction too large":        {"{ node(at: [{a: 1e400}]) { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"a default too large":         {"query($y: At = 1e400) { node(at: $y) { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"a subscription":              {"subscription { node { id @skip(if: true) } }", ""},
		"a conditional subscription":  {"subscription { node @skip(if: true) { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"a conditional spread":        {"subscription { ...f @include(if: false) } fragment f on Subscription { node { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"a field twice":               {"subscription { node { id } node { a { id } } ...f } fragment f on Subscription { node { id } }", ""},
		"two aliases":                 {"subscription { node { id } again: node { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"two aliases by fragments":    {"subscription { ...f ... on Subscription { again: node { id } } } fragment f on Subscription { node { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"two fields":                  {"subscription { node { id } other }", "GRAPHQL_VALIDATION_FAILED"},
		"one of two operations":       {"query a { node { id } } subscription b { node { id } again: node { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"the type of a subscription":  {"subscription { __typename }", "GRAPHQL_VALIDATION_FAILED"},
		"the type beside a field":     {"subscription { __typename: node { id } ...f } fragment f on Subscription { x: __typename }", "GRAPHQL_VALIDATION_FAILED"},
		"the schema of a mutation":    {"mutation { __schema { types { name } } }", "INTROSPECTION_DISABLED"},
		"a condition within a spread": {"subscription { ...f } fragment f on Subscription { ... { node @include(if: false) { id } } }", "GRAPHQL_VALIDATION_FAILED"},
	} {
		variables := null
		if name == "a condition" {
			variables = map[string]any{"x": false}
		}
		errs := open(guard.Limits{}).try(c.query, variables)
		if c.code == "" {
			require.Empty(t, errs, name)
		} else {
			require.Len(t, errs, 1, name)
			require.Equal(t, c.code, errs[0].Extensions["code"], name)
		}
	}
	g := open(guard.Limits{}) // also once the document is known to be good
	const conditional = "query($x: Boolean = true) { node @include(if: $x) { id } }"
	require.Empty(t, g.try(conditional))
	require.Equal(t, "BAD_USER_INPUT", g.try(conditional, null)[0].Extensions["code"])
}

// The times are for one slow, busy processor; the guard's own share is well under a millisecond.
func TestAttacksAreRefusedQuickly(t *testing.T) {
	t.Parallel()
	wide := "{" + strings.Repeat(" node { node { id } }", 120) + "}"
	for name, c := range map[string]struct{ query, code string }{
		"fragment bomb":        {bomb(30), "QUERY_TOO_COMPLEX"},
		"inline bomb":          {"{" + strings.Repeat(" node { ...f ...f ...f ", 6) + strings.Repeat("}", 6) + "} fragment f on Node { list { list { list { list { id } } } } }", "QUERY_TOO_COMPLEX"},
		"same fields":          {wide, ""},
		"deep pairs":           {"{ " + pairs(7) + " }", ""},
		"1,000 directives":     {"{ node" + strings.Repeat(" @x", 480) + " { id } }", "GRAPHQL_VALIDATION_FAILED"},
		"unknown fields":       {"{" + repeat(900, "f%d ") + "}", "GRAPHQL_VALIDATION_FAILED"},
		"undefined variables":  {"{" + strings.Repeat("size(of: $x) ", 120) + "}", "GRAPHQL_VALIDATION_FAILED"},
		"long name":            {"{ " + strings.Repeat("n", 200_000) + " }", "QUERY_TOO_LARGE"},
		"long string":          {`{ size(of: "` + strings.Repeat("n", 200_000) + `") }`, "GRAPHQL_VALIDATION_FAILED"},
		"tokens":               {strings.Repeat("{", 200_000), "QUERY_TOO_LARGE"},
		"deep list":            {"{ size(of: " + strings.Repeat("[", 450) + strings.Repeat("]", 450) + ") }", "GRAPHQL_VALIDATION_FAILED"},
		"fragments in circles": {"{ node { ...f0 } }" + circle(60), "QUERY_TOO_DEEP"},
		"spreads of spreads":   {"{ node { ...f0 } }" + mesh(15), ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := open(guard.Limits{Introspection: true})
			started := time.Now()
			errs := g.try(c.query)
			took := time.Since(started)

			t.Log(took)
			require.Less(t, took, 500*time.Millisecond)
			require.LessOrEqual(t, len(errs), 10)
			text, err := json.Marshal(errs)
			require.NoError(t, err)
			require.Less(t, len(text), 8000)
			if c.code == "" {
				require.Empty(t, errs)
			} else {
				require.Equal(t, c.code, errs[0].Extensions["code"])
			}
		})
	}
}

func TestNothingIsSuggested(t *testing.T) {
	t.Parallel()
	for _, limits := range []guard.Limits{{}, {Introspection: true}} {
		g := open(limits)
		for _, query := range []string{
			`{ nodee { id } }`, `{ node }`, `{ page(frst: 1) { nodes { id } } }`, `{ size(of: SMAL) }`, `{ size(of: "SMALL") }`,
			`{ node { ...f } } fragment f on Nodee { id }`, `{ node @skp(if: true) { id } }`, `{ node @skip(iff: true) { id } }`,
		} {
			errs := g.try(query)
			require.NotEmpty(t, errs, query)
			for _, err := range errs {
				require.NotContains(t, strings.ToLower(err.Message), "did you mean", query)
				require.NotContains(t, err.Message, "{ ... }", query)
				require.NotContains(t, err.Message, "SMAL", query)
				if !limits.Introspection {
					require.NotContains(t, err.Message, "Node", query)
				}
			}
		}
	}
}

func TestGraphiQLMayIntrospect(t *testing.T) {
	t.Parallel()
	const typeRef = `kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }`
	require.Empty(t, open(guard.Limits{Introspection: true}).try(`query IntrospectionQuery {
		__schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
			types { ...FullType } directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } }
	}
	fragment FullType on __Type { kind name description specifiedByURL isOneOf
		fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
		inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
		enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
	fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
	fragment TypeRef on __Type { `+typeRef+` }`))
}

func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func nested(n int) string {
	return strings.Repeat("{ node ", n) + "{ id }" + strings.Repeat("}", n)
}

// bomb doubles at each level.
func bomb(levels int) string {
	var b strings.Builder
	b.WriteString("{ node { ...f0 } }")
	for i := range levels {
		fmt.Fprintf(&b, " fragment f%d on Node { ...f%d ...f%d }", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment f%d on Node { id }", levels)
	return b.String()
}

func circle(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Node { a { ...f%d } b { ...f%d } }", i, (i+1)%n, (i+7)%n)
	}
	return b.String()
}

// mesh spreads every later fragment in each.
func mesh(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Node { id", i)
		for j := i + 1; j < min(n, i+3); j++ {
			fmt.Fprintf(&b, " ...f%d", j)
		}
		b.WriteString(" }")
	}
	return b.String()
}

// pairs repeats each field twice at each level, for validation to merge.
func pairs(levels int) string {
	if levels == 0 {
		return "id"
	}
	inner := pairs(levels - 1)
	return "node { " + inner + " } node { " + inner + " }"
}
