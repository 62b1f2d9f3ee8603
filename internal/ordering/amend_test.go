package ordering

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

// comesTo is what a basket of these quantities at these prices comes to, with the promotions.
func comesTo(lines []Line, promotions ...pricing.Promotion) State {
	charges := location.Charges{Currency: "USD", DeliveryFee: 350, TaxRates: []location.TaxRate{{Category: location.Food, RateBasisPoints: 825}}}
	cmd := PlaceOrder{Details: Details{Fulfillment: Delivery}, Tip: 100}
	basket := pricing.Basket{Fulfillment: Delivery, Charges: charges, Tip: 100, Promotions: promotions}
	lines, cost := priced(lines, basket)
	return draft(cmd, lines, basket, cost, Place{Charges: charges})
}

func randomLines(t *rapid.T) []Line {
	lines := make([]Line, rapid.IntRange(1, 4).Draw(t, "lines"))
	for i := range lines {
		lines[i] = Line{
			ID: uuid.UUID{byte(i + 1)}, MenuItemID: uuid.UUID{byte(i + 1)}, TaxCategory: location.Food, Quantity: rapid.IntRange(1, 5).Draw(t, "quantity"),
			UnitPrice: rapid.Int64Range(100, 3_000).Draw(t, "price"),
		}
	}
	return lines
}

func percentOff() pricing.Promotion {
	return pricing.Promotion{ID: uuid.UUID{99}, Name: "Friday", Reward: pricing.Reward{Kind: pricing.Percent, BasisPoints: 1_500}}
}

// changeOf asks for some other quantities, and for some lines to go, of which one at least stays.
func changeOf(t *rapid.T, lines []Line) (c AmendOrder) {
	for i, l := range lines {
		switch what := rapid.IntRange(0, 3).Draw(t, "what"); {
		case what == 0 && i > 0:
			c.Remove = append(c.Remove, l.ID)
		case what == 1:
			c.Change = append(c.Change, ItemChange{ItemID: l.ID, Quantity: new(rapid.IntRange(1, l.Quantity).Draw(t, "fewer"))})
		}
	}
	return c
}

func TestAnOrderThatIsAmendedAgainAndAgainCostsWhatItWouldHaveCostAtOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lines := randomLines(t)
		s := comesTo(lines, percentOff())
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			after, _, err := changeOf(t, s.Lines).amended(s.Lines, nil, uuid.New)
			if err != nil {
				require.True(t, fault.Is(err, fault.BadUserInput)) // nothing is changed
				continue
			}
			s, _ = s.reprice(after)
		}
		var wanted []Line
		for _, l := range s.Lines {
			at := l.ID[0] - 1
			line := lines[at]
			line.Quantity = l.Quantity
			wanted = append(wanted, line)
		}

		atOnce := comesTo(wanted, percentOff())

		require.Equal(t, atOnce.Totals, s.Totals)
		require.Equal(t, atOnce.PriceLines, s.PriceLines)
		require.Equal(t, atOnce.Taxes, s.Taxes)
		var net, tax int64
		for _, l := range s.Lines {
			net += l.Net()
			tax += l.Tax
		}
		require.Equal(t, s.Totals.Subtotal-s.Totals.Discount, net)
		require.Equal(t, s.Totals.Tax, tax)
	})
}

func TestAPromotionWhoseMinimumIsNotMetAnyMoreIsDroppedForGood(t *testing.T) {
	t.Parallel()
	p := percentOff()
	p.Minimum = 2_000
	s := comesTo([]Line{{ID: uuid.UUID{1}, TaxCategory: location.Food, Quantity: 2, UnitPrice: 1_000}}, p)
	require.EqualValues(t, 300, s.Totals.Discount)
	s.Lines[0].Quantity = 1

	less, dropped := s.reprice(s.Lines)

	require.Zero(t, less.Totals.Discount)
	require.Equal(t, "Friday", dropped[0].Name)
	less.Lines[0].Quantity = 2
	again, _ := less.reprice(less.Lines)
	require.Zero(t, again.Totals.Discount, "no promotions are looked for")
}

// Whatever is changed, and whatever the bank says: what is authorized, taken and given back comes to what the order costs.
func TestWhatAmendmentsMakeDearerIsChargedAndWhatTheyMakeCheaperIsGivenBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := confirmed()
		o.state.Rules = &Rules{}
		o.state.Totals.Total = o.state.Payment.Amount
		begun := false
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if !begun && rapid.IntRange(0, 3).Draw(t, "begin") == 0 {
				begun = true
				require.NoError(t, o.Do(StartPreparing, cook, nil, nil, noon))
				takeWhatIsDue(t, o)
				continue
			}
			change := rapid.Int64Range(-o.state.Totals.Total+50, 2_000).Draw(t, "change")
			cmd := AmendOrder{By: cook, Reason: new("because"), ExpectedVersion: o.state.Version, PaymentToken: new("tok")}
			a := Amendment{ID: uuid.New(), Version: o.state.Version, PriceChange: change, After: State{Rules: &Rules{}, Promise: o.state.Promise}}
			a.After.Totals.Total = o.state.Totals.Total + change
			was := o.state.Totals.Total
			require.NoError(t, o.amend(cmd, a, uuid.New, noon))
			if p := o.due(); change > 0 {
				require.Equal(t, was, o.state.Totals.Total, "nothing counts before it is authorized")
				status := rapid.SampledFrom([]payment.Status{payment.Authorized, payment.Failed}).Draw(t, "bank")
				o.recordAttempt(p.Supplement, payment.Outcome{Status: status, IntentID: a.ID.String()}, nil, noon)
				require.Equal(t, status == payment.Authorized, o.state.Totals.Total == was+change)
			}
			takeWhatIsDue(t, o)
			requireBalanced(t, o)
		}
	})
}

// takeWhatIsDue answers what the gateway would be asked.
func takeWhatIsDue(t *rapid.T, o *Order) {
	for p := o.due(); p != nil; p = o.due() {
		if p.Due == ReleaseDue {
			o.released(p.Supplement, payment.Released{Status: payment.Voided})
		} else {
			require.Equal(t, CaptureDue, p.Due)
			p.settle(payment.Captured)
		}
	}
	for i := range o.state.Refunds {
		o.state.Refunds[i].Status = payment.RefundSucceeded
	}
	o.refunded()
	o.state.Payment.RefundsDueAt = nil
}

func requireBalanced(t *rapid.T, o *Order) {
	var held int64
	for _, p := range o.parts() {
		if s := o.supplement(p.Supplement); s != nil && !s.counts() {
			continue
		}
		own := o.own(p)
		require.GreaterOrEqual(t, own, int64(0))
		held += own
	}
	require.Equal(t, o.state.Payment.Amount, held, "the parts add up")
	require.Equal(t, o.state.Totals.Total, o.state.Payment.Amount-o.state.Payment.Changed, "what is taken, less what was given back, is what it costs")
	left := map[int]int64{}
	for _, r := range o.state.Refunds {
		left[r.Supplement] += r.Amount
	}
	for number, given := range left {
		require.LessOrEqual(t, given, o.own(o.part(number)), "no part gives back more than it has taken")
	}
}

func TestWhoMayAmend(t *testing.T) {
	t.Parallel()
	ready := func() *Order { return confirmed().doing(t, StartPreparing, MarkReady) }
	for name, c := range map[string]struct {
		order *Order
		by    string
		code  fault.Code
	}{
		"the customer before the kitchen begins": {confirmed(), "customer", ""},
		"the customer after that":                {confirmed().doing(t, StartPreparing).settled(payment.Captured), "customer", fault.InvalidTransition},
		"a cook after that":                      {confirmed().doing(t, StartPreparing).settled(payment.Captured), "cook", ""},
		"while the card is captured":             {confirmed().doing(t, StartPreparing), "cook", fault.PaymentInProgress},
		"a cook when it is ready":                {ready().settled(payment.Captured), "cook", fault.InvalidTransition},
		"while the bank is asked":                {waiting(), "customer", fault.PaymentInProgress},
		"a driver":                               {confirmed(), "driver", fault.Forbidden},
	} {
		c.order.state.Rules = &Rules{}
		cmd := AmendOrder{By: customer, Reason: new("because"), ExpectedVersion: c.order.state.Version}
		switch c.by {
		case "cook":
			cmd.By = cook
		case "driver":
			cmd.By = driver
		}
		_, err := c.order.mayAmend(cmd)
		require.Equal(t, c.code != "", fault.Is(err, c.code), "%s: %v", name, err)
	}
}

func TestAnOrderOfAnEarlierVersionIsNotAmended(t *testing.T) {
	t.Parallel()
	o := confirmed()
	o.state.Rules = nil

	_, err := o.mayAmend(AmendOrder{By: customer, ExpectedVersion: o.state.Version})

	require.True(t, fault.Is(err, fault.InvalidTransition), "%v", err)
}

func TestANewerAmendmentTakesThePlaceOfOneThatWaitsAtTheBank(t *testing.T) {
	t.Parallel()
	o := confirmed()
	first, second := Amendment{ID: uuid.New(), Version: o.state.Version, PriceChange: 100}, Amendment{ID: uuid.New(), Version: o.state.Version, PriceChange: 200}
	o.begin(first, "tok", noon)
	o.recordAttempt(1, payment.Outcome{Status: payment.RequiresAction, IntentID: "pi_2"}, nil, noon)

	o.begin(second, "tok", noon.Add(time.Minute))

	require.Equal(t, ReleaseDue, o.supplement(1).Due)
	require.Nil(t, o.supplement(1).Amendment)
	require.Equal(t, AuthorizeDue, o.supplement(2).Due)
}
