package pricing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// RefusalCode is why a promotion takes nothing off a basket; the contract's PromotionRefusalCode.
type RefusalCode string

// Why a promotion takes nothing off.
const (
	UnknownCode      RefusalCode = "UNKNOWN_CODE"
	Ended            RefusalCode = "ENDED"
	NotYet           RefusalCode = "NOT_YET"
	UsedUp           RefusalCode = "USED_UP"
	UsedByCustomer   RefusalCode = "USED_BY_CUSTOMER"
	FirstOrderOnly   RefusalCode = "FIRST_ORDER_ONLY"
	DeliveryOnly     RefusalCode = "DELIVERY_ONLY"
	PickupOnly       RefusalCode = "PICKUP_ONLY"
	OtherHours       RefusalCode = "OTHER_HOURS"
	BelowMinimum     RefusalCode = "BELOW_MINIMUM"
	NeedsPortions    RefusalCode = "NEEDS_PORTIONS"
	NeedsMore        RefusalCode = "NEEDS_MORE_PORTIONS"
	NeedsBundle      RefusalCode = "NEEDS_BUNDLE"
	DeliveryIsFree   RefusalCode = "DELIVERY_IS_FREE"
	NothingToTakeOff RefusalCode = "NOTHING_TO_TAKE_OFF"
	Outdone          RefusalCode = "OUTDONE"
)

// Refusal is the first condition of a promotion that a basket doesn't meet, and what would meet it; the contract's
// PromotionRefusal. What is of another code is zero, or empty.
type Refusal struct {
	Code     RefusalCode `json:"code"`
	StartsAt *time.Time  `json:"startsAt"` // NotYet
	Uses     int         `json:"uses"`     // UsedByCustomer: how often
	Hours    []Hours     `json:"hours"`    // OtherHours: those that it is for
	Needs    []Slot      `json:"needs"`    // NeedsPortions and NeedsMore: what is missing; NeedsBundle: all of it
	Amount   int64       `json:"amount"`   // BelowMinimum: the minimum; NeedsBundle: what the bundle costs
	Missing  int64       `json:"missing"`  // BelowMinimum: how much more of food would do
	// Promotion is the name of the one that is taken instead of one that is Outdone.
	Promotion string `json:"promotion"`
}

// refuse makes a refusal that has its lists, as the contract asks for them.
func refuse(code RefusalCode) *Refusal {
	return &Refusal{Code: code, Hours: []Hours{}, Needs: []Slot{}}
}

// needing tells what is missing.
func (r *Refusal) needing(slots ...Slot) *Refusal {
	r.Needs = append(r.Needs, slots...)
	return r
}

// inWords is the refusal in English. Of a code that isn't known the promotion is zero.
func (b Basket) inWords(p Promotion, r *Refusal) string {
	needs := make([]string, len(r.Needs))
	for i, s := range r.Needs {
		more := ""
		if r.Code == NeedsMore {
			more = "more "
		}
		needs[i] = fmt.Sprintf("%d %sof %s", s.Portions, more, p.inWords(s.Scope))
	}
	needed := strings.Join(needs, " and ")
	switch r.Code {
	case UnknownCode:
		return "There is no such code."
	case Ended:
		return "It has ended."
	case NotYet:
		return fmt.Sprintf("It begins on %s.", r.StartsAt.In(b.Now.Location()).Format("2 January 2006, 15:04"))
	case UsedUp:
		return "It has been used up."
	case UsedByCustomer:
		if r.Uses == 1 {
			return "You have used it already."
		}
		return fmt.Sprintf("You have used it %d times already.", r.Uses)
	case FirstOrderOnly:
		return "It is for the first order."
	case DeliveryOnly:
		return "It is for deliveries."
	case PickupOnly:
		return "It is for orders that are picked up."
	case OtherHours:
		return fmt.Sprintf("It is for food at these hours: %s.", hoursInWords(r.Hours))
	case BelowMinimum:
		return fmt.Sprintf("It is from %s on: %s more of food would do.", b.amount(r.Amount), b.amount(r.Missing))
	case NeedsPortions, NeedsMore:
		return fmt.Sprintf("It needs %s.", needed)
	case NeedsBundle:
		return fmt.Sprintf("It needs %s, which cost more than %s otherwise.", needed, b.amount(r.Amount))
	case DeliveryIsFree:
		return "The delivery costs nothing anyway."
	case NothingToTakeOff:
		return "What it is for costs nothing anyway."
	case Outdone:
		return fmt.Sprintf("One promotion is taken, and %s makes the order at least as cheap.", r.Promotion)
	}
	return ""
}

// WithinReach is an advertised promotion without a code, which a basket doesn't have since there is too little in it.
type WithinReach struct {
	Promotion
	// Lacks is BelowMinimum, NeedsPortions, or NeedsMore.
	Lacks Refusal
}

// withinReach returns what would take something off the food where nothing is, or off a delivery that costs something; what lacks
// the least money comes first.
func (b Basket) withinReach(refused []WithinReach, chosen []offer) (all []WithinReach) {
	for _, w := range refused {
		ofDelivery := w.Reward.Kind == FreeDelivery
		isTaken := slices.ContainsFunc(chosen, func(o offer) bool { return (o.lines == nil) == ofDelivery })
		if w.Advertised && w.Code == "" && w.Lacks.tooLittle() && !isTaken && (!ofDelivery || b.deliveryFee() > 0) {
			all = append(all, w)
		}
	}
	slices.SortStableFunc(all, func(a, b WithinReach) int {
		return cmp.Or(cmp.Compare(a.Lacks.Missing, b.Lacks.Missing), cmp.Compare(b.Priority, a.Priority), slices.Compare(a.ID[:], b.ID[:]))
	})
	return all
}

// tooLittle tells whether more of food would do.
func (r Refusal) tooLittle() bool {
	return r.Code == BelowMinimum || r.Code == NeedsPortions || r.Code == NeedsMore
}
