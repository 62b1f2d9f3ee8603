package projection

import (
	"errors"
	"fmt"
	"slices"
)

// Computed writes the fields of an object that don't stand in its document. It returns false for a field that it doesn't
// know either.
type Computed func(out []byte, field string) ([]byte, bool)

var errMalformed = errors.New("malformed JSON")

// Document appends the fields of a JSON object that the plan selects. Names, order and blanks of the document don't
// matter, but one with its fields in the order selected is read only once. It fails if the document isn't JSON as far as
// it is read, or isn't of the plan's type: a field is missing, stands there twice, or has a value that its type hasn't.
// computed may be nil.
func (p *Plan) Document(out, doc []byte, computed Computed) ([]byte, error) {
	c := cutter{out: slices.Grow(out, len(doc)), doc: doc}
	end, err := p.object(&c, blanks(doc, 0), computed)
	if err == nil && blanks(doc, end) != len(doc) {
		err = errMalformed
	}
	if err != nil {
		return nil, fmt.Errorf("read document of %s: %w", p.typename, err)
	}
	c.flush()
	return c.out, nil
}

// object writes the object that begins at a position, and returns where that ends.
func (p *Plan) object(c *cutter, at int, computed Computed) (end int, err error) {
	doc := c.doc
	if at >= len(doc) || doc[at] != '{' {
		return 0, errMalformed
	}
	o := object{plan: p, cutter: c}
	if len(p.fields) > len(o.few) {
		o.many = make([]span, len(p.fields))
	}
	c.piece(at, at+1)
	if err := o.catchUp(); err != nil {
		return 0, err
	}
	for at = blanks(doc, at+1); at < len(doc) && doc[at] == '"'; {
		if at, err = o.member(at); err != nil {
			return 0, err
		}
		if at = blanks(doc, at); at >= len(doc) || doc[at] != ',' {
			break
		}
		if at = blanks(doc, at+1); at >= len(doc) || doc[at] != '"' {
			return 0, errMalformed
		}
	}
	if at >= len(doc) || doc[at] != '}' {
		return 0, errMalformed
	}
	if err := o.finish(computed); err != nil {
		return 0, err
	}
	c.piece(at, at+1)
	return at + 1, nil
}
