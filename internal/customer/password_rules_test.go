package customer_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/fault"
)

func TestPasswordsThatAreGuessedFirst(t *testing.T) {
	t.Parallel()
	with := func(password string) error {
		return customer.SignUp{Name: "Anna Maria", Email: "anna.rossi@example.com", Password: password}.Validate()
	}
	for _, guessed := range []string{
		"1234567890", "0987654321", "12345678901234", "abcdefghijkl", "qwertyuiop", "QWERTYUIOP", "password12", "Password2026!", "passwordpassword",
		"aaaaaaaaaa", "abcabcabcabc", "1q2w3e4r5t", "basketball", "!!!!!!!!!!", "anna.rossi@example.com", "Anna.Rossi1990", "Anna Maria1",
		"short", strings.Repeat("ab", 501),
	} {
		refused, ok := fault.As(with(guessed))
		require.True(t, ok, guessed)
		require.Equal(t, fault.BadUserInput, refused.Code)
		require.Equal(t, []string{"password"}, refused.Path)
		require.NotContains(t, refused.Message, guessed)
	}
	for _, fine := range []string{"correct horse", "pizzeria-demo", "open-sesame", "\u30d4\u30b6\u304c\u5927\u597d\u304d\u3067\u3059\u3088\u306d", "7402918365", "tr0ub4dor&3"} {
		require.NoError(t, with(fine), fine)
	}
}
