package projection

// cutter makes an answer of pieces of a document and of text of its own. Neighbours in both are copied together: an
// answer that has all of the document, as it stands there, is copied at once.
type cutter struct {
	out, doc []byte
	from, to int // the piece that is not copied yet
}

// piece writes a part of the document.
func (c *cutter) piece(from, to int) {
	if from == c.to {
		c.to = to
		return
	}
	c.flush()
	c.from, c.to = from, to
}

// next writes a part of the document, behind a comma unless it is the first. The comma may be the document's own.
func (c *cutter) next(first bool, from, to int) {
	switch {
	case first:
		c.piece(from, to)
	case from-1 == c.to && c.doc[c.to] == ',':
		c.to = to
	default:
		c.flush()
		c.out = append(c.out, ',')
		c.from, c.to = from, to
	}
}

// text writes what doesn't stand in the document, behind a comma unless it is the first.
func (c *cutter) text(first bool, text string) {
	c.flush()
	if !first {
		c.out = append(c.out, ',')
	}
	c.out = append(c.out, text...)
}

func (c *cutter) flush() {
	if c.to > c.from {
		c.out = append(c.out, c.doc[c.from:c.to]...)
	}
	c.from, c.to = -1, -2 // no piece begins there
}
