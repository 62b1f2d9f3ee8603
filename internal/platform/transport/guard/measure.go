package guard

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
)

// extent is how much a selection set asks for.
type extent struct{ depth, cost int }

// meter measures a parsed document that nobody has validated: names may be unknown, fragments may go in circles.
// Each fragment is measured once, whatever the number of its spreads.
type meter struct {
	schema    *ast.Schema
	limits    Limits
	variables map[string]any

	doc       *ast.QueryDocument
	fragments map[string]*ast.FragmentDefinition
	measured  map[string]extent
	aliases   int
	varies    bool
	refusal   *gqlerror.Error
}

// measure refuses a document over the limits, and tells its cost. varies tells that the result depends on the variables, so that
// a document found good once has to be measured again with others.
func measure(schema *ast.Schema, limits Limits, doc *ast.QueryDocument, variables map[string]any) (varies bool, cost int, _ *gqlerror.Error) {
	m := &meter{
		schema: schema, limits: limits, variables: variables, doc: doc,
		fragments: make(map[string]*ast.FragmentDefinition, len(doc.Fragments)),
		measured:  make(map[string]extent, len(doc.Fragments)),
	}
	for _, f := range doc.Fragments {
		m.fragments[f.Name] = f
	}
	var total extent
	for _, op := range doc.Operations {
		total = total.combine(m.selection(m.root(op), op.SelectionSet))
		m.once(op)
	}
	for _, f := range doc.Fragments {
		m.fragment(f.Name)
	}
	switch {
	case over(m.aliases, limits.Aliases):
		m.refuse(TooManyAliases, fmt.Sprintf("An operation may use %d aliases at most.", limits.Aliases))
	case over(total.depth, limits.Depth):
		m.refuse(QueryTooDeep, fmt.Sprintf("An operation may nest %d fields at most.", limits.Depth))
	case over(total.cost, limits.Cost):
		m.refuse(QueryTooComplex, fmt.Sprintf("An operation may cost %d at most: ask for fewer fields or shorter lists.", limits.Cost))
	}
	return m.varies, total.cost, m.refusal
}

func (m *meter) refuse(code fault.Code, message string) {
	if m.refusal == nil {
		m.refusal = Refuse(code, http.StatusUnprocessableEntity, message)
	}
}

func (m *meter) root(op *ast.OperationDefinition) *ast.Definition {
	switch op.Operation {
	case ast.Mutation:
		return m.schema.Mutation
	case ast.Subscription:
		return m.schema.Subscription
	default:
		return m.schema.Query
	}
}

func (m *meter) selection(parent *ast.Definition, set ast.SelectionSet) (sum extent) {
	for _, sel := range set {
		m.conditions(directives(sel))
		switch sel := sel.(type) {
		case *ast.Field:
			sum = sum.combine(m.field(parent, sel))
		case *ast.InlineFragment:
			within := parent
			if sel.TypeCondition != "" {
				within = m.schema.Types[sel.TypeCondition]
			}
			sum = sum.combine(m.selection(within, sel.SelectionSet))
		case *ast.FragmentSpread:
			sum = sum.combine(m.fragment(sel.Name))
		}
	}
	return sum
}

func (m *meter) fragment(name string) extent {
	if e, ok := m.measured[name]; ok {
		return e
	}
	f := m.fragments[name]
	if f == nil {
		return extent{}
	}
	m.measured[name] = extent{} // ends a circle, which validation refuses
	e := m.selection(m.schema.Types[f.TypeCondition], f.SelectionSet)
	m.measured[name] = e
	return e
}

func (m *meter) field(parent *ast.Definition, f *ast.Field) extent {
	if f.Alias != f.Name {
		m.aliases++
	}
	introspects := f.Name == "__schema" || f.Name == "__type"
	if introspects && !m.limits.Introspection {
		m.refuse(IntrospectionDisabled, "Introspection is disabled.")
	}
	var def *ast.FieldDefinition
	switch {
	case f.Name == "__schema":
		def = &ast.FieldDefinition{Type: ast.NamedType("__Schema", nil)}
	case f.Name == "__type":
		def = &ast.FieldDefinition{Type: ast.NamedType("__Type", nil)}
	case parent != nil:
		def = parent.Fields.ForName(f.Name)
	}
	if def == nil {
		inner := m.selection(nil, f.SelectionSet)
		return extent{depth: inner.depth + 1, cost: plus(1, inner.cost)}
	}
	inner := m.selection(m.schema.Types[def.Type.Name()], f.SelectionSet)
	e := extent{depth: inner.depth + 1, cost: plus(m.weight(parent, def, f.Name), times(m.length(parent, def, f), inner.cost))}
	if introspects {
		e.depth = 1 // GraphiQL nests deeply here; a validation rule bounds it
	}
	return e
}

// told is what @cost says of a field, if it says that.
func told(def *ast.FieldDefinition, argument string) (int, bool) {
	d := def.Directives.ForName("cost")
	if d == nil || d.Arguments.ForName(argument) == nil {
		return 0, false
	}
	n, err := strconv.Atoi(d.Arguments.ForName(argument).Value.Raw)
	return n, err == nil
}

// rootWeight is what a field at the root costs, which is a statement or a transaction of its own.
const rootWeight = 50

// weight is what a field itself costs: what @cost says, or else by where it is.
func (m *meter) weight(parent *ast.Definition, def *ast.FieldDefinition, name string) int {
	if weight, told := told(def, "weight"); told {
		return weight
	}
	root := parent != nil && (parent == m.schema.Query || parent == m.schema.Mutation || parent == m.schema.Subscription)
	if root && !strings.HasPrefix(name, "__") {
		return rootWeight
	}
	return 1
}

// conditions refuses null for a condition. A variable that may be null is allowed in one if it has a default, which null
// overrides.
func (m *meter) conditions(list ast.DirectiveList) {
	for _, d := range list {
		condition := d.Arguments.ForName("if")
		if !conditional(d) || condition == nil || condition.Value.Kind != ast.Variable {
			continue
		}
		m.varies = true
		if given, ok := m.variables[condition.Value.Raw]; ok && given == nil {
			m.refuse(fault.BadUserInput, "A condition can't be null.")
		}
	}
}

// once counts the response keys at the root of a mutation that the limits allow once.
func (m *meter) once(op *ast.OperationDefinition) {
	if op.Operation != ast.Mutation || len(m.limits.Once) == 0 {
		return
	}
	keys := map[string]bool{}
	eachAtRoot(m.doc, op.SelectionSet, func(sel ast.Selection) {
		if f, ok := sel.(*ast.Field); ok && slices.Contains(m.limits.Once, f.Name) {
			keys[f.Alias] = true
		}
	})
	if len(keys) > 1 {
		m.refuse(TooManyAliases, "An operation may hold one payment or sign-in.")
	}
}

// combine returns the extent of two selections side by side.
func (e extent) combine(o extent) extent {
	return extent{depth: max(e.depth, o.depth), cost: plus(e.cost, o.cost)}
}

// plus and times stop at the largest int: a fragment bomb's true cost has hundreds of digits.
func plus(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func times(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
