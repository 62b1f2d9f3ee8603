package guard

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"pizzeria/internal/platform/fault"
)

// length is the factor by which a field repeats what is selected below it: the value of its size argument, the number of its
// ids, what @cost says, an assumption for lists without any, 1 for anything else. The lists of a connection were counted by
// the field that returned the connection; those of introspection are bounded by a validation rule.
func (m *meter) length(parent *ast.Definition, def *ast.FieldDefinition, f *ast.Field) int {
	sized, n := false, 0
	for _, arg := range def.Arguments {
		size := m.size
		switch arg.Name {
		case "first", "last", "limit":
		case "ids":
			size = m.count
		default:
			continue
		}
		sized = true
		if v, ok := size(arg, f); ok {
			n = max(n, v)
		}
	}
	switch {
	case n > 0:
		return n
	case sized:
		return max(m.limits.PageSize, 1)
	case def.Type.Elem == nil, isConnection(parent), parent != nil && strings.HasPrefix(parent.Name, "__"):
		return 1
	}
	if size, told := told(def, "size"); told {
		return size
	}
	return max(m.limits.ListSize, 1)
}

// size is the argument's value for this field, and false if it has none or one that only validation understands.
func (m *meter) size(def *ast.ArgumentDefinition, f *ast.Field) (int, bool) {
	value := def.DefaultValue
	if arg := f.Arguments.ForName(def.Name); arg != nil {
		value = arg.Value
	}
	if value != nil && value.Kind == ast.Variable {
		m.varies = true
		given, ok := m.variables[value.Raw]
		if ok {
			return m.accept(numberOf(given))
		}
		value = def.DefaultValue
		for _, op := range m.doc.Operations {
			if v := op.VariableDefinitions.ForName(f.Arguments.ForName(def.Name).Value.Raw); v != nil && v.DefaultValue != nil {
				value = v.DefaultValue
			}
		}
	}
	if value == nil || value.Kind != ast.IntValue {
		return 0, false
	}
	return m.accept(numberOf(json.Number(value.Raw)))
}

// count is how many ids the argument has for this field, and false if it has none or something else. One alone may stand for
// a list of one.
func (m *meter) count(def *ast.ArgumentDefinition, f *ast.Field) (int, bool) {
	arg := f.Arguments.ForName(def.Name)
	switch {
	case arg == nil:
		return 0, false
	case arg.Value.Kind == ast.ListValue:
		return m.accept(len(arg.Value.Children), true)
	case arg.Value.Kind != ast.Variable:
		return 1, true
	}
	m.varies = true
	switch given := m.variables[arg.Value.Raw].(type) {
	case nil:
		return 0, false
	case []any:
		return m.accept(len(given), true)
	default:
		return 1, true
	}
}

func (m *meter) accept(n int, ok bool) (int, bool) {
	if ok && (n < 0 || over(n, m.limits.PageSize)) {
		m.refuse(fault.BadUserInput, fmt.Sprintf("A list may be asked for 0 to %d entries.", m.limits.PageSize))
	}
	return max(n, 0), ok
}

// numberOf reads what JSON may hold in the place of an Int. A number too large for int counts as the largest.
func numberOf(v any) (int, bool) {
	switch v := v.(type) {
	case json.Number:
		return parse(string(v))
	case string:
		return parse(v)
	case float64:
		if v >= math.MaxInt32 {
			return math.MaxInt, true
		}
		return int(v), true
	case int:
		return v, true
	case int64:
		return int(v), true
	}
	return 0, false
}

func parse(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && f != math.Trunc(f) {
		return 0, false
	} else if f < 0 {
		return -1, true
	} else if f > 0 {
		return math.MaxInt, true
	}
	return 0, false
}

func isConnection(def *ast.Definition) bool {
	return def != nil && strings.HasSuffix(def.Name, "Connection")
}
