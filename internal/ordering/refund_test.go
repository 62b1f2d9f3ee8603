package ordering

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

// eaten is an order of 2 pizzas at 9.90 and a drink at 3.00, delivered for 3.50 and paid for, with 8.25 % tax and a tip of 1.00.
func eaten(method payment.Method) *Order { return eatenAt(method, false) }

func eatenAt(method payment.Method, pricesIncludeTax bool) *Order {
	token := "tok_ok"
	cmd := PlaceOrder{
		OrderID: uuid.New(), By: customer, Details: Details{Fulfillment: Delivery}, Tip: 100, PaymentMethod: method, PaymentToken: &token,
		DeliveryAddress: &postal.Address{Street: "Via Roma 1", City: "Napoli", PostalCode: "80100"},
	}
	dough := []menu.Ingredient{{ID: uuid.UUID{1}, Quantity: 3}}
	charges := location.Charges{
		Currency: "USD", PricesIncludeTax: pricesIncludeTax, DeliveryFee: 350,
		TaxRates: []location.TaxRate{{Category: location.Food, RateBasisPoints: 825}},
	}
	o := newOrder(cmd, drafted(cmd, []Line{
		{ID: uuid.UUID{11}, TaxCategory: location.Food, Quantity: 2, UnitPrice: 990, Ingredients: dough},
		{ID: uuid.UUID{12}, TaxCategory: location.Food, Quantity: 1, UnitPrice: 300},
	}, pricing.Basket{Fulfillment: Delivery, Charges: charges, Tip: 100}, Place{Charges: charges}), uuid.New(), noon)
	if method == payment.Card {
		o.after(authorized())
	}
	for _, action := range []Action{StartPreparing, MarkReady, Dispatch, Complete} {
		if err := o.Do(action, manager, nil, nil, noon); err != nil {
			panic(err)
		}
		if o.state.Payment.Due == CaptureDue {
			o.settled(payment.Captured)
		}
	}
	return o
}

func asking(change func(*RefundOrder)) RefundOrder {
	cmd := RefundOrder{RefundID: uuid.New(), By: manager, IdempotencyKey: "k", Reason: "Cold."}
	change(&cmd)
	return cmd
}

func amount(cents int64) func(*RefundOrder) {
	return func(c *RefundOrder) { c.Amount = &cents }
}

func portions(of uuid.UUID, quantity int) func(*RefundOrder) {
	return func(c *RefundOrder) { c.Lines = append(c.Lines, RefundLine{ItemID: of, Quantity: quantity}) }
}

func TestWhatIsGivenBackIsWhatItCost(t *testing.T) {
	t.Parallel()
	const total = 1980 + 300 + 350 + 188 + 100 // 8.25 % of 22.80 are 1.881
	for name, c := range map[string]struct {
		ask    func(*RefundOrder)
		amount int64
	}{
		"a pizza with its tax": {portions(uuid.UUID{11}, 1), 1072},
		"both pizzas":          {portions(uuid.UUID{11}, 2), 2143},
		"the tip":              {func(c *RefundOrder) { c.Tip = 60 }, 60},
		"the fee":              {func(c *RefundOrder) { c.DeliveryFee = true }, 350},
		"an amount":            {amount(123), 123},
		"everything":           {amount(total), total},
		"all of it": {func(c *RefundOrder) {
			portions(uuid.UUID{11}, 2)(c)
			portions(uuid.UUID{12}, 1)(c)
			c.Tip, c.DeliveryFee = 100, true
		}, total},
	} {
		o := eaten(payment.Card)
		require.EqualValues(t, total, o.State().Totals.Total)

		r, err := o.refund(asking(c.ask), noon)

		require.NoError(t, err, name)
		require.Equal(t, c.amount, r.Amount, name)
		require.Equal(t, payment.RefundRequested, r.Status, name)
		require.Zero(t, o.State().Payment.Refunded, "the gateway hasn't answered")
		require.NotNil(t, o.State().Payment.RefundsDueAt)
		require.Equal(t, OrderRefunded, o.Events()[len(o.Events())-1].Type)
	}
}

func TestWhereThePricesContainTheTaxAPortionCostsItsPrice(t *testing.T) {
	t.Parallel()
	o := eatenAt(payment.Card, true)
	require.EqualValues(t, 1980+300+350+100, o.State().Totals.Total)

	r, err := o.refund(asking(portions(uuid.UUID{11}, 1)), noon)

	require.NoError(t, err)
	require.EqualValues(t, 990, r.Amount)
}

// What is taxed less gets less tax back; an order of an earlier version knows the tax of the whole alone.
func TestTheTaxOfALineIsGivenBackWithIt(t *testing.T) {
	t.Parallel()
	lines := []Line{
		{ID: uuid.UUID{11}, TaxCategory: location.Food, Quantity: 2, UnitPrice: 1000}, {ID: uuid.UUID{12}, TaxCategory: location.Drink, Quantity: 1, UnitPrice: 1000},
	}
	taxed, cost := priced(lines, pricing.Basket{Fulfillment: Pickup, Charges: charging(0, 3_000)})
	for name, c := range map[string]struct {
		lines       []Line
		pizza, wine int64
	}{
		"by category": {taxed, 1000, 1300}, "of an earlier version": {lines, 1100, 1100},
	} {
		left := func() *Order {
			return Restore(State{Currency: "USD", Lines: c.lines, Totals: cost.Totals, Status: Delivered, Payment: Payment{
				Method: payment.Cash, Amount: 3300, Status: payment.Captured,
			}})
		}
		pizza, err := left().refund(asking(portions(uuid.UUID{11}, 1)), noon)
		require.NoError(t, err, name)
		wine, err := left().refund(asking(portions(uuid.UUID{12}, 1)), noon)
		require.NoError(t, err, name)
		require.Equal(t, []int64{c.pizza, c.wine}, []int64{pizza.Amount, wine.Amount}, name)
	}
}

// After an amount, the portions that are left cost what is left of them, whatever they are taxed.
func TestPortionsAfterAnAmountCostWhatIsLeftOfThem(t *testing.T) {
	t.Parallel()
	lines, cost := priced([]Line{
		{ID: uuid.UUID{11}, TaxCategory: location.Food, Quantity: 2, UnitPrice: 500}, {ID: uuid.UUID{12}, TaxCategory: location.Drink, Quantity: 1, UnitPrice: 1000},
	}, pricing.Basket{Fulfillment: Pickup, Charges: charging(0, 3_000)})
	o := Restore(State{Currency: "USD", Lines: lines, Totals: cost.Totals, Status: Delivered, Payment: Payment{
		Method: payment.Cash, Amount: 2300, Status: payment.Captured,
	}})
	for _, step := range []struct {
		ask    func(*RefundOrder)
		amount int64
	}{{portions(uuid.UUID{12}, 1), 1300}, {amount(200), 200}, {portions(uuid.UUID{11}, 1), 500}, {portions(uuid.UUID{11}, 1), 300}} {
		r, err := o.refund(asking(step.ask), noon)
		require.NoError(t, err)
		require.Equal(t, step.amount, r.Amount)
	}
}

func TestCashIsGivenBackAtOnce(t *testing.T) {
	t.Parallel()
	o := eaten(payment.Cash)

	r, err := o.refund(asking(amount(500)), noon)

	require.NoError(t, err)
	require.Equal(t, payment.RefundSucceeded, r.Status)
	require.EqualValues(t, 500, o.State().Payment.Refunded)
	require.Equal(t, payment.PartiallyRefunded, o.State().Payment.Status)
	require.Nil(t, o.State().Payment.RefundsDueAt)
}

func TestNoMoreIsGivenBackThanIsLeft(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ask  func(*RefundOrder)
		path string
	}{
		"a third pizza":     {portions(uuid.UUID{11}, 2), "quantity"},
		"an unknown item":   {portions(uuid.UUID{13}, 1), "itemId"},
		"the tip again":     {func(c *RefundOrder) { c.Tip = 41 }, "tip"},
		"the fee again":     {func(c *RefundOrder) { c.DeliveryFee = true }, "deliveryFee"},
		"more than is left": {amount(2918 - 1072 - 60 - 350 + 1), "amount"},
		"nothing":           {func(*RefundOrder) {}, "amount"},
	} {
		o := eaten(payment.Card)
		_, err := o.refund(asking(func(c *RefundOrder) {
			portions(uuid.UUID{11}, 1)(c)
			c.Tip, c.DeliveryFee = 60, true
		}), noon)
		require.NoError(t, err)
		before := o.State()

		_, err = o.refund(asking(c.ask), noon)

		requireCode(t, fault.BadUserInput, err, name)
		refusal, _ := fault.As(err)
		require.Equal(t, c.path, refusal.Path[len(refusal.Path)-1], name)
		require.Equal(t, before, o.State(), name)
	}
}

func TestWhatWasNotTakenIsNotGivenBack(t *testing.T) {
	t.Parallel()
	_, err := confirmed().refund(asking(amount(1)), noon)
	requireCode(t, fault.InvalidTransition, err, "only reserved")
	_, err = confirmed().doing(t, StartPreparing).refund(asking(amount(1)), noon)
	requireCode(t, fault.PaymentInProgress, err, "it is being captured")
	_, err = confirmed().doing(t, Cancel).settled(payment.Voided).refund(asking(amount(1)), noon)
	requireCode(t, fault.InvalidTransition, err)
	_, err = placed(Pickup, payment.Cash).refund(asking(amount(1)), noon)
	requireCode(t, fault.InvalidTransition, err, "nobody has paid yet")
	old := 3
	_, err = eaten(payment.Card).refund(asking(func(c *RefundOrder) { c.ExpectedVersion = &old }), noon)
	requireCode(t, fault.VersionConflict, err)
}

func TestARepeatedRefundIsOne(t *testing.T) {
	t.Parallel()
	o := eaten(payment.Card)
	cmd := asking(amount(300))
	first, err := o.refund(cmd, noon)
	require.NoError(t, err)
	before := o.State()

	again, err := o.refund(cmd, noon)

	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Equal(t, before, o.State())
}

func TestWhatComesBackIntoStockIsWhatThePortionsTook(t *testing.T) {
	t.Parallel()
	o := eaten(payment.Cash)
	cmd := asking(portions(uuid.UUID{11}, 2))
	cmd.Restock = true

	_, err := o.refund(cmd, noon)

	require.NoError(t, err)
	needs, by := o.Returned()
	require.Equal(t, map[uuid.UUID]int64{{1}: 6}, needs)
	require.Equal(t, cmd.RefundID, by)
}

func TestARefundThatTheGatewayRefusesLeavesTheMoneyToBeGivenBack(t *testing.T) {
	t.Parallel()
	o := eaten(payment.Card)
	refused, err := o.refund(asking(amount(2918)), noon)
	require.NoError(t, err)

	o.recordRefunds(map[int][]payment.GatewayRefund{0: nil}, map[uuid.UUID]refundAnswer{refused.ID: {refused: "charge_disputed"}}, true, noon)

	require.Equal(t, payment.RefundFailed, o.State().Refunds[0].Status)
	require.Equal(t, payment.Captured, o.State().Payment.Status)
	require.Nil(t, o.State().Payment.RefundsDueAt)
	_, err = o.refund(asking(amount(2918)), noon)
	require.NoError(t, err)
}

// Whatever is asked for, answered, refused, sent back by the bank and made by hand, in any order and more than once: never more
// is given back than was taken, of nothing more than it cost, and when all of it is given back, each line is to the cent.
func TestRefundsOfAllKindsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := eaten(payment.Card)
		total := o.State().Totals.Total
		atGateway := []payment.GatewayRefund{}
		held := total
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0, 1:
				cmd := asking(func(c *RefundOrder) {
					c.RefundID = uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
					if n := rapid.IntRange(0, 3).Draw(t, "pizzas"); n > 0 {
						portions(uuid.UUID{11}, n)(c)
					}
					c.Tip, c.DeliveryFee = rapid.Int64Range(0, 100).Draw(t, "tip"), rapid.Bool().Draw(t, "fee")
					if rapid.Bool().Draw(t, "with an amount") {
						amount(rapid.Int64Range(1, total).Draw(t, "amount"))(c)
					}
				})
				_, _ = o.refund(cmd, noon) // it may be refused
			case 2: // the gateway is asked
				answers := map[uuid.UUID]refundAnswer{}
				for _, r := range o.refundsToSend() {
					if r.Amount > held {
						answers[r.ID] = refundAnswer{refused: "amount"}
						continue
					}
					held -= r.Amount
					atGateway = append(atGateway, payment.GatewayRefund{ID: "re_" + r.ID.String(), RefundID: r.ID, Amount: r.Amount, Status: payment.RefundSucceeded})
				}
				o.recordRefunds(map[int][]payment.GatewayRefund{0: atGateway}, answers, true, noon)
			case 3: // by hand
				if by := rapid.Int64Range(1, total).Draw(t, "by hand"); by <= held {
					held -= by
					atGateway = append(atGateway, payment.GatewayRefund{ID: "re_" + uuid.NewString(), Amount: by, Status: payment.RefundSucceeded})
				}
			case 4: // one comes back
				if len(atGateway) > 0 {
					if r := &atGateway[rapid.IntRange(0, len(atGateway)-1).Draw(t, "which")]; r.Status != payment.RefundFailed {
						r.Status = payment.RefundFailed
						held += r.Amount
					}
				}
			}
			left := o.refundable()
			require.GreaterOrEqual(t, left.DeliveryFee, int64(0))
			require.GreaterOrEqual(t, left.Tip, int64(0))
			require.GreaterOrEqual(t, left.Goods, int64(0))
			for _, l := range left.lines {
				require.GreaterOrEqual(t, l.quantity, 0)
				require.GreaterOrEqual(t, l.value, int64(0))
			}
			require.LessOrEqual(t, o.State().Payment.Refunded, total)
		}
		o.recordRefunds(map[int][]payment.GatewayRefund{0: atGateway}, refuseAll(o), true, noon)
		require.Equal(t, total-held, o.State().Payment.Refunded)

		if o.State().Payment.Status != payment.Refunded {
			if rest := o.refundable().Sum(); rest > 0 {
				_, err := o.refund(asking(amount(rest)), noon)
				require.NoError(t, err)
			}
		}
		left := o.refundable()
		if left.Sum() == 0 {
			for _, l := range left.lines {
				require.Zero(t, l.value, "each line is given back to the cent")
			}
		}
	})
}

func refuseAll(o *Order) map[uuid.UUID]refundAnswer {
	answers := map[uuid.UUID]refundAnswer{}
	for _, r := range o.refundsToSend() {
		answers[r.ID] = refundAnswer{refused: "amount"}
	}
	return answers
}

// What somebody writes about a person who was forgotten isn't kept.
func TestARefundToSomebodyForgottenKeepsNoReason(t *testing.T) {
	t.Parallel()
	o := eaten(payment.Cash)
	state := o.State()
	state.Forgotten = true
	o = Restore(state)

	made, err := o.refund(asking(amount(100)), noon)

	require.NoError(t, err)
	require.Empty(t, made.Reason)
	require.Empty(t, o.TouchedRefunds()[0].Reason)
	require.Nil(t, o.Events()[0].Reason)
}
