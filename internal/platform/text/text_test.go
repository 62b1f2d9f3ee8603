package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/text"
)

func TestALineIsWhatItLooksLike(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ given, want string }{
		"plain":                  {"Anna", "Anna"},
		"blanks at its ends":     {" \t Anna\u00a0\r\n", "Anna"},
		"blanks within":          {"Anna \u2003 Maria\u3000Rossi", "Anna Maria Rossi"},
		"a letter and an accent": {"Rene\u0301", "Ren\u00e9"},
		"zero width":             {"A\u200bn\u2060n\ufeffa", "Anna"},
		"a soft hyphen":          {"An\u00adna", "Anna"},
		"joiners in Latin":       {"A\u200dn\u200cna", "Anna"},
		"turned around":          {"\u202eannA\u202c \u2066x\u2069\u200f\u061c", "annA x"},
		"tags and fillers":       {"A\U000e0041\u3164\u115f\u034fnna", "Anna"},
		"Persian":                {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"},
		"a family":               {"\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"},
		"a red heart on fire":    {"\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"},
		"a selector for nothing": {"A\ufe0fnna", "Anna"},
		"only what is invisible": {" \u200b\u2800", ""},
		"a joiner at the end":    {"\u0645\u200c", "\u0645"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := text.Line(c.given)
			require.True(t, ok)
			require.Equal(t, c.want, got)
		})
	}
	for _, bad := range []string{"An\x00na", "An\xffna", "An\nna", "An\tna", "An\u2028na", "An\u0085na", "An\x7fna"} {
		_, ok := text.Line(bad)
		require.False(t, ok, "%q", bad)
	}
}

func TestABlockHasLines(t *testing.T) {
	t.Parallel()
	got, ok := text.Block(" Ring twice.\r\nThen\u00a0wait\u200b\ta moment.\u2028Thanks\r")
	require.True(t, ok)
	require.Equal(t, "Ring twice.\nThen wait\ta moment.\nThanks", got)
	for _, bad := range []string{"\x00", "a\x1bb", "a\xff"} {
		_, ok := text.Block(bad)
		require.False(t, ok, "%q", bad)
	}
	nothing, ok := text.OptionalBlock(new(" \u200b\n"))
	require.True(t, ok)
	require.Nil(t, nothing)
}

func TestEmailAddresses(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		"anna@example.com", "Anna.Rossi+pizza@sub.example.co.uk", "jos\u00e9@example.es", "anna@b\u00fccher.example",
		"\u0430\u043d\u043d\u0430@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", "\u5c71\u7530\u305f\u308d\u3046@example.jp",
		"\ud64d\uae38\ub3d9@example.kr", "\u0645\u062d\u0645\u062f@example.com",
	} {
		_, ok := text.Email(good)
		require.True(t, ok, good)
	}
	for name, bad := range map[string]string{
		"nothing": "", "no @": "anna.example.com", "two @": "anna@b@example.com", "no name": "@example.com", "no dot": "anna@example",
		"a space": "an na@example.com", "an empty label": "anna@example..com", "a dot at the end": "anna@example.com.",
		"Cyrillic in a Latin name":   "\u0430nna@example.com",
		"a Cyrillic name at a Latin": "\u0430\u0441\u0435@example.com",
		"Cyrillic in the domain":     "anna@ex\u0430mple.com",
		"hidden in Punycode":         "anna@xn--exmple-4nf.com",
		"Greek":                      "\u03bfliver@example.com",
		"Greek and Cyrillic":         "\u03bf\u0430@example.com",
	} {
		_, ok := text.Email(bad)
		require.False(t, ok, name)
	}
}

func TestSpellingsOfOneAddressFoldToOne(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"anna@example.com", " ANNA@Example.COM", "\uff41nna@example.com", "anna\u200b@example.com"},
		{"jos\u00e9@example.es", "JOSE\u0301@EXAMPLE.es"},
		{"anna@b\u00fccher.example", "anna@xn--bcher-kva.example", "anna@B\u00dcCHER.example"},
		{"stra\u00dfe@example.de", "STRASSE@example.de"},
	} {
		for _, other := range same[1:] {
			require.Equal(t, text.Fold(same[0]), text.Fold(other))
		}
	}
	require.NotEqual(t, text.Fold("anna@example.com"), text.Fold("ana@example.com"))
}
