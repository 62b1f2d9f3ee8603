package pricing_test

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/money"
)

var noon = time.Date(2026, 12, 4, 12, 0, 0, 0, time.UTC) // a Friday

// id is the same for the same number, and sorts as numbers do.
func id(n int) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint32(id[:], uint32(n))
	return id
}

// random draws baskets of a small menu, so that the same dishes and options meet often.
type random struct {
	*rapid.T
	step    int64
	dishes  []pricing.Dish
	options []pricing.Option
}

func (r random) upTo(n int, label string) int { return rapid.IntRange(0, n).Draw(r.T, label) }
func (r random) yes(label string) bool        { return rapid.Bool().Draw(r.T, label) }
func (r random) amount(most int64, label string) int64 {
	return rapid.Int64Range(0, most).Draw(r.T, label) * r.step
}

func pick[T any](r random, label string, from ...T) T { return from[r.upTo(len(from)-1, label)] }

func basket(t *rapid.T) pricing.Basket {
	r := random{T: t}
	currency := pick(r, "currency", "USD", "EUR", "JPY", "KWD", "MGA")
	r.step = money.Step(currency)
	r.menu()
	b := pricing.Basket{
		Fulfillment: pick(r, "fulfillment", location.Delivery, location.Pickup),
		Charges: location.Charges{
			Currency: currency, PricesIncludeTax: r.yes("tax included"), DeliveryFee: r.amount(500, "fee"),
			TaxRates: []location.TaxRate{
				{Category: location.Food, RateBasisPoints: pick(r, "food rate", 0, 700, 825, r.upTo(10_000, "food rate")), PickupRateBasisPoints: pick(r, "pickup rate", nil, new(1_900))},
				{Category: location.Drink, RateBasisPoints: pick(r, "drink rate", 700, 1_900)},
			},
		},
		Tip: r.amount(300, "tip"), Now: noon, For: noon.Add(time.Duration(r.upTo(7*1440-1, "time")) * time.Minute),
		Customer: pricing.Customer{HasOrdered: r.yes("has ordered"), Uses: map[uuid.UUID]int{id(100): r.upTo(2, "uses")}},
	}
	portions := 0
	for range 1 + r.upTo(4, "lines") {
		line := r.line()
		line.Quantity = min(line.Quantity, 16-portions)
		if portions += line.Quantity; line.Quantity > 0 {
			b.Lines = append(b.Lines, line)
		}
	}
	for n := range r.upTo(4, "promotions") {
		p := r.promotion(n)
		b.Promotions = append(b.Promotions, p)
		if p.Code != "" && r.upTo(3, "code not given") > 0 {
			b.Codes = append(b.Codes, p.Code)
		}
	}
	if r.upTo(9, "unknown code") == 0 {
		b.Codes = append(b.Codes, "UNKNOWN")
	}
	return b
}

func (r *random) menu() {
	for n := range 4 {
		d := pricing.Dish{ID: id(n), Name: fmt.Sprint("Dish ", n), TaxCategory: location.Food, Price: r.amount(2_000, "price")}
		if n == 3 {
			d.TaxCategory = location.Drink
		} else if r.yes("halves") {
			d.Halves = &pricing.HalvesPolicy{
				BasePrice: pick(*r, "base price", pricing.Higher, pricing.Average), ToppingPercent: pick(*r, "percent", 50, 67, 100, 0), SplitCharge: r.amount(100, "split"),
			}
		}
		r.dishes = append(r.dishes, d)
	}
	groups := [2]pricing.Group{}
	for n := range groups {
		groups[n] = pricing.Group{
			ID: id(20 + n), Name: fmt.Sprint("Group ", n), FreeUpTo: r.upTo(2, "free"), LightFactor: r.upTo(10_000, "light"), ExtraFactor: 10_000 + r.upTo(20_000, "extra"),
		}
	}
	for n := range 5 {
		r.options = append(r.options, pricing.Option{
			ID: id(10 + n), Name: fmt.Sprint("Option ", n), Price: r.amount(300, "option"), Included: n == 0, Group: groups[n%2],
		})
	}
}

func (r random) line() pricing.Line {
	l := pricing.Line{Dish: pick(r, "dish", r.dishes...), Size: pick(r, "size", menu.Medium, menu.Large), Quantity: 1 + r.upTo(4, "quantity")}
	two := l.Halves != nil && r.yes("second half")
	if two {
		l.Second = new(pick(r, "second dish", r.dishes...))
	}
	for n, o := range r.options {
		o.Portion, o.Amount = pick(r, "portion", pricing.Whole, pricing.First, pricing.Second), pick(r, "amount", pricing.Regular, pricing.Light, pricing.Extra, pricing.None)
		switch kind := r.upTo(4, fmt.Sprint("option ", n)); {
		case kind < 2:
		case kind == 2 && l.Second != nil:
			o.Portion = pricing.Second
			l.Second.Options = append(l.Second.Options, o)
		case kind == 3 && l.Second != nil: // on both halves, though said apart
			o.Portion = pricing.Second
			l.Second.Options = append(l.Second.Options, o)
			o.Portion = pricing.First
			if r.yes("another amount") {
				o.Amount = pricing.Extra
			}
			l.Options = append(l.Options, o)
		default:
			l.Options = append(l.Options, o)
		}
	}
	return l
}

func (r random) promotion(n int) pricing.Promotion {
	p := pricing.Promotion{
		ID: id(100 + n), Name: fmt.Sprint("Promotion ", n), Priority: r.upTo(2, "priority"), Uses: r.upTo(2, "uses"),
		Reward: pricing.Reward{Kind: pick(r, "reward", pricing.Percent, pricing.Fixed, pricing.FreeCheapest, pricing.FixedPriceBundle, pricing.FreeDelivery)},
	}
	switch p.Reward.Kind {
	case pricing.Percent:
		p.Reward.BasisPoints = pick(r, "basis points", 1_000, 10_000, 1+r.upTo(9_999, "basis points"))
	case pricing.Fixed:
		p.Reward.Amount = r.amount(1_500, "amount")
	case pricing.FreeCheapest:
		p.Reward.Portions = 2 + r.upTo(1, "portions")
	case pricing.FixedPriceBundle:
		p.Reward.Amount = r.amount(3_000, "amount")
		for range 1 + r.upTo(2, "slots") {
			p.Reward.Slots = append(p.Reward.Slots, pricing.Slot{Scope: r.scope(), Portions: 1 + r.upTo(1, "portions")})
		}
	case pricing.FreeDelivery:
	}
	if r.yes("code") {
		p.Code = fmt.Sprint("CODE", n)
	}
	switch r.upTo(9, "condition") {
	case 0:
		p.Minimum = r.amount(4_000, "minimum")
	case 1:
		p.Fulfillments = []location.Fulfillment{location.Delivery}
	case 2:
		h := pricing.Hours{From: location.TimeOfDay(60 * r.upTo(23, "from")), Until: location.TimeOfDay(60 * r.upTo(23, "until"))}
		for day := range 7 {
			if r.yes("on this day") {
				h.Weekdays = append(h.Weekdays, location.Weekdays()[day])
			}
		}
		p.Hours = []pricing.Hours{h}
	case 3:
		p.FirstOrder = true
	case 4:
		p.MaxUses, p.MaxUsesByCustomer = new(1+r.upTo(1, "max uses")), new(1)
	case 5:
		p.StartsAt, p.EndsAt = new(noon.Add(time.Duration(r.upTo(2, "starts")-1))), new(noon.Add(time.Duration(r.upTo(2, "ends")-1)))
	case 6, 7:
		p.Scope = r.scope()
	}
	return p
}

func (r random) scope() (s pricing.Scope) {
	for n := range 4 {
		if r.yes("dish in scope") {
			s.MenuItemIDs = append(s.MenuItemIDs, id(n))
		}
	}
	if r.yes("sizes") {
		s.Sizes = []menu.Size{menu.Large}
	}
	return s
}
