package pricing_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
)

var (
	halves   = &pricing.HalvesPolicy{BasePrice: pricing.Higher, ToppingPercent: 60, SplitCharge: 50}
	toppings = pricing.Group{ID: id(20), Name: "Toppings", FreeUpTo: 1, LightFactor: 10_000, ExtraFactor: 15_000}
)

func diavola() pricing.Dish {
	return pricing.Dish{ID: id(1), Name: "Diavola", TaxCategory: location.Food, Price: 1_200, Halves: halves}
}

func verdure() pricing.Dish {
	return pricing.Dish{ID: id(2), Name: "Verdure", TaxCategory: location.Food, Price: 1_000, Halves: halves}
}

func topping(n int, price int64, portion pricing.Portion, amount pricing.Amount) pricing.Option {
	return pricing.Option{ID: id(10 + n), Name: []string{"Olives", "Ham", "Onions"}[n], Price: price, Portion: portion, Amount: amount, Group: toppings}
}

// order is of these lines, to be picked up, taxed at 8 %.
func order(lines ...pricing.Line) pricing.Basket {
	return pricing.Basket{
		Lines: lines, Fulfillment: location.Pickup, Now: noon, For: noon,
		Charges: location.Charges{Currency: "USD", DeliveryFee: 350, MinimumOrder: 0, TaxRates: []location.TaxRate{{Category: location.Food, RateBasisPoints: 800}}},
	}
}

func of(d pricing.Dish, quantity int, options ...pricing.Option) pricing.Line {
	d.Options = options
	return pricing.Line{Dish: d, Size: menu.Large, Quantity: quantity}
}

func withHalf(l pricing.Line, second pricing.Dish, options ...pricing.Option) pricing.Line {
	second.Options = options
	l.Second = &second
	return l
}

func TestOptionsCostByAmountPortionAndWhatIsFree(t *testing.T) {
	t.Parallel()
	included := topping(2, 100, pricing.Whole, pricing.Regular)
	included.Included = true
	extra, none := included, included
	extra.Amount, none.Amount = pricing.Extra, pricing.None
	for name, c := range map[string]struct {
		line pricing.Line
		unit int64
	}{
		"the dearest is free":            {of(diavola(), 1, topping(0, 100, "WHOLE", "REGULAR"), topping(1, 200, "WHOLE", "REGULAR")), 1_200 + 100},
		"in any order":                   {of(diavola(), 1, topping(1, 200, "WHOLE", "REGULAR"), topping(0, 100, "WHOLE", "REGULAR")), 1_200 + 100},
		"extra pays what is more":        {of(diavola(), 1, topping(0, 100, "WHOLE", "EXTRA")), 1_200 + 50},
		"one free on each half":          {of(diavola(), 1, topping(0, 100, "FIRST", "REGULAR"), topping(1, 200, "SECOND", "REGULAR")), 1_200},
		"two on one half":                {of(diavola(), 1, topping(0, 100, "FIRST", "REGULAR"), topping(1, 200, "FIRST", "REGULAR")), 1_200 + 60},
		"free on one half alone":         {of(diavola(), 1, topping(0, 100, "WHOLE", "REGULAR"), topping(1, 200, "FIRST", "REGULAR")), 1_200 + 60},
		"the same on both is the whole":  {of(diavola(), 1, topping(1, 200, "WHOLE", "REGULAR"), topping(0, 100, "FIRST", "REGULAR"), topping(0, 100, "SECOND", "REGULAR")), 1_200 + 100},
		"what comes with it is paid":     {of(diavola(), 1, included), 1_200},
		"more of it isn't":               {of(diavola(), 1, extra), 1_200 + 50},
		"to leave it out saves nothing":  {of(diavola(), 1, none), 1_200},
		"the dearer half and the charge": {withHalf(of(verdure(), 1), diavola()), 1_200 + 50},
		"whichever comes first":          {withHalf(of(diavola(), 1), verdure()), 1_200 + 50},
		"a dish with itself is whole":    {withHalf(of(diavola(), 1), diavola()), 1_200},
		"a half's options":               {withHalf(of(diavola(), 1), verdure(), topping(1, 200, "WHOLE", "REGULAR"), topping(0, 100, "WHOLE", "REGULAR")), 1_250 + 60},
	} {
		priced := pricing.Price(order(c.line))
		require.Equal(t, c.unit, priced.Lines[0].UnitPrice, name)
	}
}

func TestTheAverageOfTwoHalvesIsRoundedHalfUpOnceForAPortion(t *testing.T) {
	t.Parallel()
	one, other := diavola(), verdure()
	one.Halves, other.Halves = &pricing.HalvesPolicy{BasePrice: pricing.Average}, &pricing.HalvesPolicy{BasePrice: pricing.Average}
	one.Price = 1_201

	priced := pricing.Price(order(withHalf(of(one, 3), other)))

	require.EqualValues(t, 3*1_101, priced.Totals.Subtotal)
}

func TestEachReasonOfTheTotalIsTold(t *testing.T) {
	t.Parallel()
	b := order(withHalf(of(verdure(), 2, topping(0, 100, "FIRST", "EXTRA")), diavola(), topping(1, 200, "WHOLE", "REGULAR"), topping(0, 100, "WHOLE", "REGULAR")))
	b.Fulfillment, b.Tip = location.Delivery, 200
	b.Promotions = []pricing.Promotion{{ID: id(1), Name: "Friday", Reward: pricing.Reward{Kind: pricing.Percent, BasisPoints: 1_000}}}

	priced := pricing.Price(b)

	type reason struct {
		kind   pricing.PriceLineKind
		label  string
		amount int64
		basis  string
	}
	var told []reason
	for _, r := range priced.PriceLines {
		basis := ""
		if r.Basis != nil {
			basis = *r.Basis
		}
		told = append(told, reason{r.Kind, r.Label, r.Amount, basis})
	}
	require.Equal(t, []reason{
		{pricing.ItemPrice, "Verdure", 2_000, "2 × 10.00"},
		{pricing.HalvesPrice, "Diavola", 400, "2 × 2.00, dearer half"},
		{pricing.HalvesPrice, "Two halves", 100, "2 × 0.50"},
		{pricing.OptionPrice, "Olives", 60, "2 × 0.30, extra, on the first half, among 1 free of Toppings"},
		{pricing.OptionPrice, "Ham", 0, "2 × 0.00, on the second half, among 1 free of Toppings"},
		{pricing.OptionPrice, "Olives", 120, "2 × 0.60, on the second half, more than 1 free of Toppings"},
		{pricing.DiscountPrice, "Friday", -268, "10 % of 26.80"},
		{pricing.DeliveryPrice, "Delivery", 350, ""},
		{pricing.TaxPrice, "Tax", 193, "8 % of 24.12"},
		{pricing.TipPrice, "Tip", 200, ""},
	}, told)
	require.EqualValues(t, 2_680-268+350+193+200, priced.Totals.Total)
	require.Equal(t, []pricing.Basis{
		{Code: pricing.Times, Count: 2, Amount: 60}, {Code: pricing.OnSecondHalf}, {Code: pricing.BeyondFree, Count: 1, Name: "Toppings"},
	}, priced.PriceLines[5].Bases)
	require.Equal(t, []pricing.Basis{{Code: pricing.PercentOf, BasisPoints: 1_000, Amount: 2_680}}, priced.PriceLines[6].Bases)
	require.Equal(t, []pricing.Basis{}, priced.PriceLines[9].Bases)
}
