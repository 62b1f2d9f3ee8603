// Package text makes what people write fit to be kept and shown: composed (NFC), without what nobody can see, and without
// what turns the direction of other texts around.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Line cleans a text of one line: blanks at its ends go, and every run of blanks within becomes one space. It is not ok if it
// can't be stored by Postgres and shown on one line: broken UTF-8, a line break, or another control character.
func Line(s string) (clean string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.TrimSpace(visible(spaced(s)))
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
	return s, !strings.ContainsFunc(s, breaks)
}

// Block cleans a text of any number of lines, which end with \n. It may have tabs.
func Block(s string) (clean string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	s = strings.TrimSpace(visible(spaced(s)))
	return s, !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
}

// OptionalBlock is Block for what may be left out: a text of which nothing is left is nil.
func OptionalBlock(s *string) (clean *string, ok bool) { return optional(s, Block) }

// OptionalLine is Line for what may be left out.
func OptionalLine(s *string) (clean *string, ok bool) { return optional(s, Line) }

func optional(s *string, of func(string) (string, bool)) (*string, bool) {
	if s == nil {
		return nil, true
	}
	clean, ok := of(*s)
	if clean == "" {
		return nil, ok
	}
	return &clean, ok
}

// NFC composes: what looks the same is the same.
func NFC(s string) string { return norm.NFC.String(s) }

// FoldName is what all spellings of a name have in common that differ in case alone, in every language alike: I and i are one
// letter, ı is another, and ß is ss. Names that are unique whatever their case are compared by it.
func FoldName(name string) string {
	fold := cases.Fold()
	for range 2 { // composing may make letters that fold again
		name = norm.NFC.String(fold.String(norm.NFC.String(name)))
	}
	return name
}

// spaced makes spaces of all blanks, whatever their width.
func spaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) || r == '\u2800' {
			return ' '
		}
		return r
	}, s)
}

func breaks(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
