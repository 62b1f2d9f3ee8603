package customer

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzSignUp signs whomever up: whoever can, can sign in by the same words.
func FuzzSignUp(f *testing.F) {
	for _, text := range []string{
		"", " ", "Anna", "\x00", "a\xffb", "\u202e", "'; DROP TABLE accounts; --", strings.Repeat("é", 200), strings.Repeat("x", 1001), "\r\nBcc: all@example.com",
	} {
		f.Add(text, text+"@example.com", text, text)
		f.Add("Anna", text, "correct horse", "+49 30 123")
	}
	f.Add("Anna", "anna@example.com", "correct horse", "+49 30 123")
	f.Add("Anna", " ANNA@EXAMPLE.com ", "        ", "")
	f.Add("Anna", strings.Repeat("a", 308)+"@example.com", "quiet horse", "")
	f.Add("Anna", "a@b@c.d", "quiet horse", "")
	f.Fuzz(func(t *testing.T, name, email, password, phone string) {
		for _, prefix := range []string{"", faulttest.Marker} {
			name, email, password, phone := prefix+name, prefix+email, prefix+password, prefix+phone
			up := SignUp{Name: name, Email: email, Password: password, Phone: &phone}
			account := CreateAccount{Name: name, Email: email, Password: password}
			in := SignIn{Email: email, Password: password}

			refused := faulttest.Refusal(t, up.Validate())

			require.True(t, refused || !faulttest.Refusal(t, account.Validate()))
			signInRefused := faulttest.Refusal(t, in.Validate())
			require.True(t, refused || !signInRefused)
		}
	})
}
