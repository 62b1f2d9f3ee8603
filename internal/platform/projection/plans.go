package projection

import (
	"runtime"
	"slices"
	"sync"
	"weak"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// plans remembers how the selections of a field are answered, as long as the parsed document lives that it stands in.
type plans struct {
	schema *ast.Schema
	hide   string   // the directive of fields that are null for some
	ignore []string // the directives that do nothing when a field is answered
	known  sync.Map // from planKey to *known
}

// planKey is a field, and for whom: for those to whom its hidden fields are null, or for the others.
type planKey struct {
	field  weak.Pointer[ast.Field]
	hidden bool
}

// known is a plan and what it was made of: which fields are merged into one entry depends on variables.
type known struct {
	selections ast.SelectionSet
	plan       *Plan
}

// of returns the plan for a field that returns an object type or a list of it; nil if gqlgen is to answer it.
func (p *plans) of(op *graphql.OperationContext, f graphql.CollectedField, hidden bool) *Plan {
	id := planKey{weak.Make(f.Field), hidden}
	if found, ok := p.known.Load(id); ok {
		if k := found.(*known); slices.Equal(k.selections, f.Selections) {
			return k.plan
		}
	}
	plan := compiler{p.schema, op, p.hide, p.ignore, hidden}.compile(f.Definition.Type.Name(), f.Selections)
	if varies(op.Doc, f.Selections, map[string]bool{}) {
		return plan
	}
	plan.markLasting()
	if _, replaced := p.known.Swap(id, &known{f.Selections, plan}); !replaced {
		runtime.AddCleanup(f.Field, func(id planKey) { p.known.Delete(id) }, id)
	}
	return plan
}

// markLasting says of a plan, which may be nil, that it is kept for other requests.
func (p *Plan) markLasting() {
	if p != nil {
		p.lasting = true
		p.hidden.markLasting()
	}
}

// varies tells whether variables decide what is selected. Each fragment is looked at once.
func varies(doc *ast.QueryDocument, selections ast.SelectionSet, seen map[string]bool) bool {
	for _, selection := range selections {
		var directives ast.DirectiveList
		var inner ast.SelectionSet
		switch s := selection.(type) {
		case *ast.Field:
			directives, inner = s.Directives, s.SelectionSet
		case *ast.InlineFragment:
			directives, inner = s.Directives, s.SelectionSet
		case *ast.FragmentSpread:
			directives = s.Directives
			if !seen[s.Name] {
				seen[s.Name] = true
				inner = doc.Fragments.ForName(s.Name).SelectionSet
			}
		}
		if slices.ContainsFunc(directives, conditional) || varies(doc, inner, seen) {
			return true
		}
	}
	return false
}

func conditional(d *ast.Directive) bool {
	return slices.ContainsFunc(d.Arguments, func(a *ast.Argument) bool { return a.Value.Kind == ast.Variable })
}
