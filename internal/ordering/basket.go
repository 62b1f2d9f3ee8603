package ordering

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
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
		lines[i].AsPriced = b.Lines[i]
		lines[i].UnitPrice, lines[i].Discount, lines[i].Tax = cost.UnitPrice, cost.Discount, cost.Tax
	}
	return lines, p
}

// basket is what is ordered, but for its lines.
func (c PlaceOrder) basket(place Place, at time.Time) pricing.Basket {
	return pricing.Basket{Fulfillment: c.Fulfillment, Charges: place.Charges, Tip: c.Tip, Codes: c.CouponCodes, Now: at, For: at}
}

// basketWithPromotions is what is ordered, but for its lines, with the promotions that may make it cheaper, and the time as
// the location's clocks show it.
func basketWithPromotions(
	ctx context.Context, all promotions, zones *location.Zones, cmd PlaceOrder, place Place, at time.Time,
) (pricing.Basket, error) {
	local, err := place.Local(at, zones)
	if err != nil {
		return pricing.Basket{}, fmt.Errorf("tell the local time: %w", err)
	}
	b := cmd.basket(place, local)
	if cmd.ScheduledFor != nil {
		b.For = cmd.ScheduledFor.In(local.Location())
	}
	b.Promotions, b.Customer, err = all.Applicable(ctx, place.LocationID, cmd.person(), cmd.CouponCodes, at)
	if err != nil {
		return pricing.Basket{}, fmt.Errorf("read promotions: %w", err)
	}
	return b, nil
}

const maxCodes = 5

func validCodes(codes []string) error {
	if len(codes) > maxCodes {
		return fault.New(fault.BadUserInput, "An order takes %d codes at most.", maxCodes).At("couponCodes")
	}
	for i, code := range codes {
		if clean, ok := text.Line(code); !ok || clean == "" || len(code) > 200 {
			return fault.New(fault.BadUserInput, "A code has 1 to 40 letters, digits and hyphens.").At("couponCodes", strconv.Itoa(i))
		}
	}
	return nil
}

// checkCoupons refuses, with COUPON_REFUSED, to place an order with a code that doesn't apply, so that nobody pays more than
// they expect. A code for which a better promotion is taken is no reason to refuse.
func (s State) checkCoupons() error {
	for i, c := range s.Coupons {
		if !c.Applied && c.Reason.Code != pricing.Outdone {
			return fault.New(fault.CouponRefused, "%s", *c.Refusal).At("couponCodes", strconv.Itoa(i))
		}
	}
	return nil
}

// inBasket returns the line as it is priced.
func (l Line) inBasket() pricing.Line {
	line := l.AsPriced
	if line.ID == uuid.Nil {
		line.ID, line.Name, line.TaxCategory, line.Price, line.Size = l.MenuItemID, l.Name, l.TaxCategory, l.UnitPrice, l.Size
	}
	line.Quantity = l.Quantity
	return line
}
