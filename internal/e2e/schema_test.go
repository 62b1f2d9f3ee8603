package e2e_test

import (
	"encoding/json"
	"strings"
)

// inputs are the types of the schema by name, as introspection describes them.
type inputs map[string]inputType

type inputType struct {
	Kind   string
	Name   string
	Fields []struct {
		Name string
		Args []input
		Type reference
	}
	InputFields   []input
	EnumValues    []struct{ Name string }
	PossibleTypes []reference
}

type input struct {
	Name         string
	Type         reference
	DefaultValue *string
}

type reference struct {
	Kind, Name string
	OfType     *reference
}

func readInputs(p *person) inputs {
	p.Helper()
	types := inputs{}
	for _, one := range ask[struct {
		Schema struct{ Types []inputType } `json:"__schema"`
	}](p, introspection, nil).Schema.Types {
		types[one.Name] = one
	}
	return types
}

// String writes the type as a document does.
func (r reference) String() string {
	switch r.Kind {
	case "NON_NULL":
		return r.OfType.String() + "!"
	case "LIST":
		return "[" + r.OfType.String() + "]"
	}
	return r.Name
}

// selection returns the selection that a field of this type needs.
func (r reference) selection() string {
	switch {
	case r.OfType != nil:
		return r.OfType.selection()
	case r.Kind == "SCALAR" || r.Kind == "ENUM":
		return ""
	}
	return " { __typename }"
}

// base is the type's name without lists.
func (r reference) base() string {
	if r.OfType != nil {
		return r.OfType.base()
	}
	return r.Name
}

// selection is what can be asked of a type without arguments, so many levels deep.
func (i inputs) selection(r reference, levels int) string {
	t := i[r.base()]
	fields := []string{"__typename"}
	switch t.Kind {
	case "SCALAR", "ENUM":
		return ""
	case "INTERFACE":
		for _, one := range t.PossibleTypes {
			fields = append(fields, "... on "+one.Name+i.selection(one, 1))
		}
	case "UNION":
		for _, one := range t.PossibleTypes {
			fields = append(fields, "... on "+one.Name+i.selection(one, levels-1))
		}
	}
	for _, f := range t.Fields {
		kind := i[f.Type.base()].Kind
		if leaf := kind == "SCALAR" || kind == "ENUM"; len(f.Args) == 0 && (leaf || levels > 1) {
			fields = append(fields, f.Name+i.selection(f.Type, levels-1))
		}
	}
	return " { " + strings.Join(fields, " ") + " }"
}

// validValue returns a value of the type.
func (i inputs) validValue(r reference) any {
	switch r.Kind {
	case "NON_NULL":
		return i.validValue(*r.OfType)
	case "LIST":
		return []any{i.validValue(*r.OfType)}
	case "ENUM":
		return enum(i[r.Name].EnumValues[0].Name)
	case "INPUT_OBJECT":
		return i.with(r, "", nil)
	}
	return map[string]any{
		"Int": 1, "Cents": 1, "Boolean": true, "DateTime": "2026-01-31T18:00:00Z", "ID": marker, "String": marker, "Cursor": marker,
	}[r.Name]
}

// with returns an input object with this value in a field, and with its required fields.
func (i inputs) with(r reference, field string, value any) vars {
	object := vars{}
	for _, f := range i[r.Name].InputFields {
		if f.Type.Kind == "NON_NULL" {
			object[f.Name] = i.validValue(f.Type)
		}
		if f.Name == field {
			object[f.Name] = value
		}
	}
	return object
}

// invalidValues returns values of every kind, and values of the type that contain one of them at some depth.
func (i inputs) invalidValues(r reference) []any {
	values := []any{5, 1.5, json.Number("1e400"), json.Number("99999999999999999999"), true, marker, nil, enum(marker), vars{marker: 1}, []any{[]any{1}}, []any{vars{}}}
	switch r.Kind {
	case "NON_NULL":
		return i.invalidValues(*r.OfType)
	case "LIST":
		for _, entry := range i.invalidValues(*r.OfType) {
			values = append(values, []any{entry})
		}
	case "INPUT_OBJECT":
		for _, f := range i[r.Name].InputFields {
			for _, value := range i.invalidValues(f.Type) {
				values = append(values, i.with(r, f.Name, value))
			}
		}
	}
	return values
}

type enum string

// literal writes a value as GraphQL does.
func literal(v any) string {
	switch v := v.(type) {
	case enum:
		return string(v)
	case vars:
		fields := []string{}
		for name, value := range v {
			fields = append(fields, name+": "+literal(value))
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case []any:
		entries := []string{}
		for _, value := range v {
			entries = append(entries, literal(value))
		}
		return "[" + strings.Join(entries, ", ") + "]"
	}
	text, _ := json.Marshal(v) // strings, numbers, booleans and null
	return string(text)
}
