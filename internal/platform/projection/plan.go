// Package projection answers a selection from JSON that is stored as the API writes it: the fields asked for are copied
// out of the text, in one pass, and nothing is decoded or encoded again. What is asked for is planned once for a
// document of GraphQL, from its validated selection and the types of the schema.
package projection

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Plan says what a selection asks of an object type. It is never changed, and is shared by requests.
type Plan struct {
	typename string
	fields   []field
	fixed    bool // some of them are
	hides    bool // there are fields among them, or in what they select, that are hidden from some
	hidden   *Plan
	lasting  bool // other requests will come with the same plan
}

// field is one entry of the answer.
type field struct {
	name         string // in the schema
	plan         *Plan  // for the object that the field returns, or the objects of its list; nil for anything else
	key          string // the response key, as JSON: `"alias":`
	lead         string // what comes before the value in a document without blanks: `"name":`
	shape        shape
	nextSameName int    // the next field with the same name, -1 if there is none
	fixed        string // the value, as JSON, if it is the same for all documents
}

// Hidden returns the plan of the same selection with null for all that is hidden from some.
func (p *Plan) Hidden() *Plan {
	if p.hidden == nil {
		return p
	}
	return p.hidden
}

// Within walks what a plan selects of a type: the plan itself if it is for that type, or those of its fields, and of theirs.
func (p *Plan) Within(typename string) iter.Seq[*Plan] {
	return func(yield func(*Plan) bool) { p.within(typename, yield) }
}

func (p *Plan) within(typename string, yield func(*Plan) bool) bool {
	if p.typename == typename {
		return yield(p)
	}
	for i := range p.fields {
		if of := p.fields[i].plan; of != nil && !of.within(typename, yield) {
			return false
		}
	}
	return true
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

// compiler plans the selections of one request.
type compiler struct {
	schema *ast.Schema
	op     *graphql.OperationContext
	hide   string // the directive of fields that are null for some
	ignore []string
	hidden bool // the actor may not see them
}

// compile plans a selection on an object type; nil for what a document can't answer by itself: abstract types, and fields
// that take arguments or have directives, which would be passed by.
func (c compiler) compile(typename string, selections ast.SelectionSet) *Plan {
	p := c.plan(typename, selections)
	if p != nil && p.hides && !c.hidden {
		c.hidden = true
		p.hidden = c.plan(typename, selections)
	}
	return p
}

func (c compiler) plan(typename string, selections ast.SelectionSet) *Plan {
	def := c.schema.Types[typename]
	if def.Kind != ast.Object {
		return nil
	}
	satisfied := []string{typename}
	for _, abstract := range c.schema.GetImplements(def) {
		satisfied = append(satisfied, abstract.Name)
	}
	collected := graphql.CollectFields(c.op, selections, satisfied)
	p := &Plan{typename: typename, fields: make([]field, len(collected))}
	for i, selected := range collected {
		if len(selected.Definition.Arguments) > 0 || c.guarded(selected.Definition) {
			return nil
		}
		f := field{
			name: selected.Name, key: `"` + selected.Alias + `":`, lead: `"` + selected.Name + `":`,
			shape: shapeOf(c.schema, selected.Definition.Type), nextSameName: -1,
		}
		hides := c.hide != "" && selected.Definition.Directives.ForName(c.hide) != nil
		switch {
		case f.name == "__typename":
			f.fixed = `"` + typename + `"`
		case hides && c.hidden:
			f.fixed = "null"
		case len(selected.Selections) > 0:
			if f.plan = c.compile(selected.Definition.Type.Name(), selected.Selections); f.plan == nil {
				return nil
			}
		}
		for before := range i {
			if b := &p.fields[before]; b.name == f.name && b.nextSameName < 0 {
				b.nextSameName = i
			}
		}
		p.fields[i] = f
		p.fixed = p.fixed || f.fixed != ""
		p.hides = p.hides || hides || (f.plan != nil && f.plan.hides)
	}
	return p
}

// guarded tells whether a field has a directive that does something that is not done here.
func (c compiler) guarded(def *ast.FieldDefinition) bool {
	for _, d := range def.Directives {
		if d.Name != "deprecated" && d.Name != c.hide && !slices.Contains(c.ignore, d.Name) {
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

// find returns the first field with a name as a document writes it, -1 if none is selected.
func (p *Plan) find(name []byte) int {
	if i := p.named(string(name)); i >= 0 || bytes.IndexByte(name, '\\') < 0 {
		return i
	}
	var plain string
	if json.Unmarshal(append(append([]byte{'"'}, name...), '"'), &plain) != nil {
		return -1
	}
	return p.named(plain)
}

// named looks among the fields that documents are read for.
func (p *Plan) named(name string) int {
	return slices.IndexFunc(p.fields, func(f field) bool { return f.name == name && f.fixed == "" })
}
