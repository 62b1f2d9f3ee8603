package events

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzDecodeCursor reads arbitrary input as a position in the live feed.
func FuzzDecodeCursor(f *testing.F) {
	f.Add(Cursor{seen: Snapshot{xmin: 5, xmax: 9, running: []uint64{5, 7}}}.Encode())
	f.Add(Cursor{seen: Snapshot{xmin: 1, xmax: 1}, batch: Snapshot{xmin: 8, xmax: 10}, position: 3}.Encode())
	f.Add(Cursor{seen: Snapshot{xmin: math.MaxUint64, xmax: 1}}.Encode())
	f.Add(Cursor{seen: Snapshot{xmin: 1, xmax: math.MaxUint64}, batch: Snapshot{xmin: math.MaxUint64, xmax: math.MaxUint64}, position: math.MaxInt64}.Encode())
	for _, text := range []string{"", "AA", "====", "' OR 1=1 --", "\x00", "AQAAAAAAAAAAAQAA\n", "AQAAAAAAAAAA" + strings.Repeat("_", 64), strings.Repeat("A", maxCursor+1)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Decode(faulttest.Marker + text)
		faulttest.Refusal(t, err)
		c, err := Decode(text)
		if faulttest.Refusal(t, err) {
			return
		}
		require.Equal(t, text, c.Encode())
		require.NoError(t, c.seen.check())
		require.GreaterOrEqual(t, c.position, int64(0))
	})
}
