package projection

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

const shopSchema = `
	directive @secret on FIELD_DEFINITION
	directive @weight on FIELD_DEFINITION
	scalar Any
	enum Colour { RED GREEN }
	interface Named { name: String! }
	type Thing implements Named {
		id: ID! name: String! note: String count: Int! price: Float ready: Boolean colour: Colour! any: Any
		part: Part! spare: Part parts: [Part!]! maybe: [Part] tags: [String!] grid: [[Int!]!]
		hidden: String @secret sized(cm: Int): String other: Named old: String @deprecated heavy: [Int!] @weight
	}
	type Part { id: ID! name: String thing: Part hush: String @secret }
	type Query { thing: Thing things: [Thing!]! }`

// planned is the plan for a selection on a Thing; nil if there can be none.
func planned(t testing.TB, selection string) *Plan {
	t.Helper()
	op, f := asked(t, selection)
	p := plans{schema: op.schema}
	return p.of(op.OperationContext, f, false)
}

type operation struct {
	*graphql.OperationContext
	schema *ast.Schema
}

// asked is a question for a thing. After the selection may come fragments, the last without its brace.
func asked(t testing.TB, selection string) (operation, graphql.CollectedField) {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Input: shopSchema})
	require.NoError(t, err)
	document, errs := gqlparser.LoadQueryWithRules(schema, `query($yes: Boolean! = true, $no: Boolean! = false) {
		_: __typename @skip(if: $yes) @include(if: $no) thing `+selection+` }`, rules.NewDefaultRules())
	require.Empty(t, errs)
	f := document.Operations[0].SelectionSet[1].(*ast.Field)
	op := operation{&graphql.OperationContext{Doc: document}, schema}
	return op, graphql.CollectedField{Field: f, Selections: f.SelectionSet}
}
