// Package text says which characters people's texts may hold.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line tells whether s can be stored by Postgres and shown on one line: valid UTF-8 without control characters.
func Line(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// Block is Line for texts that may have line breaks and tabs.
func Block(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	})
}
