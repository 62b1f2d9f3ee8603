package ordering

import (
	"slices"
	"time"

	"pizzeria/internal/ordering/pricing"
)

// priced returns what a basket of the lines costs, and the lines with their parts of it.
func priced(lines []Line, b pricing.Basket) ([]Line, pricing.Priced) {
	b.Lines = make([]pricing.Line, len(lines))
	for i, l := range lines {
		b.Lines[i] = l.inBasket()
	}
	p := pricing.Price(b)
	lines = slices.Clone(lines)
	for i, cost := range p.Lines {
		lines[i].UnitPrice, lines[i].Discount, lines[i].Tax = cost.UnitPrice, cost.Discount, cost.Tax
	}
	return lines, p
}

// basket is what is ordered, but for its lines.
func (c PlaceOrder) basket(place Place, at time.Time) pricing.Basket {
	return pricing.Basket{Fulfillment: c.Fulfillment, Charges: place.Charges, Tip: c.Tip, Now: at}
}

// inBasket returns the line as it is priced.
func (l Line) inBasket() pricing.Line {
	return pricing.Line{
		Dish: pricing.Dish{ID: l.MenuItemID, Name: l.Name, TaxCategory: l.TaxCategory, Price: l.UnitPrice},
		Size: l.Size, Quantity: l.Quantity,
	}
}
