package ordering

import (
	"unicode/utf8"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// maxText is how many characters people may write in one place.
const maxText = 500

// validText refuses a text, if there is one, that can't be stored and shown: too long, or with control characters other
// than line breaks and tabs.
func validText(s *string, path ...string) error {
	if s == nil || (text.Block(*s) && utf8.RuneCountInString(*s) <= maxText) {
		return nil
	}
	return fault.New(fault.BadUserInput, "Write up to %d characters, none of them control characters.", maxText).At(path...)
}
