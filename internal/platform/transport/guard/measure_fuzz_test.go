package guard

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// FuzzMeasure writes documents from bytes, and measures each in a second way: by following every spread, as whoever
// carried the document out would.
func FuzzMeasure(f *testing.F) {
	for _, seed := range []string{
		"", "\x01\x02\x03\x04\x05", strings.Repeat("\x05\x01", 40), strings.Repeat("\x03\x07\x02", 30), strings.Repeat("\x06\x09\x00", 30),
		strings.Repeat("\x08\x01\x04\x02", 30), strings.Repeat("\x02\x0a\x63", 20), strings.Repeat("\xff\xfe\xfd", 50),
	} {
		f.Add([]byte(seed))
	}
	for i := range uint64(30) {
		choices, seed := rand.New(rand.NewPCG(1, i)), make([]byte, 80)
		for i := range seed {
			seed[i] = byte(choices.IntN(256))
		}
		f.Add(seed)
	}
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "fuzz.graphqls", Input: `
		type Query { node: Node list: [Node] page(first: Int = 10, last: Int): NodeConnection best(limit: Int): [Node] }
		type Mutation { one: Node two: Node }
		type NodeConnection { nodes: [Node] node: Node }
		type Node { id: ID node: Node list: [[Node]] page(first: Int!): NodeConnection }`})
	f.Fuzz(func(t *testing.T, data []byte) {
		w := &writer{data: data}
		text := w.document()
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		require.NoError(t, err, text)
		n := &naive{doc: doc, variables: w.variables, steps: 100_000}
		depth, exact := n.total()
		cost := math.MaxInt
		if exact.IsInt64() {
			cost = int(exact.Int64())
		}
		aliases := strings.Count(text, "a:")
		tried := func(depth, cost, aliases int) string {
			limits := Limits{Aliases: aliases, Depth: depth, Cost: cost, PageSize: 100, ListSize: 10, Introspection: true}
			_, _, refusal := measure(schema, limits, doc, w.variables)
			if refusal == nil {
				return ""
			}
			return refusal.Extensions["code"].(string)
		}

		switch {
		case n.steps <= 0: // too large to be followed; measuring it ends
			tried(-1, -1, -1)
		case n.outOfRange:
			require.Equal(t, "BAD_USER_INPUT", tried(-1, -1, -1), text)
		default:
			require.Empty(t, tried(depth, cost, aliases), "%s: %d deep for %d", text, depth, cost)
			require.Equal(t, "QUERY_TOO_COMPLEX", tried(depth, cost-1, aliases), "%s: %d", text, cost)
			require.Equal(t, "QUERY_TOO_DEEP", tried(depth-1, cost, aliases), "%s: %d", text, depth)
			if aliases > 0 {
				require.Equal(t, "TOO_MANY_ALIASES", tried(depth, cost, aliases-1), text)
			}
		}
	})
}

// writer makes a document out of bytes; each byte is a choice.
type writer struct {
	data      []byte
	variables map[string]any
}

const fragments = 4

func (w *writer) choose(n int) int {
	if len(w.data) == 0 {
		return 0
	}
	b := w.data[0]
	w.data = w.data[1:]
	return int(b) % n
}

func (w *writer) document() string {
	var b strings.Builder
	w.variables = map[string]any{}
	switch w.choose(5) {
	case 1:
		w.variables["n"] = json.Number(fmt.Sprint(w.choose(120) - 10))
	case 2:
		w.variables["n"] = float64(w.choose(120))
	case 3:
		w.variables["n"] = "many"
	}
	header := []string{"query", "query($n: Int)", "query($n: Int! = 7)", "mutation", "query($n: Int = 200)"}[w.choose(5)]
	b.WriteString(header + w.selection(0, 0))
	for i := range fragments {
		fmt.Fprintf(&b, " fragment f%d on %s %s", i, []string{"Node", "Query", "NodeConnection", "Nothing"}[w.choose(4)], w.selection(i+1, 0))
	}
	return b.String()
}

// selection writes fields and fragments. Fragments are spread only in those before them, so there are no circles.
func (w *writer) selection(from, depth int) string {
	var b strings.Builder
	b.WriteString(" {")
	for range 1 + w.choose(3) {
		inner := ""
		switch c := w.choose(9); {
		case c < 2 && from < fragments:
			fmt.Fprintf(&b, " ...f%d", from+w.choose(fragments-from))
			continue
		case c == 2 && depth < 5:
			b.WriteString(" ..." + []string{"", " on Node", " on Query", " on Nothing"}[w.choose(4)] + w.selection(from, depth+1))
			continue
		case c > 3 && depth < 5:
			inner = w.selection(from, depth+1)
		}
		alias := []string{"", "", "", "a:"}[w.choose(4)]
		field := []string{"id", "node", "list", "page", "best", "one", "__typename", "__schema", "nodes", "nothing"}[w.choose(10)]
		size := []string{"", "", "(first: 3)", "(last: 5)", "(first: $n)", "(limit: 4)", "(first: 2, last: 9)", "(limit: $n)", "(first: 101)", "(first: null)"}[w.choose(10)]
		b.WriteString(" " + alias + field + size + inner)
	}
	return b.String() + " }"
}

// naive follows a document field by field.
type naive struct {
	doc        *ast.QueryDocument
	variables  map[string]any
	outOfRange bool
	steps      int // left before it gives up
}

type field struct {
	of   string
	list bool
}

// kinds are the fuzzed schema: the type of a field's values, and whether it is a list. The lists of a connection are
// counted by the page that it is.
var kinds = map[string]map[string]field{
	"Query":          {"node": {"Node", false}, "list": {"Node", true}, "page": {"NodeConnection", false}, "best": {"Node", true}},
	"Mutation":       {"one": {"Node", false}, "two": {"Node", false}},
	"NodeConnection": {"nodes": {"Node", false}, "node": {"Node", false}},
	"Node":           {"id": {"", false}, "node": {"Node", false}, "list": {"Node", true}, "page": {"NodeConnection", false}},
}

func (n *naive) total() (depth int, cost *big.Int) {
	op := n.doc.Operations[0]
	root := "Query"
	if op.Operation == ast.Mutation {
		root = "Mutation"
	}
	for _, f := range n.doc.Fragments {
		n.follow(f.TypeCondition, f.SelectionSet) // sizes count even in fragments that nobody spreads
	}
	return n.follow(root, op.SelectionSet)
}

func (n *naive) follow(parent string, set ast.SelectionSet) (depth int, cost *big.Int) {
	cost = new(big.Int)
	for _, selected := range set {
		if n.steps--; n.steps <= 0 {
			break
		}
		d, c := n.one(parent, selected)
		depth = max(depth, d)
		cost.Add(cost, c)
	}
	return depth, cost
}

func (n *naive) one(parent string, selected ast.Selection) (depth int, cost *big.Int) {
	switch s := selected.(type) {
	case *ast.FragmentSpread:
		f := n.doc.Fragments.ForName(s.Name)
		return n.follow(f.TypeCondition, f.SelectionSet)
	case *ast.InlineFragment:
		if s.TypeCondition != "" {
			parent = s.TypeCondition
		}
		return n.follow(parent, s.SelectionSet)
	case *ast.Field:
		kind := kinds[parent][s.Name]
		times := 1
		switch {
		case s.Name == "page" && parent == "Query":
			times = n.size(s, map[string]int{"first": 10, "last": 0})
		case s.Name == "page" && parent == "Node":
			times = n.size(s, map[string]int{"first": 0})
		case s.Name == "best" && parent == "Query":
			times = n.size(s, map[string]int{"limit": 0})
		case kind.list:
			times = 10
		}
		depth, cost = n.follow(kind.of, s.SelectionSet)
		if s.Name == "__schema" {
			depth = 0
		}
		own := 1
		if _, known := kinds[parent][s.Name]; known && (parent == "Query" || parent == "Mutation") {
			own = 50
		}
		return depth + 1, cost.Mul(cost, big.NewInt(int64(times))).Add(cost, big.NewInt(int64(own)))
	}
	return 0, nil
}

// size is the largest of the arguments, each of which has a default or 0; a page is full if none tells.
func (n *naive) size(f *ast.Field, defaults map[string]int) (largest int) {
	for name, standard := range defaults {
		size := standard
		if arg := f.Arguments.ForName(name); arg != nil {
			size = n.value(arg.Value, standard)
		}
		n.outOfRange = n.outOfRange || size < 0 || size > 100
		largest = max(largest, size)
	}
	if largest == 0 {
		return 100
	}
	return largest
}

func (n *naive) value(v *ast.Value, standard int) int {
	raw := ""
	switch v.Kind {
	case ast.IntValue:
		raw = v.Raw
	case ast.Variable:
		given, ok := n.variables[v.Raw]
		if d := n.doc.Operations[0].VariableDefinitions.ForName(v.Raw); !ok && d != nil && d.DefaultValue != nil {
			given, ok = d.DefaultValue.Raw, true
		}
		if !ok {
			return standard
		}
		raw = fmt.Sprint(given)
	default: // null is no size
	}
	size, _ := strconv.Atoi(raw)
	return size
}
