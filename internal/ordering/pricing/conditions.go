package pricing

import (
	"slices"
	"strings"
	"time"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/money"
)

// unmet tells the first condition of a promotion that a basket doesn't meet, and what would meet it; nil if it meets all.
func (b Basket) unmet(p Promotion, lines []configured) *Refusal {
	uses := b.Customer.Uses[p.ID]
	switch {
	case p.EndsAt != nil && !b.Now.Before(*p.EndsAt):
		return refuse(Ended)
	case p.StartsAt != nil && b.Now.Before(*p.StartsAt):
		refusal := refuse(NotYet)
		refusal.StartsAt = new(p.StartsAt.UTC())
		return refusal
	case p.MaxUses != nil && p.Uses >= *p.MaxUses:
		return refuse(UsedUp)
	case p.MaxUsesByCustomer != nil && uses >= *p.MaxUsesByCustomer:
		refusal := refuse(UsedByCustomer)
		refusal.Uses = uses
		return refusal
	case p.FirstOrder && b.Customer.HasOrdered:
		return refuse(FirstOrderOnly)
	case len(p.Fulfillments) > 0 && !slices.Contains(p.Fulfillments, b.Fulfillment):
		return refuse(map[location.Fulfillment]RefusalCode{location.Delivery: PickupOnly, location.Pickup: DeliveryOnly}[b.Fulfillment])
	case p.Reward.Kind == FreeDelivery && b.Fulfillment != location.Delivery:
		return refuse(DeliveryOnly)
	case len(p.Hours) > 0 && !slices.ContainsFunc(p.Hours, func(h Hours) bool { return h.contains(b.For) }):
		refusal := refuse(OtherHours)
		refusal.Hours = p.Hours
		return refusal
	case p.Reward.Kind != FixedPriceBundle && len(p.Scope.lines(lines)) == 0:
		return refuse(NeedsPortions).needing(Slot{p.Scope, 1})
	}
	var subtotal int64
	for _, l := range lines {
		subtotal += l.total()
	}
	if subtotal < p.Minimum {
		refusal := refuse(BelowMinimum)
		refusal.Amount, refusal.Missing = p.Minimum, p.Minimum-subtotal
		return refusal
	}
	return nil
}

// nothingToTakeOff tells why a promotion whose conditions are met takes nothing off.
func nothingToTakeOff(p Promotion, portions int) *Refusal {
	switch p.Reward.Kind {
	case FreeCheapest:
		if missing := p.Reward.Portions - portions; missing > 0 {
			return refuse(NeedsMore).needing(Slot{p.Scope, missing})
		}
	case FixedPriceBundle:
		refusal := refuse(NeedsBundle).needing(p.Reward.Slots...)
		refusal.Amount = p.Reward.Amount
		return refusal
	case FreeDelivery:
		return refuse(DeliveryIsFree)
	case Percent, Fixed:
	}
	return refuse(NothingToTakeOff)
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
