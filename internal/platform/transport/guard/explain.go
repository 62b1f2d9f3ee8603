package guard

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
)

// Introspection is allowed to developers: for them, errors say where something is wrong and what was expected. They
// repeat names of the document, never values: a value may be a password in the wrong place.

// syntax refuses a document that can't be parsed.
func (e *Executor) syntax(err error) *gqlerror.Error {
	refusal := WrongDocument(ParseFailed, "Syntax error in the GraphQL document.")
	found, ok := errors.AsType[*gqlerror.Error](err)
	if !ok {
		return refusal
	}
	refusal.Locations = found.Locations
	if e.limits.Introspection {
		refusal.Message = "Syntax error: " + short(literal.ReplaceAllString(found.Message, "$1"))
	}
	return refusal
}

// literal is a value as the parser's messages repeat it, behind its kind.
var literal = regexp.MustCompile(`\b(BlockString|String|Int|Float|got:|0:|sequence:) .*`)

// expected is the type that the validator's messages on values name.
var expected = regexp.MustCompile(`^(?:Enum "|Expected value of type "|Value "\w+" does not exist in ")([^"]+)"|^(\w+) cannot represent`)

// wrongValue says of which type a value in the document should be.
func wrongValue(message string) string {
	if found := expected.FindStringSubmatch(message); found != nil {
		return "A value of type " + found[1] + found[2] + " was expected here."
	}
	return "The value here does not fit its type."
}

// uncoercible reports a variable that doesn't fit its type.
func (e *Executor) uncoercible(op *ast.OperationDefinition, err *gqlerror.Error) *gqlerror.Error {
	refusal := WrongDocument(fault.BadUserInput, "A variable does not fit its type.")
	if !e.limits.Introspection || len(err.Path) < 2 {
		return refusal
	}
	path, unknown := err.Path[1:], "" // it begins with the word variable
	if err.Message == "unknown field" {
		unknown = fmt.Sprint(path[len(path)-1]) // the client's own name
		path = path[:len(path)-1]
	}
	refusal.Extensions["variable"] = path
	definition := op.VariableDefinitions.ForName(fmt.Sprint(path[0]))
	if definition == nil {
		return refusal
	}
	refusal.Locations = []gqlerror.Location{{Line: definition.Position.Line, Column: definition.Position.Column}}
	switch of := e.typeAt(definition.Type, path[1:]); {
	case of == nil:
	case unknown != "":
		refusal.Message = fmt.Sprintf("Variable %s: %s has no field %s.", variable(path), of.Name(), strconv.Quote(short(unknown)))
	default:
		refusal.Message = fmt.Sprintf("Variable %s: %s was expected.", variable(path), of)
	}
	return refusal
}

// typeAt follows a path into a type; nil if it leads nowhere.
func (e *Executor) typeAt(t *ast.Type, path ast.Path) *ast.Type {
	for _, step := range path {
		switch step := step.(type) {
		case ast.PathIndex:
			t = t.Elem
		case ast.PathName:
			field := e.schema.Types[t.Name()].Fields.ForName(string(step))
			if field == nil {
				return nil
			}
			t = field.Type
		}
		if t == nil {
			return nil
		}
	}
	return t
}

// variable writes a path as people do: $input.items[0].quantity.
func variable(path ast.Path) string {
	var b strings.Builder
	b.WriteString("$")
	for i, step := range path {
		switch step := step.(type) {
		case ast.PathIndex:
			fmt.Fprintf(&b, "[%d]", step)
		case ast.PathName:
			if i > 0 {
				b.WriteString(".")
			}
			b.WriteString(string(step))
		}
	}
	return b.String()
}

// maxMessage bounds what one message repeats of the document's names, in bytes.
const maxMessage = 200

func short(message string) string {
	if len(message) > maxMessage {
		return strings.ToValidUTF8(message[:maxMessage], "") + "..."
	}
	return message
}
