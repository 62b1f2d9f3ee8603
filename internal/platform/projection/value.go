package projection

import "errors"

var errNull = errors.New("it is null")

// value writes the value at a position, which must be one that the shape has, and returns where it ends.
func (f *field) value(c *cutter, at int, s *shape) (end int, err error) {
	switch {
	case at < len(c.doc) && c.doc[at] == 'n':
		end = skipWord(c.doc, at, "null")
		if end > 0 && s.nonNull {
			return 0, errNull
		}
	case s.list != nil:
		return f.list(c, at, s.list)
	case f.plan != nil:
		return f.plan.object(c, at, nil)
	default:
		end = s.leaf.skip(c.doc, at)
	}
	if end < 0 {
		return 0, errMalformed
	}
	c.piece(at, end)
	return end, nil
}

func (f *field) list(c *cutter, at int, of *shape) (end int, err error) {
	doc := c.doc
	if at >= len(doc) || doc[at] != '[' {
		return 0, errMalformed
	}
	c.piece(at, at+1)
	if at = blanks(doc, at+1); at < len(doc) && doc[at] == ']' {
		c.piece(at, at+1)
		return at + 1, nil
	}
	for first := true; ; first = false {
		c.next(first, at, at)
		if at, err = f.value(c, at, of); err != nil {
			return 0, err
		}
		if at = blanks(doc, at); at >= len(doc) || doc[at] != ',' {
			break
		}
		at = blanks(doc, at+1)
	}
	if at >= len(doc) || doc[at] != ']' {
		return 0, errMalformed
	}
	c.piece(at, at+1)
	return at + 1, nil
}

// skip returns the end of a scalar, -1 if the value at the position is none of this kind.
func (l leaf) skip(doc []byte, at int) int {
	if at >= len(doc) {
		return -1
	}
	switch c := doc[at]; {
	case c == '"':
		if l == text || l == anyScalar {
			return skipText(doc, at)
		}
	case c == '-' || '0' <= c && c <= '9':
		if l == integer {
			return skipInteger(doc, at)
		}
		if l == number || l == anyScalar {
			return skipNumber(doc, at)
		}
	case c == 't' || c == 'f':
		if l == boolean || l == anyScalar {
			return skip(doc, at)
		}
	}
	return -1
}
