package projection

import (
	"errors"
	"fmt"
)

// ErrUnknownField is for a field of the schema that nobody has taught the object.
var ErrUnknownField = errors.New("the field is not known")

// Object appends an object whose fields the caller has: it is asked for the value of each one selected, as JSON.
func (p *Plan) Object(out []byte, value func(out []byte, f *Field) ([]byte, error)) ([]byte, error) {
	out = append(out, '{')
	for i := range p.fields {
		f := &p.fields[i]
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, f.key...)
		if f.typename {
			out = append(append(append(out, '"'), p.typename...), '"')
			continue
		}
		var err error
		if out, err = value(out, f); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return append(out, '}'), nil
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
