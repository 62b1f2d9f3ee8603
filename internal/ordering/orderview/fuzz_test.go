package orderview

import (
	"math"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzDecodeKey reads arbitrary input as the cursor of a page.
func FuzzDecodeKey(f *testing.F) {
	id := uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8057")
	for _, at := range []time.Time{
		time.Date(2026, 1, 31, 12, 0, 0, 123000, time.UTC),
		{},
		time.UnixMicro(0), time.UnixMicro(math.MaxInt64), time.UnixMicro(math.MinInt64),
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		f.Add(key{at, id}.encode())
	}
	for _, text := range []string{"", "AAAA", "====", "' OR 1=1 --", "\x00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", "ARseUWFFb8l_pgYAAA"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := decodeKey(faulttest.Marker + text)
		faulttest.Refusal(t, err)
		k, err := decodeKey(text)
		if faulttest.Refusal(t, err) {
			return
		}
		again, err := decodeKey(k.encode())
		require.NoError(t, err)
		require.Equal(t, k, again)
		require.True(t, k.placedAt.Year() >= 1 && k.placedAt.Year() <= 9999)
	})
}
