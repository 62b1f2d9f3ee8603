package projection

import (
	"errors"
	"fmt"
)

// object is being written from a document. What comes in the order selected is written as it is met; where the rest
// stands is remembered until its turn.
type object struct {
	*cutter
	plan *Plan
	turn int // the field to be written next
	seen int // how many were met before their turn

	few  [24]span
	many []span // in the place of few, if there are more
}

// span is where a field's value stands in the document; zero if it hasn't been met.
type span struct{ from, to int32 }

var errTwice = errors.New("it stands there twice")

// met is where the value of field i stands.
func (o *object) met(i int) *span {
	if o.many != nil {
		return &o.many[i]
	}
	return &o.few[i]
}

// member reads the name at a position and its value, and returns where that ends.
func (o *object) member(at int) (end int, err error) {
	if o.turn < len(o.plan.fields) {
		f := &o.plan.fields[o.turn] // not a fixed one: those have been caught up with
		if begin := at + len(f.lead); begin < len(o.doc) && string(o.doc[at:begin]) == f.lead {
			return o.expected(f, at, begin)
		}
	}
	end = skipText(o.doc, at)
	if end < 0 {
		return 0, errMalformed
	}
	i := o.plan.find(o.doc[at+1 : end-1])
	if at = blanks(o.doc, end); at >= len(o.doc) || o.doc[at] != ':' {
		return 0, errMalformed
	}
	return o.unexpected(i, blanks(o.doc, at+1))
}

// expected writes the field whose turn it is, from its name to its value, as it stands in the document.
func (o *object) expected(f *field, name, value int) (end int, err error) {
	if f.key == f.lead {
		o.next(o.turn == 0, name, value)
	} else {
		o.text(o.turn == 0, f.key)
	}
	o.turn++
	if end, err = f.value(o.cutter, value, &f.shape); err != nil {
		return 0, fmt.Errorf("%s: %w", f.name, err)
	}
	if f.nextSameName >= 0 {
		o.remember(f.nextSameName, value, end)
	}
	if o.seen == 0 && !o.plan.fixed {
		return end, nil
	}
	return end, o.catchUp()
}

// unexpected reads the value of field i, and returns where it ends. A negative i means that it wasn't selected.
func (o *object) unexpected(i, at int) (end int, err error) {
	if i >= 0 && (i < o.turn || o.met(i).to > 0) {
		return 0, fmt.Errorf("%s: %w", o.plan.fields[i].name, errTwice)
	}
	if end = skip(o.doc, at); end < 0 {
		return 0, errMalformed
	}
	o.remember(i, at, end)
	return end, o.catchUp()
}

// remember where the value of field i stands, and of those with the same name.
func (o *object) remember(i, from, to int) {
	for ; i >= 0; i = o.plan.fields[i].nextSameName {
		o.seen++
		*o.met(i) = span{int32(from), int32(to)}
	}
}

// catchUp writes what can be written without reading on.
func (o *object) catchUp() error {
	for ; o.turn < len(o.plan.fields); o.turn++ {
		f := &o.plan.fields[o.turn]
		at := o.met(o.turn)
		if at.to == 0 && f.fixed == "" {
			return nil
		}
		o.text(o.turn == 0, f.key)
		if f.fixed != "" {
			o.out = append(o.out, f.fixed...)
		} else if end, err := f.value(o.cutter, int(at.from), &f.shape); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		} else if end != int(at.to) { // 1.0 is a number, and begins with an integer
			return fmt.Errorf("%s: %w", f.name, errMalformed)
		}
	}
	return nil
}

// finish writes what the document doesn't have.
func (o *object) finish(computed Computed) error {
	for o.turn < len(o.plan.fields) {
		f := &o.plan.fields[o.turn]
		o.text(o.turn == 0, f.key)
		known := false
		if computed != nil {
			o.out, known = computed(o.out, f.name)
		}
		if !known {
			return fmt.Errorf("%s: it is missing", f.name)
		}
		o.turn++
		if err := o.catchUp(); err != nil {
			return err
		}
	}
	return nil
}
