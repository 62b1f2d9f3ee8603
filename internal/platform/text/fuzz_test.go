package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/text"
)

// FuzzClean cleans whatever is written: what comes out can be kept, is clean already, and hides nothing.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"", " ", "Anna", "An\x00na", "a\xffb", "\u202eAnna\u2066", "e\u0301\u200b\u0301", "\u1100\u1160\u11a8", "\u0645\u200c\u200d\u062e", "\u2764\ufe0f\u200d\U0001f525",
		"\r\n\t\u2028", "\u0958", "\ufb1d", "a\u0315\u0300\u05ae\u0062", strings.Repeat("\u200d", 9), "ANNA@\u212aelvin.example", "\u01c5@example.com", "a@xn--a.com",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		for _, clean := range []func(string) (string, bool){text.Line, text.Block} {
			once, ok := clean(given)
			if !ok {
				continue
			}
			again, still := clean(once)
			require.True(t, still)
			require.Equal(t, once, again)
			require.True(t, utf8.ValidString(once))
			require.Equal(t, strings.TrimSpace(once), once)
			require.Equal(t, text.NFC(once), once)
			require.False(t, strings.ContainsFunc(once, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }), "%q", once)
			require.NotContains(t, once, "\u200b")
		}
		line, ok := text.Line(given)
		require.True(t, !ok || !strings.ContainsAny(line, "\n\r\t\u2028\u2029"))

		if address, ok := text.Email(given); ok {
			require.Equal(t, text.Fold(given), text.Fold(address))
			require.Equal(t, text.Fold(address), text.Fold(text.Fold(address)))
			require.LessOrEqual(t, utf8.RuneCountInString(address), text.MaxEmail)
		}
	})
}
