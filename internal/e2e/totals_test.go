package e2e_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/nodetest"
	"pizzeria/internal/platform/pgtest"
)

// rates are those of food, drinks, alcohol and the rest.
func rates(food, drink, alcohol int) []vars {
	return []vars{
		{"category": "FOOD", "rateBasisPoints": food}, {"category": "DRINK", "rateBasisPoints": drink}, {"category": "ALCOHOL", "rateBasisPoints": alcohol},
	}
}

// An app computes what an order comes to as docs/clients.md tells, from what a visitor can ask for, and the server agrees.
func TestAnAppShowsTheTotalBeforeOrdering(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	for slug, l := range map[string]vars{
		"tokyo":    {"currency": "JPY", "pricesIncludeTax": true, "taxRates": rates(800, 800, 1_000), "deliveryFee": 500},
		"kuwait":   {"currency": "KWD", "taxRates": rates(733, 500, 0), "deliveryFee": 1_250},
		"rome":     {"currency": "EUR", "pricesIncludeTax": true, "taxRates": rates(1_000, 1_000, 2_200), "deliveryFee": 299},
		"budapest": {"currency": "HUF", "pricesIncludeTax": true, "taxRates": rates(500, 2_700, 2_700), "deliveryFee": 99_000},
		"new-york": {"currency": "USD", "taxRates": rates(888, 888, 1_287), "deliveryFee": 499},
		"iceland":  {"currency": "ISK", "pricesIncludeTax": true, "taxRates": rates(1_100, 1_100, 2_400), "deliveryFee": 990},
		"untaxed":  {"currency": "BHD"},
	} {
		opened := manager.createLocation(tokyo().with("taxRates", []vars{}).with("deliveryFee", 0).with("pricesIncludeTax", false).
			with("slug", slug).with("idempotencyKey", slug).having(l))
		require.Empty(t, opened.UserErrors, slug)
		s.fillStock(opened.Location.ID)
	}
	pgtest.LiftOrderLimits(t, s.db.Pool)
	scripts, wrote := nodetest.In(documented), map[string]bool{}
	for _, asked := range []struct {
		tip      int
		delivery bool
		items    []portion
	}{
		{0, false, []portion{{"Margherita", "MEDIUM", 1}}},
		{77, true, []portion{{"Margherita", "SMALL", 3}, {"Cola", "ONE_SIZE", 2}, {"House Red", "LARGE", 1}, {"Lager", "ONE_SIZE", 7}}},
		{1, true, []portion{{"Cola", "ONE_SIZE", 49}, {"Espresso", "ONE_SIZE", 1}, {"Tiramisu", "ONE_SIZE", 2}}},
	} {
		basket := s.pickup(asked.items...)
		if asked.delivery {
			basket = s.delivery(asked.items...)
		}
		given, err := json.Marshal(vars{"items": basket["items"], "delivery": asked.delivery, "tip": asked.tip})
		require.NoError(t, err)

		computed := scripts.Run(t, "basket.mjs", s.first.url+"/graphql", string(given))

		require.Len(t, computed, 8)
		for _, line := range computed {
			var at struct {
				Location                               string
				Subtotal, DeliveryFee, Tax, Tip, Total int64
				Written                                string
			}
			require.NoError(t, json.Unmarshal([]byte(line), &at))
			ordered := basket.card("tok_ok")
			if strings.HasPrefix(at.Written, "HUF") { // of which Stripe charges more
				ordered = basket
			}
			placed := customer.placed(ordered.with("idempotencyKey", line).with("locationId", at.Location).
				with("tip", at.Tip).with("expectedTotal", at.Total))
			require.Equal(t, at.Subtotal, placed.Totals.Subtotal)
			require.Equal(t, at.DeliveryFee, placed.Totals.DeliveryFee)
			require.Equal(t, at.Tax, placed.Totals.Tax, placed.Currency)
			require.Equal(t, at.Total, placed.Totals.Total)
			require.Equal(t, "CONFIRMED", placed.Status, placed.Currency)
			wrote[at.Written] = true
		}
	}
	for _, amount := range []string{"$10.72", "¥990", "KWD\u00a01.060", "€9.90", "HUF\u00a09.90", "ISK\u00a0990", "BHD\u00a00.990", "$10.78"} {
		require.Contains(t, wrote, amount)
	}
}

// having is these fields with others in their place.
func (v vars) having(others vars) vars {
	for field, value := range others {
		v = v.with(field, value)
	}
	return v
}
