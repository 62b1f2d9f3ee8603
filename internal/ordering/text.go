package ordering

import (
	"unicode/utf8"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// maxText is how many characters people may write in one place.
const maxText = 500

// validText refuses a text, if there is one, that can't be stored and shown: too long, or with control characters other
// than line breaks and tabs. What is stored of it is text.OptionalBlock.
func validText(s *string, path ...string) error {
	clean, ok := text.OptionalBlock(s)
	if ok && (clean == nil || utf8.RuneCountInString(*clean) <= maxText) {
		return nil
	}
	return fault.New(fault.BadUserInput, "Write up to %d characters, none of them control characters.", maxText).At(path...)
}

// cleaned is what is stored of a valid text.
func cleaned(s *string) *string {
	clean, _ := text.OptionalBlock(s)
	return clean
}

// validToken refuses what no gateway's token can be. A token is stored as it is: a program has made it.
func validToken(token *string) error {
	if token == nil {
		return nil
	}
	if _, ok := text.Block(*token); !ok || utf8.RuneCountInString(*token) > maxText {
		return fault.New(fault.BadUserInput, "A payment token has up to %d characters, none of them control characters.", maxText).At("paymentToken")
	}
	return nil
}
