package guard

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func (e *Executor) validate(doc *ast.QueryDocument) gqlerror.List {
	found := validator.ValidateWithRules(e.schema, doc, e.rules)
	if len(found) == 0 {
		return nil
	}
	if e.limits.Errors >= 0 {
		found = found[:min(len(found), e.limits.Errors)]
	}
	shown := make(gqlerror.List, len(found))
	for i, err := range found {
		shown[i] = WrongDocument(ValidationFailed, e.wording(err))
		shown[i].Locations = err.Locations
		shown[i].Extensions["rule"] = err.Rule
	}
	return shown
}

// wording says what is wrong. Where introspection is disabled, it names nothing.
func (e *Executor) wording(err *gqlerror.Error) string {
	if !e.limits.Introspection {
		return "The document does not fit the schema here."
	}
	if err.Rule == rules.ValuesOfCorrectTypeRule.Name &&
		!strings.HasPrefix(err.Message, "Field ") && !strings.HasPrefix(err.Message, "OneOf ") {
		return wrongValue(err.Message)
	}
	return short(err.Message)
}
