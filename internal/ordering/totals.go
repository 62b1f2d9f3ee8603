package ordering

// Totals are amounts in minor units. Total = Subtotal - Discount + DeliveryFee + Tax + Tip.
type Totals struct {
	Subtotal    int64
	Discount    int64
	DeliveryFee int64
	Tax         int64
	Tip         int64
	Total       int64
}

// Pricing is what the shop adds to the price of the food.
type Pricing struct {
	Currency         string // ISO 4217
	TaxBasisPoints   int64  // hundredths of a percent
	DeliveryFeeCents int64
}

// total adds an order up. Tax is on the food alone, neither on its delivery nor on the tip, and is rounded half up once,
// on the whole, so that it doesn't depend on how the order is split into lines.
func (p Pricing) total(lines []Line, how Fulfillment, tip int64) Totals {
	t := Totals{Tip: tip}
	for _, l := range lines {
		t.Subtotal += l.Total()
	}
	if how == Delivery {
		t.DeliveryFee = p.DeliveryFeeCents
	}
	taxable := t.Subtotal - t.Discount
	t.Tax = (taxable*p.TaxBasisPoints + 5_000) / 10_000
	t.Total = t.Subtotal - t.Discount + t.DeliveryFee + t.Tax + t.Tip
	return t
}
