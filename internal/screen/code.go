package screen

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"
	"unicode"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

const (
	// alphabet has no signs that are taken for each other: 0 and O, 1, I and L, 2 and Z, 5 and S, 6 and G, 8 and B, U and V.
	alphabet   = "ACDEFHJKMNPQRTUWXY3479"
	codeLength = 8
	// codeLasts is how long a code can be claimed: the way from the office to the oven.
	codeLasts = 15 * time.Minute
)

// StandardClaims lets a shop claim all of its screens at once, and mistype: 30 codes from a network, and then one each 20 s.
func StandardClaims() customer.Limit { return customer.Limit{Every: 20 * time.Second, Burst: 30} }

// NewCode returns a code that people can type: 8 of 22 signs, some 55,000,000,000 codes.
func NewCode() string {
	const fair = 256 - 256%len(alphabet) // what is above would make the first signs likelier
	code, random := make([]byte, 0, codeLength), make([]byte, 1)
	for len(code) < codeLength {
		_, _ = rand.Read(random) // never fails: without randomness the program ends
		if int(random[0]) < fair {
			code = append(code, alphabet[int(random[0])%len(alphabet)])
		}
	}
	return string(code)
}

// hashCode returns the hash of a code as somebody typed it, in whatever case and with blanks and hyphens; ok is false for what
// can't be one.
func hashCode(typed string) (hash auth.TokenHash, ok bool) {
	code := strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
	if len(code) != codeLength || strings.Trim(code, alphabet) != "" {
		return auth.TokenHash{}, false
	}
	return sha256.Sum256([]byte(code)), true
}

// NoSuchCode is the refusal of a code that was never given, has expired, or was claimed: they all look the same.
func NoSuchCode() *fault.Error {
	return fault.New(fault.NotFound, "This code can't be used, or not any more. Ask for another one.").At("code")
}
