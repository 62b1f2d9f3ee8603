package ordering

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/money"
)

func TestAnOrderComesToWhatTheGatewayTakes(t *testing.T) {
	t.Parallel()
	bounds := payment.Amounts{Least: 50, Most: 10_000}
	for name, c := range map[string]struct {
		method payment.Method
		totals pricing.Totals
		path   string
	}{
		"as usual":               {payment.Card, pricing.Totals{Subtotal: 1_000, Total: 1_000}, ""},
		"the most":               {payment.Card, pricing.Totals{Subtotal: 10_000, Total: 10_000}, ""},
		"more":                   {payment.Cash, pricing.Totals{Subtotal: 10_001, Total: 10_001}, "items"},
		"too little for a card":  {payment.Card, pricing.Totals{Subtotal: 49, Total: 49}, "paymentMethod"},
		"little in cash":         {payment.Cash, pricing.Totals{Subtotal: 49, Total: 49}, ""},
		"nothing":                {payment.Card, pricing.Totals{}, ""},
		"a tip as large as that": {payment.Card, pricing.Totals{Subtotal: 500, Tip: 500, Total: 1_000}, ""},
		"a slip of the finger":   {payment.Card, pricing.Totals{Subtotal: 500, Tip: 501, Total: 1_001}, "tip"},
	} {
		err := State{Currency: "USD", Totals: c.totals, Payment: Payment{Method: c.method, Amount: c.totals.Total}}.checkAmounts(bounds)
		if c.path == "" {
			require.NoError(t, err, name)
			continue
		}
		requireCode(t, fault.BadUserInput, err, name)
		refusal, _ := fault.As(err)
		require.Equal(t, []string{c.path}, refusal.Path, name)
	}
}

func TestAmountsAreWrittenInTheCurrency(t *testing.T) {
	t.Parallel()
	for currency, c := range map[string]struct{ most, least string }{
		"USD": {"An order comes to USD 100.00 at most.", "Less than USD 0.50 can't be paid by card."},
		"JPY": {"An order comes to JPY 10,000 at most.", "Less than JPY 50 can't be paid by card."},
		"KWD": {"An order comes to KWD 10.000 at most.", "Less than KWD 0.050 can't be paid by card."},
	} {
		bounds := payment.Amounts{Least: 50, Most: 10_000}
		much := State{Currency: currency, Totals: pricing.Totals{Subtotal: 10_010, Total: 10_010}, Payment: Payment{Method: payment.Cash, Amount: 10_010}}
		little := State{Currency: currency, Totals: pricing.Totals{Subtotal: 40, Total: 40}, Payment: Payment{Method: payment.Card, Amount: 40}}
		require.ErrorContains(t, much.checkAmounts(bounds), c.most)
		require.ErrorContains(t, little.checkAmounts(bounds), c.least)
		require.ErrorContains(t, little.checkAmounts(payment.Amounts{Most: 10_000}), "Cards can't be charged in "+currency+".")
	}
}

func TestWhatCantBePaidIsRefusedWhereItIs(t *testing.T) {
	t.Parallel()
	bounds := payment.Amounts{Least: 10, Most: 99_999_990}
	for path, s := range map[string]State{
		"menuItemId":  {Lines: []Line{foodAt(1_250, 1), foodAt(1_234, 1)}, Totals: pricing.Totals{Total: 2_484}},
		"fulfillment": {Totals: pricing.Totals{Subtotal: 1_000, DeliveryFee: 505, Total: 1_505}},
		"tip":         {Totals: pricing.Totals{Subtotal: 1_000, Tip: 1, Total: 1_001}},
	} {
		s.Currency = "KWD"
		err := s.checkAmounts(bounds)
		requireCode(t, fault.BadUserInput, err, path)
		refusal, _ := fault.As(err)
		require.Equal(t, path, refusal.Path[len(refusal.Path)-1])
		s.Currency = "USD"
		require.NoError(t, s.checkAmounts(bounds))
	}
}

func TestADeliveryHasAMinimum(t *testing.T) {
	t.Parallel()
	charges := location.Charges{Currency: "EUR", MinimumOrder: 1_500}
	for name, c := range map[string]struct {
		how     Fulfillment
		totals  pricing.Totals
		refused bool
	}{
		"enough":                     {Delivery, pricing.Totals{Subtotal: 1_500}, false},
		"a cent too little":          {Delivery, pricing.Totals{Subtotal: 1_499, DeliveryFee: 350, Tip: 500, Total: 2_349}, true},
		"too little after discounts": {Delivery, pricing.Totals{Subtotal: 1_600, Discount: 101}, true},
		"a pickup":                   {Pickup, pricing.Totals{Subtotal: 1}, false},
	} {
		err := State{Currency: "EUR", Details: Details{Fulfillment: c.how}, Totals: c.totals}.checkMinimum(charges)
		if !c.refused {
			require.NoError(t, err, name)
			continue
		}
		requireCode(t, fault.BelowMinimum, err, name)
		refusal, _ := fault.As(err)
		require.EqualValues(t, 1_500, refusal.Details.Minimum)
		require.Equal(t, "Food for EUR 15.00 at least is delivered.", refusal.Message)
	}
}

// Whatever the currency, what an order comes to is made of amounts that can be paid, and so is all that is given back of it: in
// parts, in any order, to the unit.
func TestOrdersAndTheirRefundsAddUpInEveryCurrency(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom(money.Currencies()).Draw(t, "currency")
		step := money.Step(currency)
		amountOf := func(name string, most int64) int64 { return rapid.Int64Range(0, most).Draw(t, name) * step }
		charges := charging(rapid.IntRange(0, 3_000).Draw(t, "food"), rapid.IntRange(0, 3_000).Draw(t, "drinks"))
		charges.Currency, charges.PricesIncludeTax = currency, rapid.Bool().Draw(t, "included")
		charges.DeliveryFee = amountOf("fee", 10_000)
		lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Line {
			return Line{
				ID: uuid.New(), Quantity: rapid.IntRange(1, 5).Draw(t, "quantity"), UnitPrice: rapid.Int64Range(0, 100_000).Draw(t, "price") * step,
				TaxCategory: rapid.SampledFrom([]location.TaxCategory{location.Food, location.Drink}).Draw(t, "category"),
			}
		}), 1, 5).Draw(t, "lines")

		promotion := pricing.Promotion{Reward: rapid.SampledFrom([]pricing.Reward{
			{Kind: pricing.Percent, BasisPoints: rapid.IntRange(1, 10_000).Draw(t, "basis points")},
			{Kind: pricing.FreeCheapest, Portions: 2},
			{Kind: pricing.Fixed, Amount: amountOf("off", 100_000)},
			{Kind: pricing.FreeDelivery},
		}).Draw(t, "reward")}
		lines, cost := priced(lines, pricing.Basket{
			Fulfillment: Delivery, Tip: amountOf("tip", 1_000), Charges: charges, Promotions: []pricing.Promotion{promotion},
		})
		totals := cost.Totals

		require.Zero(t, totals.Total%step)
		order := Restore(State{Currency: currency, Lines: lines, Totals: totals, Status: Delivered, Payment: Payment{
			Method: payment.Card, Amount: totals.Total, Status: payment.Captured,
		}})
		require.NoError(t, order.state.checkPayable())
		for order.refundable().Sum() > 0 {
			r, err := order.refund(anyRefund(t, order), noon)
			if fault.Is(err, fault.BadUserInput) {
				continue
			}
			require.NoError(t, err)
			require.Positive(t, r.Amount)
			require.Zero(t, r.Amount%step, "%s: %+v", currency, r)
			require.Equal(t, r.Amount, r.Parts.Sum())
		}
		var given, value int64
		for _, r := range order.state.Refunds {
			given += r.Amount
			for _, s := range r.Lines {
				value += s.Value
			}
		}
		require.Equal(t, totals.Total, given)
		require.Equal(t, totals.Subtotal-totals.Discount, value, "the sales are net of all of it")
	})
}

// anyRefund asks for some portions or for an amount, or for all that is left.
func anyRefund(t *rapid.T, o *Order) RefundOrder {
	left, step := o.refundable(), money.Step(o.state.Currency)
	cmd := RefundOrder{RefundID: uuid.New(), By: manager, Reason: "Cold."}
	switch rapid.IntRange(0, 4).Draw(t, "what") {
	case 0:
		l := rapid.SampledFrom(left.lines).Draw(t, "line")
		cmd.Lines = []RefundLine{{ItemID: l.ID, Quantity: rapid.IntRange(1, 5).Draw(t, "portions")}}
	case 1:
		cmd.Tip = rapid.Int64Range(0, left.Tip/step).Draw(t, "of the tip") * step
	case 2:
		cmd.DeliveryFee = true
	case 3:
		cmd.Amount = new(rapid.Int64Range(1, left.Sum()/step).Draw(t, "amount") * step)
	default:
		cmd.Amount = new(left.Sum())
	}
	return cmd
}
