package guard_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"pizzeria/internal/platform/transport/guard"
)

// FuzzDocument sends any document: it is admitted and can be carried out, or refused soon, in few words and with a code, and
// the parts of the schema stay unnamed.
func FuzzDocument(f *testing.F) {
	for _, document := range []string{
		bomb(30), "{" + repeat(16, "a%d: node { id } ") + "}", nested(13), pairs(5), circle(6), mesh(6),
		"query($n: Int! = 5) { page(first: $n) { nodes { list { id } } } }", "query($n: Int!, $n: [Int]) { page(first: $n, last: $n) { nodes { id } } }",
		"{ page(first: 1000000) { nodes { id } } }", "{ page(first: 1e99) { nodes { id } } }", "{ page(first: -1) { nodes { id } } }", "{ page(first: {a: [1]}) { nodes { id } } }",
		"mutation { signIn a: signIn ...f } fragment f on Mutation { pay ...f }", "{ __schema { types { fields { type { fields { name } } } } } }",
		`{ size(of: "SMALL") ... @include(if: $x) { node } } #`, `{ size(of: """` + "\n" + `""") }`, "\ufeff{ node { id } }", "{ node { id } } \x00", "{ a(b: \"\\u{110000}\") }",
		"subscription { node { id } other }", "subscription { node { id } again: node { id } }", "subscription { __typename }", "subscription { node @skip(if: true) { id } }", "subscription { ...f } fragment f on Subscription { ... @include(if: false) { other } }",
		"query($n: Boolean = true) { node @include(if: $n) { id } }", "{ node(at: 1e400) { id } }", "query($n: At = 99999999999999999999) { node(at: [{a: $n}]) { id } }", "schema { query: Query }", "type A { b: C } extend type Query { x: Int }", "{ node { ... on { id } } }", "query query { query: node { on: id } }",
		"{" + strings.Repeat(" node @skip(if: true)", 200) + "}", "{ size(of: " + strings.Repeat("[", 400) + strings.Repeat("]", 400) + ") }", "",
	} {
		f.Add(document, "n", "7")
	}
	f.Add("query($n: Boolean = true) { node @include(if: $n) { id } }", "n", `null`)
	f.Add("query($n: Int) { page(first: $n) { nodes { id } } }", "n", `1e400`)
	f.Add("query($n: Int) { page(first: $n) { nodes { id } } }", "n", `"100"`)
	f.Add("query($n: [Size!]) { size(of: $n) }", "n", `[{"a": null}]`)
	f.Fuzz(func(t *testing.T, document, name, value string) {
		variables := map[string]any{}
		d := json.NewDecoder(strings.NewReader(value))
		d.UseNumber()
		var given any
		if d.Decode(&given) == nil {
			variables[name] = given
		}
		g := open(guard.Limits{Once: []string{"signIn", "pay"}})
		for range 2 { // the second time from the cache, if it was good
			began := time.Now()
			op, errs := g.create(document, variables)
			require.Less(t, time.Since(began), 10*time.Second)
			require.LessOrEqual(t, len(errs), 10)
			text, err := json.Marshal(errs)
			require.NoError(t, err)
			require.Less(t, len(text), 8000)
			for _, e := range errs {
				require.NotEmpty(t, e.Extensions["code"])
				require.NotContains(t, e.Message, "NodeConnection")
				require.Empty(t, e.Path)
			}
			if errs == nil {
				carryOut(t, op)
			}
		}
	})
}

// carryOut does with the document what the executor does before it asks resolvers.
func carryOut(t *testing.T, op *graphql.OperationContext) {
	t.Helper()
	left := 20_000
	var visit func(ast.SelectionSet) int
	visit = func(set ast.SelectionSet) int {
		fields := graphql.CollectFields(op, set, []string{"Query", "Mutation", "Subscription", "NodeConnection", "NodeEdge", "Node"})
		for _, f := range fields {
			f.ArgumentMap(op.Variables)
			if left--; left > 0 {
				visit(f.Selections)
			}
		}
		return len(fields)
	}
	fields := visit(op.Operation.SelectionSet)
	if op.Operation.Operation == ast.Subscription {
		require.Equal(t, 1, fields)
	}
}
