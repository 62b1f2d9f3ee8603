package pricing_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
)

// coupon is a promotion by the code SAVE.
func coupon(r pricing.Reward, conditions ...func(*pricing.Promotion)) pricing.Promotion {
	p := pricing.Promotion{ID: id(1), Name: "Save", Code: "SAVE", Reward: r}
	for _, c := range conditions {
		c(&p)
	}
	return p
}

func percentOff(basisPoints int) pricing.Reward {
	return pricing.Reward{Kind: pricing.Percent, BasisPoints: basisPoints}
}

func TestRewards(t *testing.T) {
	t.Parallel()
	drink := pricing.Dish{ID: id(3), Name: "Cola", TaxCategory: location.Drink, Price: 300}
	basket := order(of(diavola(), 1, topping(0, 100, "WHOLE", "EXTRA")), of(verdure(), 2), of(drink, 1)) // 12.50 + 20.00 + 3.00
	for name, c := range map[string]struct {
		reward pricing.Reward
		lines  []int64
	}{
		"percent":            {percentOff(1_000), []int64{125, 200, 30}},
		"a fixed amount":     {pricing.Reward{Kind: pricing.Fixed, Amount: 500}, []int64{176, 282, 42}},
		"no more than it is": {pricing.Reward{Kind: pricing.Fixed, Amount: 100_000}, []int64{1_250, 2_000, 300}},
		"two for one":        {pricing.Reward{Kind: pricing.FreeCheapest, Portions: 2}, []int64{0, 1_000, 300}},
		"three for two":      {pricing.Reward{Kind: pricing.FreeCheapest, Portions: 3}, []int64{0, 0, 300}},
		"a bundle, the extras apart": {pricing.Reward{Kind: pricing.FixedPriceBundle, Amount: 2_000, Slots: []pricing.Slot{
			{Scope: pricing.Scope{MenuItemIDs: []uuid.UUID{id(1), id(2)}, Sizes: []menu.Size{menu.Large}}, Portions: 2},
			{Scope: pricing.Scope{MenuItemIDs: []uuid.UUID{id(3)}}, Portions: 1},
		}}, []int64{240, 200, 60}},
	} {
		b := basket
		b.Promotions, b.Codes = []pricing.Promotion{coupon(c.reward)}, []string{"SAVE"}
		priced := pricing.Price(b)
		var off []int64
		for _, l := range priced.Lines {
			off = append(off, l.Discount)
		}
		require.Equal(t, c.lines, off, name)
		require.Equal(t, []pricing.CouponResult{{Code: "SAVE", Applied: true, Amount: priced.Totals.Discount}}, priced.Coupons, name)
	}
}

func TestARefusedCodeSaysWhatWouldMeetIt(t *testing.T) {
	t.Parallel()
	ten := percentOff(1_000)
	on := func(change func(*pricing.Promotion)) func(*pricing.Promotion) { return change }
	codes := map[pricing.RefusalCode]bool{}
	for refusal, c := range map[string]pricing.Promotion{
		"It is from 15.00 on: 3.00 more of food would do.": coupon(ten, on(func(p *pricing.Promotion) { p.Minimum = 1_500 })),
		"It is for deliveries.":                            coupon(pricing.Reward{Kind: pricing.FreeDelivery}),
		"It is for food at these hours: Monday, Tuesday 11:00 to 14:00; daily 22:00 to 01:00.": coupon(ten, on(func(p *pricing.Promotion) {
			p.Hours = []pricing.Hours{{Weekdays: []location.Weekday{"MONDAY", "TUESDAY"}, From: 11 * 60, Until: 14 * 60}, {From: 22 * 60, Until: 60}}
		})),
		"It needs 1 of Marinara or Verdure in small.": coupon(ten, on(func(p *pricing.Promotion) {
			p.Scope = pricing.Scope{MenuItemIDs: []uuid.UUID{id(4), id(2)}, Sizes: []menu.Size{menu.Small}}
			p.Names = map[uuid.UUID]string{id(2): "Verdure", id(4): "Marinara"}
		})),
		"It needs 1 more of any dish.":         coupon(pricing.Reward{Kind: pricing.FreeCheapest, Portions: 2}),
		"It is for the first order.":           coupon(ten, on(func(p *pricing.Promotion) { p.FirstOrder = true })),
		"It has been used up.":                 coupon(ten, on(func(p *pricing.Promotion) { p.Uses, p.MaxUses = 3, new(3) })),
		"You have used it already.":            coupon(ten, on(func(p *pricing.Promotion) { p.MaxUsesByCustomer = new(1) })),
		"It has ended.":                        coupon(ten, on(func(p *pricing.Promotion) { p.EndsAt = &noon })),
		"It begins on 5 December 2026, 12:00.": coupon(ten, on(func(p *pricing.Promotion) { p.StartsAt = new(noon.AddDate(0, 0, 1)) })),
		"It needs 2 of any dish in large, which cost more than 20.00 otherwise.": coupon(pricing.Reward{
			Kind: pricing.FixedPriceBundle, Amount: 2_000, Slots: []pricing.Slot{{Scope: pricing.Scope{Sizes: []menu.Size{menu.Large}}, Portions: 2}},
		}),
		"There is no such code.": {ID: id(1), Code: "OTHER", Reward: ten},
	} {
		b := order(of(diavola(), 1))
		b.Promotions, b.Codes = []pricing.Promotion{c}, []string{"SAVE"}
		b.Customer = pricing.Customer{HasOrdered: true, Uses: map[uuid.UUID]int{id(1): 1}}

		priced := pricing.Price(b)

		require.Len(t, priced.Coupons, 1)
		require.Equal(t, refusal, *priced.Coupons[0].Refusal)
		require.False(t, priced.Coupons[0].Applied)
		require.Zero(t, priced.Totals.Discount)
		codes[priced.Coupons[0].Reason.Code] = true
	}
	require.Len(t, codes, 12, "each has a code of its own")
}

func TestTheBestPromotionIsTakenAndTheOthersSayWhy(t *testing.T) {
	t.Parallel()
	b := order(of(diavola(), 1))
	b.Fulfillment = location.Delivery
	better := coupon(pricing.Reward{Kind: pricing.Fixed, Amount: 300})
	better.ID, better.Name, better.Code = id(2), "Three off", ""
	bring := coupon(pricing.Reward{Kind: pricing.FreeDelivery})
	bring.ID, bring.Name, bring.Code = id(3), "We bring it", "BRING"
	b.Promotions, b.Codes = []pricing.Promotion{coupon(percentOff(1_000)), better, bring}, []string{"SAVE", "BRING"}

	priced := pricing.Price(b)

	require.EqualValues(t, 300, priced.Totals.Discount)
	require.Zero(t, priced.Totals.DeliveryFee)
	require.Equal(t, "One promotion is taken, and Three off makes the order at least as cheap.", *priced.Coupons[0].Refusal)
	require.Equal(t, &pricing.Refusal{Code: pricing.Outdone, Promotion: "Three off", Hours: []pricing.Hours{}, Needs: []pricing.Slot{}}, priced.Coupons[0].Reason)
	require.Equal(t, pricing.CouponResult{Code: "BRING", Applied: true, Amount: 350}, priced.Coupons[1])
}

func TestOfPromotionsThatSaveTheSameThePriorityDecidesAndThenTheID(t *testing.T) {
	t.Parallel()
	same := func(n, priority int) pricing.Promotion {
		return pricing.Promotion{ID: id(n), Priority: priority, Reward: percentOff(1_000)}
	}
	for _, c := range []struct {
		promotions []pricing.Promotion
		taken      uuid.UUID
	}{
		{[]pricing.Promotion{same(1, 0), same(2, 5)}, id(2)},
		{[]pricing.Promotion{same(2, 5), same(1, 5)}, id(1)},
	} {
		b := order(of(diavola(), 1))
		b.Promotions = c.promotions
		require.Equal(t, c.taken, pricing.Price(b).Applied[0].ID)
	}
}

// A limit reached exactly is met.
func TestAMinimumIsMetExactly(t *testing.T) {
	t.Parallel()
	for minimum, met := range map[int64]bool{1_199: true, 1_200: true, 1_201: false} {
		b := order(of(diavola(), 1))
		b.Promotions = []pricing.Promotion{{ID: id(1), Reward: percentOff(1_000), Conditions: pricing.Conditions{Minimum: minimum}}}
		require.Equal(t, met, pricing.Price(b).Totals.Discount > 0, minimum)
	}
}
