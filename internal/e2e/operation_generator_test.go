package e2e_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// operationGenerator writes random valid operations, with aliases, __typename, repeated fields, nested fragments of
// both kinds, and conditions on all of them.
type operationGenerator struct {
	*rand.Rand
	schema    *ast.Schema
	fragments []string
}

// query returns an operation on a field, e.g. `order(id: "1")`, that returns the named type. It declares those of the
// variables a, b and c that it uses.
func (a *operationGenerator) query(operation, field, typename string) string {
	a.fragments = nil
	body := field + " " + a.selection(a.schema.Types[typename], 4)
	fragments := strings.Join(a.fragments, " ")
	conditions := ""
	for _, declared := range []string{"$a: Boolean!", "$b: Boolean!", "$c: Boolean! = true"} {
		if strings.Contains(body+fragments, declared[:2]+")") {
			conditions += declared + " "
		}
	}
	if conditions != "" {
		conditions = "(" + conditions + ")"
	}
	return fmt.Sprintf("%s Q%s { %s } %s", operation, conditions, body, fragments)
}

func (a *operationGenerator) selection(of *ast.Definition, depth int) string {
	var all []string
	for range 1 + a.IntN(4) {
		all = append(all, a.entry(of, depth))
	}
	if a.IntN(4) == 0 {
		all = append(all, all[0]) // merged
	}
	return "{ " + strings.Join(all, " ") + " }"
}

func (a *operationGenerator) entry(of *ast.Definition, depth int) string {
	switch n := a.IntN(10); {
	case n == 0 || depth == 0:
		return a.alias("__typename") + a.condition()
	case n == 1:
		return "..." + a.condition() + " " + a.selection(of, depth-1)
	case n == 2 || of.Kind == ast.Union || of.Kind == ast.Interface && n < 8:
		of := a.possible(of)
		return "... on " + of.Name + a.condition() + " " + a.selection(of, depth-1)
	case n == 3:
		of := a.possible(of)
		text := fmt.Sprintf("on %s %s", of.Name, a.selection(of, depth-1))
		name := fmt.Sprintf("F%d", len(a.fragments))
		a.fragments = append(a.fragments, "fragment "+name+" "+text)
		return "..." + name + a.condition()
	default:
		return a.field(of, depth)
	}
}

// field selects a random field. It leaves out the position in the live feed, and the cursors of events, which change
// between two answers, and fields that some may not read: the errors of a list come in any order.
func (a *operationGenerator) field(of *ast.Definition, depth int) string {
	f := of.Fields[a.IntN(len(of.Fields))]
	if strings.HasPrefix(f.Name, "__") || f.Directives.ForName("hasRole") != nil || f.Name == "asOf" || of.Name == "OrderChanged" && f.Name == "cursor" {
		return "__typename"
	}
	text := a.alias(f.Name) + a.condition()
	if to := a.schema.Types[f.Type.Name()]; to.IsCompositeType() {
		text += " " + a.selection(to, depth-1)
	}
	return text
}

// alias returns an alias in one case of four. The same alias always stands for the same field, so that fields can be
// merged.
func (a *operationGenerator) alias(name string) string {
	if a.IntN(4) > 0 {
		return name
	}
	return fmt.Sprintf("%c%s: %s", 'p'+a.IntN(3), strings.Trim(name, "_"), name)
}

func (a *operationGenerator) condition() string {
	directives := []string{
		"@skip(if: $a)", "@include(if: $b)", "@include(if: $c)", "@skip(if: false)", "@include(if: true) @skip(if: $b)", "@include(if: false)",
	}
	if a.IntN(5) > 0 {
		return ""
	}
	return " " + directives[a.IntN(len(directives))]
}

// possible returns one of the types that a value of an abstract type can have, or the type itself.
func (a *operationGenerator) possible(of *ast.Definition) *ast.Definition {
	all := slices.Concat(a.schema.GetPossibleTypes(of), a.schema.GetImplements(of), []*ast.Definition{of}) // the schema is shared
	return all[a.IntN(len(all))]
}
