package projection

import (
	"encoding/binary"
	"math/bits"
)

// The functions of this file find where a JSON value ends. They return -1 for text that is no JSON, as far as they look:
// what is inside a list or an object that wasn't selected is only passed over.

// blanks returns where the blanks at a position end.
func blanks(doc []byte, at int) int {
	for at < len(doc) && (doc[at] == ' ' || doc[at] == '\n' || doc[at] == '\t' || doc[at] == '\r') {
		at++
	}
	return at
}

// skip returns the end of the value that begins at a position.
func skip(doc []byte, at int) int {
	if at >= len(doc) {
		return -1
	}
	switch doc[at] {
	case '"':
		return skipText(doc, at)
	case '{', '[':
		return skipNested(doc, at)
	case 't':
		return skipWord(doc, at, "true")
	case 'f':
		return skipWord(doc, at, "false")
	case 'n':
		return skipWord(doc, at, "null")
	default:
		return skipNumber(doc, at)
	}
}

func skipText(doc []byte, at int) int {
	for at = plain(doc, at+1); at < len(doc); at = plain(doc, at) {
		switch doc[at] {
		case '"':
			return at + 1
		case '\\':
			if at = skipEscape(doc, at+1); at < 0 {
				return -1
			}
		default: // a control character
			return -1
		}
	}
	return -1
}

// plain returns where something else comes than characters that stand for themselves: a quote, a backslash, a control
// character, or the end. It looks at eight bytes at once; of those that its arithmetic marks, the first is right.
func plain(doc []byte, at int) int {
	const (
		every = 0x0101010101010101
		top   = 0x80 * every
	)
	for ; at+8 <= len(doc); at += 8 {
		x := binary.LittleEndian.Uint64(doc[at:])
		quote, backslash := x^('"'*every), x^('\\'*every)
		found := ((quote-every)&^quote | (backslash-every)&^backslash | (x-' '*every)&^x) & top
		if found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for at < len(doc) && doc[at] != '"' && doc[at] != '\\' && doc[at] >= ' ' {
		at++
	}
	return at
}

// skipEscape returns the end of an escape whose backslash stands before the position.
func skipEscape(doc []byte, at int) int {
	if at >= len(doc) {
		return -1
	}
	switch doc[at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return at + 1
	case 'u':
		for range 4 {
			if at++; at >= len(doc) || !hex(doc[at]) {
				return -1
			}
		}
		return at + 1
	}
	return -1
}

func hex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func skipNested(doc []byte, at int) int {
	for depth := 0; at < len(doc); {
		switch doc[at] {
		case '"':
			if at = skipText(doc, at); at < 0 {
				return -1
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return at + 1
			}
		}
		at++
	}
	return -1
}

func skipWord(doc []byte, at int, word string) int {
	end := at + len(word)
	if end > len(doc) || string(doc[at:end]) != word {
		return -1
	}
	return end
}
