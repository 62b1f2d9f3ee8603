package projection

import (
	"errors"
	"fmt"
)

// ErrUnknownField is for a field of the schema that an object has no value for.
var ErrUnknownField = errors.New("the field is not known")

// Values appends an object whose fields stand in no document: value appends one of them, by its plan if it is an object.
func (p *Plan) Values(out []byte, value func(out []byte, field string, of *Plan) ([]byte, error)) ([]byte, error) {
	out = append(out, '{')
	for i := range p.fields {
		f := &p.fields[i]
		if i > 0 {
			out = append(out, ',')
		}
		if out = append(out, f.key...); f.fixed != "" {
			out = append(out, f.fixed...)
			continue
		}
		var err error
		if out, err = value(out, f.name, f.plan); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return append(out, '}'), nil
}

// Objects are a list of objects that append themselves.
type Objects[T Object] []T

// AppendSelected implements Object.
func (all Objects[T]) AppendSelected(out []byte, plan *Plan) ([]byte, error) {
	return List(out, all, func(out []byte, of T) ([]byte, error) { return of.AppendSelected(out, plan) })
}

// List appends a list.
func List[T any](out []byte, all []T, element func(out []byte, of T) ([]byte, error)) ([]byte, error) {
	out = append(out, '[')
	for i, of := range all {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = element(out, of); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}
