package text

import (
	"unicode/utf8"

	"pizzeria/internal/platform/fault"
)

// CheckLine refuses, with BAD_USER_INPUT, what is no line of 1 to most characters once it is cleaned (Line). A message begins with
// what it is: "A name".
func CheckLine(s, what string, most int, path ...string) error {
	clean, ok := Line(s)
	if n := utf8.RuneCountInString(clean); n < 1 || n > most || !ok {
		return fault.New(fault.BadUserInput, "%s has 1 to %d characters that can be shown, on one line.", what, most).At(path...)
	}
	return nil
}
