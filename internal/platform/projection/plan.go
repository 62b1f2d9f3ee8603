// Package projection answers a selection from JSON that is stored as the API writes it: the fields asked for are copied
// out of the text, in one pass, and nothing is decoded or encoded again. What is asked for is planned once for a
// document of GraphQL, from its validated selection and the types of the schema.
package projection

import (
	"bytes"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Plan says what a selection asks of an object type. It is never changed, and is shared by requests.
type Plan struct {
	typename  string
	fields    []Field
	typenames bool // some of them are __typename
}

// Field is one entry of the answer.
type Field struct {
	// Name is the field's in the schema.
	Name string
	// Plan is for the object that the field returns, or the objects of its list; nil for anything else.
	Plan *Plan

	key          string // the response key, as JSON: `"alias":`
	lead         string // what comes before the value in a document without blanks: `"name":`
	shape        shape
	nextSameName int // the next field with the same name, -1 if there is none
	// typename is for __typename, which no document has.
	typename bool
}

// shape is a type of the schema.
type shape struct {
	nonNull bool
	list    *shape // what a list holds, nil for anything else
	leaf    leaf   // meaningless for lists and objects
}

// leaf says which JSON values a scalar or an enum has.
type leaf uint8

const (
	anyScalar leaf = iota // a scalar of our own may be any but a list or an object
	text
	integer
	number
	boolean
)

// compile plans a selection on an object type; nil for what a document can't answer by itself: abstract types, and fields
// that take arguments or have directives, which would be passed by.
func compile(schema *ast.Schema, op *graphql.OperationContext, typename string, selections ast.SelectionSet) *Plan {
	def := schema.Types[typename]
	if def.Kind != ast.Object {
		return nil
	}
	satisfied := []string{typename}
	for _, abstract := range schema.GetImplements(def) {
		satisfied = append(satisfied, abstract.Name)
	}
	collected := graphql.CollectFields(op, selections, satisfied)
	p := &Plan{typename: typename, fields: make([]Field, len(collected))}
	for i, f := range collected {
		if len(f.Definition.Arguments) > 0 || guarded(f.Definition) {
			return nil
		}
		field := Field{
			Name: f.Name, key: `"` + f.Alias + `":`, lead: `"` + f.Name + `":`, shape: shapeOf(schema, f.Definition.Type), nextSameName: -1,
			typename: f.Name == "__typename",
		}
		if len(f.Selections) > 0 {
			if field.Plan = compile(schema, op, f.Definition.Type.Name(), f.Selections); field.Plan == nil {
				return nil
			}
		}
		for before := range i {
			if b := &p.fields[before]; b.Name == f.Name && b.nextSameName < 0 {
				b.nextSameName = i
			}
		}
		p.fields[i] = field
		p.typenames = p.typenames || field.typename
	}
	return p
}

// guarded tells whether a field has a directive that does something.
func guarded(def *ast.FieldDefinition) bool {
	for _, d := range def.Directives {
		if d.Name != "deprecated" {
			return true
		}
	}
	return false
}

func shapeOf(schema *ast.Schema, t *ast.Type) shape {
	s := shape{nonNull: t.NonNull}
	if t.Elem != nil {
		of := shapeOf(schema, t.Elem)
		s.list = &of
		return s
	}
	switch t.Name() {
	case "ID", "String":
		s.leaf = text
	case "Int":
		s.leaf = integer
	case "Float":
		s.leaf = number
	case "Boolean":
		s.leaf = boolean
	default:
		if schema.Types[t.Name()].Kind == ast.Enum {
			s.leaf = text
		}
	}
	return s
}

// find returns the first field with a name, -1 if none is selected.
func (p *Plan) find(name []byte) int {
	for i := range p.fields {
		if p.fields[i].Name == string(name) {
			return i
		}
	}
	if bytes.IndexByte(name, '\\') < 0 {
		return -1
	}
	var plain string
	if json.Unmarshal(append(append([]byte{'"'}, name...), '"'), &plain) != nil {
		return -1
	}
	for i := range p.fields {
		if p.fields[i].Name == plain {
			return i
		}
	}
	return -1
}
