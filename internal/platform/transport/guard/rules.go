package guard

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// documentRules are the rules of the specification without "did you mean", since a suggestion gives the schema away, and
// rules for what those leave to the executor, which takes it for a fault of ours.
func documentRules() *rules.Rules {
	all := rules.NewDefaultRules()
	for _, silent := range []core.Rule{
		rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
		rules.ScalarLeafsRuleWithoutSuggestions,
		rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		all.ReplaceRule(strings.TrimSuffix(silent.Name, "WithoutSuggestions"), silent.RuleFunc)
	}
	all.AddRule("NumbersInRange", numbersInRange)
	all.ReplaceRule(rules.SingleFieldSubscriptionsRule.Name, singleFieldSubscriptions)
	return all
}

// numbersInRange refuses literals that can't be read. Which values a scalar has is left to it, and so are its numbers.
func numbersInRange(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if value.Kind != ast.IntValue && value.Kind != ast.FloatValue {
			return
		}
		if _, err := value.Value(nil); err != nil {
			addError(core.Message("The number here is out of range."), core.At(value.Position))
		}
	})
}

// singleFieldSubscriptions refuses all that could leave a subscription with another number of fields than one, or with one that
// can't be subscribed to. The library's own rule of this name takes two aliases of a field for one.
func singleFieldSubscriptions(observers *core.Events, addError core.AddErrFunc) {
	observers.OnOperation(func(walker *core.Walker, op *ast.OperationDefinition) {
		if op.Operation != ast.Subscription {
			return
		}
		key := ""
		eachAtRoot(walker.Document, op.SelectionSet, func(sel ast.Selection) {
			for _, d := range directives(sel) {
				if conditional(d) {
					addError(core.Message("The field of a subscription can't have a condition."), core.At(d.Position))
				}
			}
			f, ok := sel.(*ast.Field)
			switch {
			case !ok:
			case strings.HasPrefix(f.Name, "__"):
				addError(core.Message("A subscription can't select an introspection field."), core.At(f.Position))
			case key != "" && f.Alias != key:
				addError(core.Message("A subscription has one field."), core.At(f.Position))
			default:
				key = f.Alias
			}
		})
	})
}

// eachAtRoot visits what is selected at the root of an operation: fields, and the fragments around them. Each fragment is
// looked into once.
func eachAtRoot(doc *ast.QueryDocument, set ast.SelectionSet, visit func(ast.Selection)) {
	seen := map[string]bool{}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, sel := range set {
			visit(sel)
			switch sel := sel.(type) {
			case *ast.InlineFragment:
				walk(sel.SelectionSet)
			case *ast.FragmentSpread:
				if f := doc.Fragments.ForName(sel.Name); f != nil && !seen[sel.Name] {
					seen[sel.Name] = true
					walk(f.SelectionSet)
				}
			}
		}
	}
	walk(set)
}

func directives(sel ast.Selection) ast.DirectiveList {
	switch sel := sel.(type) {
	case *ast.Field:
		return sel.Directives
	case *ast.InlineFragment:
		return sel.Directives
	case *ast.FragmentSpread:
		return sel.Directives
	}
	return nil
}

func conditional(d *ast.Directive) bool { return d.Name == "skip" || d.Name == "include" }
