package guard_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport/guard"
)

// For developers, an error says where something is wrong and what was expected; never which value was there.
func TestErrorsExplainThemselvesToDevelopers(t *testing.T) {
	t.Parallel()
	const secret = "zzsecretzz"
	in := func(v any) map[string]any { return map[string]any{"in": v} }
	const order = "\nquery($in: OrderInput!, $n: Int) { order(in: $in) best(limit: $n) { id } }"
	for what, c := range map[string]struct {
		query        string
		variables    map[string]any
		message      string
		line, column int
	}{
		"a missing brace":       {"{ node {\n id ", nil, `Syntax error: Expected Name, found <EOF>`, 2, 5},
		"a wrong mark":          {"{ node { id } }\n}", nil, `Syntax error: Unexpected }`, 2, 1},
		"a text":                {`{ "` + secret + `" }`, nil, `Syntax error: Expected Name, found String`, 1, 4},
		"a text without an end": {`{ node(at: "` + secret, nil, `Syntax error: Unterminated string.`, 1, 23},
		"a value":               {`{ best(limit: "` + secret + `") { id } }`, nil, `A value of type Int was expected here.`, 1, 16},
		"no value":              {`{ best(limit: null) { id } }`, nil, `A value of type Int! was expected here.`, 1, 15},
		"an enum":               {`{ size(of: ` + secret + `) }`, nil, `A value of type Size was expected here.`, 1, 12},
		"an enum as a text":     {`{ size(of: "` + secret + `") }`, nil, `A value of type Size was expected here.`, 1, 13},
		"a variable":            {order, map[string]any{"in": map[string]any{"sizes": []any{}}, "n": secret}, `Variable $n: Int was expected.`, 2, 25},
		"a variable left out":   {order, nil, `Variable $in: OrderInput! was expected.`, 2, 7},
		"within":                {order, in(map[string]any{"sizes": []any{"SMALL", secret}}), `Variable $in.sizes[1]: Size! was expected.`, 2, 7},
		"within one":            {order, in(map[string]any{"sizes": secret}), `Variable $in.sizes[0]: Size! was expected.`, 2, 7},
		"nothing within":        {order, in(map[string]any{}), `Variable $in.sizes: [Size!]! was expected.`, 2, 7},
		"null within":           {order, in(map[string]any{"sizes": nil}), `Variable $in.sizes: [Size!]! was expected.`, 2, 7},
		"an unknown field":      {order, in(map[string]any{"sizes": []any{}, "size": secret}), `Variable $in: OrderInput has no field "size".`, 2, 7},
		"deep":                  {order, in(map[string]any{"sizes": []any{}, "then": []any{map[string]any{"sizes": []any{}, "then": []any{1}}}}), `Variable $in.then[0].then[0]: OrderInput! was expected.`, 2, 7},
	} {
		developing, production := open(guard.Limits{Introspection: true}).try(c.query, c.variables), open(guard.Limits{}).try(c.query, c.variables)

		require.Len(t, developing, 1, what)
		require.Equal(t, c.message, developing[0].Message, what)
		require.Len(t, developing[0].Locations, 1, what)
		require.Equal(t, [2]int{c.line, c.column}, [2]int{developing[0].Locations[0].Line, developing[0].Locations[0].Column}, what)
		require.Equal(t, developing[0].Extensions["code"], production[0].Extensions["code"], what)
		for _, errs := range []any{developing, production} {
			text, err := json.Marshal(errs)
			require.NoError(t, err)
			require.NotContains(t, string(text), secret, what)
		}
		for _, named := range []string{"Size", "Int", "OrderInput", "sizes"} {
			require.NotContains(t, production[0].Message, named, what)
			require.Nil(t, production[0].Extensions["variable"], what)
		}
	}
	long := open(guard.Limits{Introspection: true}).try(order, in(map[string]any{"sizes": []any{}, strings.Repeat("é", 5000): 1}))
	require.Less(t, len(long[0].Message), 300)
}
