package inventory

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzAvailability sells out until arbitrary times, for arbitrary reasons, and makes available.
func FuzzAvailability(f *testing.F) {
	for _, reason := range []string{"Gone.", "", " ", "\x00", "a\xffb", "two\nlines", "'; DROP TABLE ingredients; --", strings.Repeat("é", 200), strings.Repeat("x", 201)} {
		f.Add(reason, int64(time.Hour), false, false)
	}
	f.Add("Gone.", int64(1), false, false)
	f.Add("Gone.", int64(-1), false, true)
	f.Add("Gone.", int64(math.MaxInt64), true, false)
	f.Add("Gone.", int64(0), true, true)
	f.Fuzz(func(t *testing.T, reason string, lasts int64, available, forToday bool) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		for _, prefix := range []string{"", faulttest.Marker} {
			cmd := SetIngredientAvailability{Available: available, ForToday: forToday, Reason: new(prefix + reason)}
			if lasts != 0 {
				cmd.Until = new(now.Add(time.Duration(lasts)))
			}
			if faulttest.Refusal(t, cmd.Validate()) {
				continue
			}
			var level Level

			if faulttest.Refusal(t, level.setAvailability(cmd, location.Calendar{TimeZone: "Europe/Rome"}, now, new(location.Zones))) {
				require.Equal(t, Level{}, level)
				continue
			}

			require.Equal(t, available, !level.IsSoldOut())
			require.True(t, level.until() == nil || level.until().After(now))
		}
	})
}

// FuzzIngredient adds ingredients with arbitrary names and stock, and sets their stock.
func FuzzIngredient(f *testing.F) {
	for _, name := range []string{"Flour", "", " ", "\x00", "a\xffb", "'; DROP TABLE ingredients; --", strings.Repeat("é", 120), strings.Repeat("x", 121)} {
		f.Add(name, 100, 10, 50)
	}
	f.Add("Flour", -1, math.MinInt, math.MaxInt)
	f.Add("Flour", math.MaxInt, math.MaxInt32, 1<<31)
	f.Fuzz(func(t *testing.T, name string, onHand, low, counted int) {
		for _, prefix := range []string{"", faulttest.Marker} {
			create := CreateIngredient{Name: prefix + name, LowThreshold: low, Stock: []LocationStock{{OnHand: onHand}}}
			if faulttest.Refusal(t, create.Validate()) {
				continue
			}
			require.Equal(t, counted < 0 || counted > math.MaxInt32, faulttest.Refusal(t, SetStock{OnHand: counted}.Validate()))

			stock := Level{OnHand: onHand, Reserved: onHand / 2}
			refused := faulttest.Refusal(t, stock.count(counted))

			require.Equal(t, counted < onHand/2, refused)
			require.GreaterOrEqual(t, stock.OnHand, stock.Reserved)
		}
	})
}
