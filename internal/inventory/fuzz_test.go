package inventory

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

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
