package e2e_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"pizzeria/graph/generated"
)

// documentWriter writes random documents from the schema's names: some keep to its rules, and most of the others nearly do.
type documentWriter struct {
	*rand.Rand
	tidy    bool // this document keeps to most of the rules
	aliases int
	schema  *ast.Schema
	types   []*ast.Definition
}

func newDocumentWriter(seed uint64) *documentWriter {
	w := &documentWriter{Rand: rand.New(rand.NewPCG(seed, 1)), schema: generated.NewExecutableSchema(generated.Config{}).Schema()}
	for _, t := range w.schema.Types {
		w.types = append(w.types, t)
	}
	slices.SortFunc(w.types, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return w
}

// document has one operation or two, fragments that may be unused, unknown, circular or of another type, and variables that
// may be undeclared.
func (w *documentWriter) document() string {
	var b strings.Builder
	if w.tidy = w.IntN(5) < 3; w.tidy {
		kind, root := "query", w.schema.Query
		switch w.IntN(6) {
		case 0:
			kind, root = "subscription", w.schema.Subscription
		case 1:
			kind, root = "mutation", w.schema.Mutation
		}
		return kind + " " + w.selection(root, 4)
	}
	for n := range 1 + w.IntN(5)/4 {
		kind, root := "query", w.schema.Query
		switch w.IntN(5) {
		case 0, 1:
			kind, root = "subscription", w.schema.Subscription
		case 2:
			kind, root = "mutation", w.schema.Mutation
		}
		declared := w.pick("", "", "($b: Boolean!)", "($b: Boolean = true, $i: Int, $s: String)", "($i: Int! = 1, $e: OrderStatus)", "($b: Boolean, $s: ID = null)")
		fmt.Fprintf(&b, "%s%s%s%s %s ", kind, w.pick("", fmt.Sprintf(" O%d", n), " O"), declared, w.directives(), w.selection(root, 4))
	}
	for n := range 3 {
		of := w.types[w.IntN(len(w.types))]
		if w.IntN(3) > 0 {
			of = []*ast.Definition{w.schema.Subscription, w.schema.Query, w.schema.Types["Order"], w.schema.Types["MenuItem"], w.schema.Mutation}[w.IntN(5)]
		}
		if w.IntN(2) == 0 {
			fmt.Fprintf(&b, "fragment F%d on %s %s ", n, of.Name, w.selection(of, 3))
		}
	}
	return b.String()
}

func (w *documentWriter) pick(from ...string) string { return from[w.IntN(len(from))] }

func (w *documentWriter) selection(of *ast.Definition, depth int) string {
	entries := []string{}
	for range 1 + w.IntN(6)/4 {
		entries = append(entries, w.entry(of, depth))
	}
	return "{ " + strings.Join(entries, " ") + " }"
}

func (w *documentWriter) entry(of *ast.Definition, depth int) string {
	switch n := w.IntN(24); {
	case n == 0:
		return w.alias() + "__typename" + w.directives()
	case n == 1 && !w.tidy:
		return w.pick("__schema { types { name } }", `__type(name: "Order") { name fields { name } }`, "unknown", "... on Nothing { id }", "__type")
	case depth == 0 && w.tidy:
		return "__typename"
	case (n < 4 || depth == 0) && !w.tidy:
		return fmt.Sprintf("...F%d", w.IntN(4)) + w.directives()
	case n < 6 || len(of.Fields) == 0:
		within, condition := of, ""
		if possible := w.schema.GetPossibleTypes(of); len(possible) > 0 && w.IntN(3) > 0 {
			within = possible[w.IntN(len(possible))]
			condition = " on " + within.Name
		}
		return "..." + condition + w.directives() + " " + w.selection(within, depth-1)
	}
	f := of.Fields[w.IntN(len(of.Fields))]
	if endsSessions(f.Name) || w.tidy && strings.HasPrefix(f.Name, "__") {
		return w.alias() + "__typename"
	}
	text := w.alias() + f.Name + w.arguments(f) + w.directives()
	if to := w.schema.Types[f.Type.Name()]; to.IsCompositeType() != (!w.tidy && w.IntN(40) == 0) {
		text += " " + w.selection(to, depth-1)
	}
	return text
}

func (w *documentWriter) alias() string {
	if w.tidy {
		w.aliases++
		return w.pick("", "", "", fmt.Sprintf("a%d: ", w.aliases))
	}
	return w.pick("", "", "", "", "a: ", "b: ", "id: ")
}

func (w *documentWriter) directives() string {
	if w.IntN(6) > 0 {
		return ""
	}
	if w.tidy {
		return w.pick(" @skip(if: false)", " @include(if: true)", " @skip(if: true)")
	}
	return w.pick(
		" @skip(if: true)", " @include(if: false)", " @skip(if: $b)", " @include(if: $b)", " @include(if: null)", " @skip", " @unknown", " @hasRole",
		" @skip(if: false) @skip(if: false)", " @deprecated", " @include(if: [true])", ` @specifiedBy(url: "x")`, " @defer", " @staffOnly",
	)
}

func (w *documentWriter) arguments(f *ast.FieldDefinition) string {
	var given []string
	for _, a := range f.Arguments {
		if w.IntN(3) > 0 || a.Type.NonNull && a.DefaultValue == nil && (w.tidy || w.IntN(10) > 0) {
			given = append(given, a.Name+": "+w.value(a.Type, 3))
		}
	}
	if given == nil {
		return ""
	}
	return "(" + strings.Join(given, ", ") + ")"
}

func (w *documentWriter) value(t *ast.Type, depth int) string {
	def := w.schema.Types[t.Name()]
	switch {
	case (w.IntN(8) == 0 || depth == 0) && !w.tidy:
		return w.pick("$b", "$i", "$s", "$e", "null", "[]", "{}", `""`, "0", "-1", "true", "1e400", "READY", `"""x"""`)
	case t.Elem != nil:
		return "[" + strings.Repeat(w.value(t.Elem, depth-1)+" ", w.IntN(3)) + "]"
	case def.Kind == ast.InputObject:
		var fields []string
		for _, f := range def.Fields {
			if f.Type.NonNull && f.DefaultValue == nil || w.IntN(2) == 0 {
				fields = append(fields, f.Name+": "+w.value(f.Type, depth-1))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case def.Kind == ast.Enum:
		return def.EnumValues[w.IntN(len(def.EnumValues))].Name
	}
	switch t.Name() {
	case "Int", "Cents":
		return w.pick("0", "1", "5", "100", "101", "-1", "2147483647")
	case "Boolean":
		return w.pick("true", "false")
	case "DateTime":
		return w.pick(`"2026-01-31T18:00:00Z"`, `"0000-01-01T00:00:00Z"`, `""`)
	}
	return w.pick(`""`, `"x"`, `"00000000-0000-4000-8000-000000000000"`, `"\u0000"`)
}

// Any client can send any document. None causes a fault, and none makes the server log an error.
func TestAnyDocumentFromAnybody(t *testing.T) {
	const seed = 20261129
	t.Logf("seed %d", seed)
	s := open(t)
	w := newDocumentWriter(seed)
	people := []*person{s.visitor(), s.signIn("customer"), s.signIn("manager")}
	sockets := []*socket{people[0].connect(), people[1].connect(), people[2].connect()}
	refused, carriedOut := 0, 0
	for n := range 1500 / min(raceFactor, 5) {
		document := w.document()
		variables := []vars{nil, {"b": true, "i": 3, "s": "x", "e": "READY"}, {"b": nil, "i": nil, "s": nil, "e": nil}, {"b": "x", "i": "7", "s": 1, "e": 2}}[w.IntN(4)]
		who := w.IntN(len(people))
		a := people[who].do(document, variables)
		require.Less(t, a.status, http.StatusInternalServerError, "%s %v: %s", document, variables, a.body)
		require.NotContains(t, a.body, "INTERNAL_SERVER_ERROR", "%s %v", document, variables)
		if refused++; a.status == http.StatusOK {
			refused, carriedOut = refused-1, carriedOut+1
		}
		if strings.Contains(document, "mutation") && n%4 > 0 {
			continue
		}
		feed := sockets[who].subscribe(document, variables)
		asked := sockets[who].subscribe("{ __typename }", nil)
		require.Contains(t, asked.nextRaw(), "Query", "the socket goes on after %s", document)
		select {
		case m := <-feed.messages:
			require.NotContains(t, m.ended+string(m.data), "INTERNAL_SERVER_ERROR", "%s %v", document, variables)
		default: // a stream that is open, or an answer that takes longer: what is wrong with it is logged
		}
		feed.cancel()
		asked.cancel()
	}
	t.Logf("%d refused, %d carried out", refused, carriedOut)
	require.Greater(t, carriedOut, 50)
	require.Greater(t, refused, 50)
}

// What a subscription may not select, by its documents: found by the strangers above, and kept.
func TestSubscriptionsOfOtherThanOneField(t *testing.T) {
	s := openProduction(t)
	refused := expectedRefusal{status: 400, code: "GRAPHQL_VALIDATION_FAILED"}
	visitor, manager := s.visitor(), s.signIn("manager")
	sockets := map[*person]*socket{visitor: visitor.connect(), manager: manager.connect()}
	for _, document := range []string{
		`subscription { a: menuChanged { __typename } b: menuChanged { __typename } }`,
		`subscription { menuChanged { __typename } again: menuChanged { __typename } }`,
		`subscription { menuChanged { __typename } kitchenFeed { __typename } }`,
		`subscription { ...f ...g } fragment f on Subscription { a: menuChanged { __typename } } fragment g on Subscription { b: menuChanged { __typename } }`,
		`subscription { __typename }`, `subscription { x: __typename }`, `subscription { menuChanged { __typename } __typename }`,
		`subscription { ... on Subscription { __typename } }`,
		`subscription { menuChanged @include(if: false) { __typename } }`, `subscription { ... @skip(if: true) { menuChanged { __typename } } }`,
	} {
		for who, socket := range sockets {
			refused.require(t, who.attack(document, nil), document)
			require.Contains(t, socket.subscribe(document, nil).awaitEnd(), "GRAPHQL_VALIDATION_FAILED", document)
		}
	}
}

// endsSessions tells whether a mutation may end the session, and with it the socket, that sends it.
func endsSessions(mutation string) bool {
	return slices.Contains([]string{"signOut", "signOutEverywhere", "changePassword", "updateStaff", "endSession"}, mutation)
}
