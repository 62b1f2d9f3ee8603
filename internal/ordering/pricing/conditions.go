package pricing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/money"
)

// unmet tells the first condition of a promotion that a basket doesn't meet, and what would meet it; "" if it meets all.
func (b Basket) unmet(p Promotion, lines []configured) string {
	uses := b.Customer.Uses[p.ID]
	switch {
	case p.EndsAt != nil && !b.Now.Before(*p.EndsAt):
		return "It has ended."
	case p.StartsAt != nil && b.Now.Before(*p.StartsAt):
		return fmt.Sprintf("It begins on %s.", p.StartsAt.In(b.Now.Location()).Format("2 January 2006, 15:04"))
	case p.MaxUses != nil && p.Uses >= *p.MaxUses:
		return "It has been used up."
	case p.MaxUsesByCustomer != nil && uses >= *p.MaxUsesByCustomer && uses == 1:
		return "You have used it already."
	case p.MaxUsesByCustomer != nil && uses >= *p.MaxUsesByCustomer:
		return fmt.Sprintf("You have used it %d times already.", uses)
	case p.FirstOrder && b.Customer.HasOrdered:
		return "It is for the first order."
	case len(p.Fulfillments) > 0 && !slices.Contains(p.Fulfillments, b.Fulfillment):
		return map[location.Fulfillment]string{location.Delivery: "It is for orders that are picked up.", location.Pickup: "It is for deliveries."}[b.Fulfillment]
	case p.Reward.Kind == FreeDelivery && b.Fulfillment != location.Delivery:
		return "It is for deliveries."
	case len(p.Hours) > 0 && !slices.ContainsFunc(p.Hours, func(h Hours) bool { return h.contains(b.For) }):
		return fmt.Sprintf("It is for food at these hours: %s.", hoursInWords(p.Hours))
	case p.Reward.Kind != FixedPriceBundle && len(p.Scope.lines(lines)) == 0:
		return fmt.Sprintf("It needs %s.", p.inWords(p.Scope, 1))
	}
	var subtotal int64
	for _, l := range lines {
		subtotal += l.total()
	}
	if subtotal < p.Minimum {
		return fmt.Sprintf("It is from %s on: %s more of food would do.", b.amount(p.Minimum), b.amount(p.Minimum-subtotal))
	}
	return ""
}

// nothingToTakeOff tells why a promotion whose conditions are met takes nothing off.
func (b Basket) nothingToTakeOff(p Promotion, portions int) string {
	switch p.Reward.Kind {
	case FreeCheapest:
		if missing := p.Reward.Portions - portions; missing > 0 {
			return fmt.Sprintf("It needs %d more of %s.", missing, p.inWords(p.Scope, 0))
		}
	case FixedPriceBundle:
		parts := make([]string, len(p.Reward.Slots))
		for i, s := range p.Reward.Slots {
			parts[i] = p.inWords(s.Scope, s.Portions)
		}
		return fmt.Sprintf("It needs %s, which cost more than %s otherwise.", strings.Join(parts, " and "), b.amount(p.Reward.Amount))
	case FreeDelivery:
		return "The delivery costs nothing anyway."
	case Percent, Fixed:
	}
	return "What it is for costs nothing anyway."
}

// contains tells whether a time is in the hours.
func (h Hours) contains(at time.Time) bool {
	on := func(day time.Time) bool {
		return len(h.Weekdays) == 0 || slices.Contains(h.Weekdays, location.Weekdays()[(int(day.Weekday())+6)%7])
	}
	clock := location.TimeOfDay(at.Hour()*60 + at.Minute())
	switch {
	case h.From == h.Until:
		return on(at)
	case h.From < h.Until:
		return on(at) && clock >= h.From && clock < h.Until
	}
	return on(at) && clock >= h.From || on(at.AddDate(0, 0, -1)) && clock < h.Until
}

// amount writes an amount for people, without its currency.
func (b Basket) amount(amount int64) string {
	return strings.Replace(money.Format(amount, b.Charges.Currency), b.Charges.Currency+" ", "", 1)
}
