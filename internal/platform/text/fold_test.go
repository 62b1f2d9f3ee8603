package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/text"
)

func TestNamesThatDifferInCaseAloneAreOne(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"Öl", "öl", "ÖL", "O\u0308l"}, {"Weiß", "WEISS", "weiss", "WEIẞ"}, {"ΣΑΣ", "σας", "σασ"}, {"Chili", "CHILI"}, {"ﬁsh", "FISH"}, {"İ", "i\u0307"}, {"\u1fb3", "\u1fbc", "αι"},
	} {
		for _, one := range same {
			require.Equal(t, text.FoldName(same[0]), text.FoldName(one), "%q", one)
			require.Equal(t, text.FoldName(one), text.FoldName(text.FoldName(one)))
		}
	}
	for _, other := range []string{"ı", "í", "j", ""} {
		require.NotEqual(t, text.FoldName("I"), text.FoldName(other))
	}
}
