package pricing_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
)

// A refusal says in numbers what its text does.
func TestARefusalHasTheNumbersOfItsText(t *testing.T) {
	t.Parallel()
	large := pricing.Scope{Sizes: []menu.Size{menu.Large}}
	for name, c := range map[string]struct {
		promotion pricing.Promotion
		says      pricing.Refusal
	}{
		"too little": {
			coupon(percentOff(1_000), func(p *pricing.Promotion) { p.Minimum = 1_500 }), pricing.Refusal{Code: pricing.BelowMinimum, Amount: 1_500, Missing: 300},
		},
		"too few": {
			coupon(pricing.Reward{Kind: pricing.FreeCheapest, Portions: 3}, func(p *pricing.Promotion) { p.Scope = large }),
			pricing.Refusal{Code: pricing.NeedsMore, Needs: []pricing.Slot{{Scope: large, Portions: 2}}},
		},
		"no bundle": {
			coupon(pricing.Reward{Kind: pricing.FixedPriceBundle, Amount: 2_000, Slots: []pricing.Slot{{Scope: large, Portions: 2}}}),
			pricing.Refusal{Code: pricing.NeedsBundle, Amount: 2_000, Needs: []pricing.Slot{{Scope: large, Portions: 2}}},
		},
		"used": {
			coupon(percentOff(1_000), func(p *pricing.Promotion) { p.MaxUsesByCustomer = new(2) }), pricing.Refusal{Code: pricing.UsedByCustomer, Uses: 3},
		},
	} {
		b := order(of(diavola(), 1))
		b.Promotions, b.Codes = []pricing.Promotion{c.promotion}, []string{"SAVE"}
		b.Customer.Uses = map[uuid.UUID]int{id(1): 3}
		c.says.Hours, c.says.Needs = []pricing.Hours{}, append([]pricing.Slot{}, c.says.Needs...)

		require.Equal(t, &c.says, pricing.Price(b).Coupons[0].Reason, name)
	}
}

func TestWhatMoreFoodWouldBringIsToldOfWhatIsAdvertisedAlone(t *testing.T) {
	t.Parallel()
	advertised := func(n int, r pricing.Reward, minimum int64) pricing.Promotion {
		return pricing.Promotion{ID: id(n), Name: "Deal", Advertised: true, Reward: r, Conditions: pricing.Conditions{Minimum: minimum}}
	}
	bring, ten, over := advertised(1, pricing.Reward{Kind: pricing.FreeDelivery}, 1_610), advertised(2, percentOff(1_000), 1_500), advertised(3, percentOff(500), 1_500)
	over.EndsAt = &noon
	quiet, withCode := advertised(4, percentOff(1_000), 1_500), advertised(5, percentOff(1_000), 1_500)
	quiet.Advertised, withCode.Code = false, "SAVE"
	b := order(of(diavola(), 1))
	b.Fulfillment, b.Codes = location.Delivery, []string{"SAVE"}
	b.Promotions = []pricing.Promotion{bring, ten, over, quiet, withCode}
	told := func(b pricing.Basket) (told []int64) {
		for _, w := range pricing.Price(b).WithinReach {
			require.Equal(t, pricing.BelowMinimum, w.Lacks.Code)
			told = append(told, w.Lacks.Missing)
		}
		return told
	}

	require.Equal(t, []int64{300, 410}, told(b))
	b.Promotions = append(b.Promotions, advertised(6, pricing.Reward{Kind: pricing.Fixed, Amount: 50}, 0))
	require.Equal(t, []int64{410}, told(b), "of the food one is taken already")
	b.Charges.DeliveryFee = 0
	require.Empty(t, told(b))
	b.Fulfillment = location.Pickup
	require.Empty(t, told(b))
}
