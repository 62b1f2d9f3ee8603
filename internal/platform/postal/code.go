package postal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pizzeria/internal/platform/fault"
)

// maxCode is how many letters and digits are looked at of a postal code; the longest there are have ten.
const maxCode = 16

// Code is a postal code in the one form in which codes are compared: letters and digits alone, in capitals.
func Code(written string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, norm.NFKC.String(written))
}

// Pattern is a code, or the beginning of codes, in the form in which Patterns lists it: "SW1A*" is for all that begin so.
// It refuses, with BAD_USER_INPUT, what no code begins with.
func Pattern(written string) (string, *fault.Error) {
	begins := strings.TrimSpace(written)
	code := Code(strings.TrimSuffix(begins, "*"))
	if n := utf8.RuneCountInString(code); n < 1 || n > maxCode || len(written) > 8*maxCode || strings.Contains(strings.TrimSuffix(begins, "*"), "*") {
		return "", fault.New(fault.BadUserInput, "A postal code has 1 to %d letters and digits; \"SW1A*\" is for all that begin so.", maxCode)
	}
	if strings.HasSuffix(begins, "*") {
		code += "*"
	}
	return code, nil
}

// Patterns are all that a postal code is found by: itself, what stands before a hyphen, as in a ZIP code of nine digits, and
// what it begins with.
func Patterns(written string) []string {
	code := []rune(Code(written))
	patterns := []string{}
	if len(code) > 0 {
		patterns = append(patterns, string(code))
	}
	if before, _, hyphen := strings.Cut(written, "-"); hyphen && Code(before) != "" {
		patterns = append(patterns, Code(before))
	}
	for n := 1; n <= min(len(code), maxCode); n++ {
		patterns = append(patterns, string(code[:n])+"*")
	}
	return patterns
}

// Among tells whether a postal code is found by one of the patterns.
func Among(patterns []string, written string) bool {
	return slices.ContainsFunc(Patterns(written), func(p string) bool { return slices.Contains(patterns, p) })
}
