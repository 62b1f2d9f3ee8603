package ordering

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Amendment is a change of an order that was priced: what the order is after it, and what is another than before.
type Amendment struct {
	ID      uuid.UUID
	Version int // of the order that it was decided on
	By      auth.Author
	Reason  *string
	// After is the order's lines, price, rules and promise after it; the rest is zero.
	After       State
	Changes     []LineChange
	Dropped     []string // names of the promotions that don't apply any more
	PriceChange int64    // of the total, in minor units; less than zero: it costs less
	Limits      location.OrderLimits
}

// ChangeKind is what became of a line.
type ChangeKind string

// What can become of a line.
const (
	LineAdded   ChangeKind = "ADDED"
	LineChanged ChangeKind = "CHANGED"
	LineRemoved ChangeKind = "REMOVED"
)

// LineChange is what became of one line. Before is what it was; nil of one that was added.
type LineChange struct {
	ItemID uuid.UUID
	Kind   ChangeKind
	Before *Item
}

// Item is a line as the API shows it.
type Item struct {
	ID           uuid.UUID            `json:"id"`
	MenuItemID   uuid.UUID            `json:"menuItemId"`
	Name         string               `json:"name"`
	Size         menu.Size            `json:"size"`
	Quantity     int                  `json:"quantity"`
	UnitPrice    int64                `json:"unitPrice"`
	Total        int64                `json:"total"`
	Discount     int64                `json:"discount"`
	Instructions *string              `json:"instructions"`
	Options      []LineOption         `json:"options"`
	SecondHalf   *LineHalf            `json:"secondHalf"`
	Allergens    []inventory.Allergen `json:"allergens"`
}

// Item returns the line as the API shows it.
func (l Line) Item() Item {
	return Item{
		ID: l.ID, MenuItemID: l.MenuItemID, Name: l.Name, Size: l.Size, Quantity: l.Quantity, UnitPrice: l.UnitPrice, Total: l.Total(), Discount: l.Discount,
		Instructions: l.Instructions, Options: append([]LineOption{}, l.Options...), SecondHalf: l.SecondHalf,
		Allergens: append([]inventory.Allergen{}, l.Allergens...),
	}
}

// dishesToLookUp are those that have to be on the menu for the amendment: what is new, chosen anew, or wanted more of.
func (c AmendOrder) dishesToLookUp(lines []Line) []uuid.UUID {
	requests := slices.Clone(c.Add)
	for _, change := range c.Change {
		for _, l := range lines {
			if l.ID == change.ItemID {
				requests = append(requests, l.asked(change))
			}
		}
	}
	return dishIDs(requests)
}

// asked is what a changed line asks for, of the menu of now.
func (l Line) asked(change ItemChange) ItemRequest {
	r := ItemRequest{MenuItemID: l.MenuItemID, Size: l.Size, Quantity: l.Quantity, Instructions: l.Instructions, Options: change.Options, SecondHalf: change.SecondHalf}
	if change.Options == nil && l.SecondHalf != nil {
		r.SecondHalf = &SecondHalfRequest{MenuItemID: l.SecondHalf.MenuItemID}
	}
	if change.Quantity != nil {
		r.Quantity = *change.Quantity
	}
	if change.Instructions != nil {
		r.Instructions = change.Instructions
	}
	return r
}

// amended returns the order's lines after the command, in their order, with what is new behind them, and what became of
// each that isn't as it was. It fails with BAD_USER_INPUT for a line that the order doesn't have, or for what the menu
// doesn't, with INSUFFICIENT_STOCK for more of what was taken off the menu for now, and if nothing would be changed, or all
// of it be gone.
func (c AmendOrder) amended(before []Line, onMenu map[uuid.UUID]menu.Dish, newID func() uuid.UUID) (after []Line, changes []LineChange, err error) {
	after = slices.Clone(before)
	find := func(id uuid.UUID) int { return slices.IndexFunc(after, func(l Line) bool { return l.ID == id }) }
	unknown := func(path ...string) error {
		return fault.New(fault.BadUserInput, "The order has no such item.").At(path...)
	}
	for i, change := range c.Change {
		at := find(change.ItemID)
		if at < 0 {
			return nil, nil, unknown("change", strconv.Itoa(i), "itemId")
		}
		was := after[at]
		if after[at], err = was.changed(change, onMenu, "change", strconv.Itoa(i)); err != nil {
			return nil, nil, err
		}
		if !after[at].sameAs(was) {
			changes = append(changes, LineChange{change.ItemID, LineChanged, new(was.Item())})
		}
	}
	for i, id := range c.Remove {
		at := find(id)
		if at < 0 {
			return nil, nil, unknown("remove", strconv.Itoa(i))
		}
		changes = append(changes, LineChange{id, LineRemoved, new(after[at].Item())})
		after = slices.Delete(after, at, at+1)
	}
	for i, item := range c.Add {
		line, err := item.line(onMenu, newID(), "add", strconv.Itoa(i))
		if err != nil {
			return nil, nil, err
		}
		changes = append(changes, LineChange{line.ID, LineAdded, nil})
		after = append(after, line)
	}
	switch {
	case len(changes) == 0:
		return nil, nil, fault.New(fault.BadUserInput, "This changes nothing.").At("change")
	case len(after) == 0:
		return nil, nil, fault.New(fault.BadUserInput, "Nothing would be left of the order: cancel it.").At("remove")
	case len(after) > maxLines:
		return nil, nil, fault.New(fault.BadUserInput, "An order has 1 to %d lines.", maxLines).At("add")
	}
	return after, changes, nil
}

// changed is the line with a change. Chosen anew it costs what the menu says now; otherwise its price stays.
func (l Line) changed(change ItemChange, onMenu map[uuid.UUID]menu.Dish, path ...string) (Line, error) {
	asked := l.asked(change)
	if change.Options != nil {
		return asked.line(onMenu, l.ID, path...)
	}
	if asked.Quantity > l.Quantity {
		if _, err := dishOf(onMenu, l.MenuItemID, l.Size, path); err != nil {
			return l, err
		}
	}
	l.Quantity, l.Instructions = asked.Quantity, cleaned(asked.Instructions)
	return l, nil
}

// sameAs tells whether two lines are the same to whoever makes and pays them.
func (l Line) sameAs(other Line) bool {
	same := l.Quantity == other.Quantity && l.AsPriced.Price == other.AsPriced.Price && slices.Equal(l.Options, other.Options)
	same = same && (l.Instructions == nil) == (other.Instructions == nil) && (l.Instructions == nil || *l.Instructions == *other.Instructions)
	half := l.SecondHalf
	if same = same && (half == nil) == (other.SecondHalf == nil); same && half != nil {
		same = half.MenuItemID == other.SecondHalf.MenuItemID && slices.Equal(half.Options, other.SecondHalf.Options)
	}
	return same
}

// Content is what an amendment changes of an order, as the API shows it.
type Content struct {
	Items      []Item                 `json:"items"`
	Totals     pricing.Totals         `json:"totals"`
	PriceLines []pricing.PriceLine    `json:"priceLines"`
	Taxes      []pricing.TaxLine      `json:"taxes"`
	Coupons    []pricing.CouponResult `json:"coupons"`
	Amount     int64                  `json:"amount"` // of the payment
}

// Content returns what an amendment may change.
func (s State) Content() Content {
	c := Content{Items: make([]Item, len(s.Lines)), Totals: s.Totals, PriceLines: s.PriceLines, Taxes: s.Taxes, Coupons: s.Coupons, Amount: s.Payment.Amount}
	for i, l := range s.Lines {
		c.Items[i] = l.Item()
	}
	return c
}

// needsBesides is what the order takes of each ingredient more than another takes, in whole units.
func (s State) needsBesides(other State) map[uuid.UUID]int64 {
	more, held := s.Needs(), other.Needs()
	for id, n := range more {
		if more[id] = n - held[id]; more[id] <= 0 {
			delete(more, id)
		}
	}
	return more
}

// asksTheBank tells whether the amendment has to be paid for before it counts.
func (a Amendment) asksTheBank(p Payment) bool { return p.Method == payment.Card && a.PriceChange > 0 }
