package cqrs

import (
	"unicode/utf8"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// ValidKey accepts what a client may name an intent, and refuses others with BAD_USER_INPUT.
func ValidKey(key string) error {
	if n := utf8.RuneCountInString(key); n < 1 || n > 255 || !text.Block(key) {
		return fault.New(fault.BadUserInput, "An idempotency key has 1 to 255 characters, none of them control characters.").At("idempotencyKey")
	}
	return nil
}
