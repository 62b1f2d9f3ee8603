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
	all.AddRule("UnconditionalSubscriptions", unconditionalSubscriptions)
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

// unconditionalSubscriptions refuses conditions on the field of a subscription, which could leave it without a field.
func unconditionalSubscriptions(observers *core.Events, addError core.AddErrFunc) {
	observers.OnOperation(func(walker *core.Walker, op *ast.OperationDefinition) {
		if op.Operation != ast.Subscription {
			return
		}
		seen := map[string]bool{}
		var walk func(ast.SelectionSet)
		walk = func(set ast.SelectionSet) {
			for _, sel := range set {
				for _, d := range directives(sel) {
					if conditional(d) {
						addError(core.Message("The field of a subscription can't have a condition."), core.At(d.Position))
					}
				}
				switch sel := sel.(type) {
				case *ast.InlineFragment:
					walk(sel.SelectionSet)
				case *ast.FragmentSpread:
					if f := walker.Document.Fragments.ForName(sel.Name); f != nil && !seen[sel.Name] {
						seen[sel.Name] = true
						walk(f.SelectionSet)
					}
				}
			}
		}
		walk(op.SelectionSet)
	})
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
