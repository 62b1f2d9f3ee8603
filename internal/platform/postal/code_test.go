package postal

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPostalCodesAreComparedWhateverTheirSpelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone, written string
		in            bool
	}{
		{"80138", "80138", true},
		{"80138", " 80 138 ", true},
		{"80138", "80139", false},
		{"80138", "8013", false},
		{"sw1a 1aa", "SW1A1AA", true},
		{"SW1A*", "sw1a 2aa", true},
		{"SW1A *", "SW1A", true},
		{"SW1A*", "SW1 2AA", false},
		{"60607", "60607-1234", true},
		{"60607-1234", "60607", false},
		{"104-0061", "１０４-００６１", true},
		{"1*", "", false},
	} {
		pattern, err := Pattern(c.zone)
		require.Nil(t, err)
		require.Equal(t, c.in, Among([]string{pattern}, c.written), "%q in %q", c.written, c.zone)
	}
	for _, none := range []string{"", " ", "*", "--", "1*2", "**", "12345678901234567"} {
		_, err := Pattern(none)
		require.NotNil(t, err, none)
	}
}
