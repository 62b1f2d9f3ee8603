package ordering

import (
	"cmp"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// AmendOrder changes what was ordered. It is priced anew by the order's own rules, and what is new by the menu of now.
type AmendOrder struct {
	AmendmentID     uuid.UUID     `json:"-"` // given by the pipeline
	By              auth.Actor    `json:"-"`
	IdempotencyKey  string        `json:"-"`
	OrderID         uuid.UUID     `json:"orderId"`
	ExpectedVersion int           `json:"expectedVersion"`
	Add             []ItemRequest `json:"add"`
	Change          []ItemChange  `json:"change"`
	Remove          []uuid.UUID   `json:"remove"`
	PaymentToken    *string       `json:"paymentToken"`
	Reason          *string       `json:"reason"`
	// DryRun tells only what would become of it; the key isn't used.
	DryRun bool `json:"-"`
}

// ItemChange changes one line; what is nil stays.
type ItemChange struct {
	ItemID       uuid.UUID          `json:"itemId"`
	Quantity     *int               `json:"quantity"`
	Instructions *string            `json:"instructions"`
	Options      []OptionRequest    `json:"options"` // with SecondHalf: both are chosen anew, by the menu of now; nil: they stay
	SecondHalf   *SecondHalfRequest `json:"secondHalf"`
}

// Intent names what must happen once.
func (c AmendOrder) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.CustomerID(), Key: c.IdempotencyKey}
}

// WithSubject sets the amendment's id.
func (c AmendOrder) WithSubject(id uuid.UUID) AmendOrder {
	c.AmendmentID = id
	return c
}

// Authorize refuses whoever only has a link to an order, before they use up a key of its customer's.
func (c AmendOrder) Authorize() error {
	if c.By.OnlyWatches() {
		return OnlyWatched()
	}
	return nil
}

// Validate refuses what makes no sense whatever was ordered.
func (c AmendOrder) Validate() error {
	if err := cmp.Or(validText(c.Reason, "reason"), validToken(c.PaymentToken)); err != nil {
		return err
	}
	if n := len(c.Add) + len(c.Change) + len(c.Remove); n == 0 || len(c.Add) > maxLines || len(c.Change) > maxLines || len(c.Remove) > maxLines {
		return fault.New(fault.BadUserInput, "Say what is to be changed, of up to %d lines.", maxLines).At("change")
	}
	for i, item := range c.Add {
		at := []string{"add", strconv.Itoa(i)}
		if err := cmp.Or(validQuantity(item.Quantity, at...), validText(item.Instructions, append(at, "instructions")...), item.checkOptions(at...)); err != nil {
			return err
		}
	}
	named := map[uuid.UUID]bool{}
	once := func(id uuid.UUID, path ...string) error {
		if named[id] {
			return fault.New(fault.BadUserInput, "Name each item once.").At(path...)
		}
		named[id] = true
		return nil
	}
	for i, change := range c.Change {
		at := []string{"change", strconv.Itoa(i)}
		wanted := ItemRequest{Options: change.Options, SecondHalf: change.SecondHalf}
		err := cmp.Or(once(change.ItemID, append(at, "itemId")...), validText(change.Instructions, append(at, "instructions")...), wanted.checkOptions(at...))
		if err == nil && change.Quantity != nil {
			err = validQuantity(*change.Quantity, at...)
		}
		if err == nil && change.SecondHalf != nil && change.Options == nil {
			err = fault.New(fault.BadUserInput, "Options are chosen anew with the second half: say which.").At(append(at, "options")...)
		}
		if err != nil {
			return err
		}
	}
	for i, id := range c.Remove {
		if err := once(id, "remove", strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

func validQuantity(quantity int, path ...string) error {
	if quantity < 1 || quantity > maxQuantity {
		return fault.New(fault.BadUserInput, "Order 1 to %d portions of a dish.", maxQuantity).At(append(path, "quantity")...)
	}
	return nil
}

// mayAmend refuses whoever may not change the order, or not now. Customers change their mind until the kitchen begins, and
// the staff of the location change it until it is ready.
func (o *Order) mayAmend(cmd AmendOrder) (auth.Actor, error) {
	by, err := o.admit(cmd.By, &cmd.ExpectedVersion)
	if err != nil {
		return by, err
	}
	kitchen := by.Is(theKitchen()...)
	p := o.state.Payment
	switch s := o.state.Status; {
	case !kitchen && !o.isOf(by):
		return by, auth.Forbidden()
	case s == Pending || p.Due != NothingDue || o.supplementDue():
		return by, fault.New(fault.PaymentInProgress, "A payment of this order is being processed; try again in a moment.")
	case s == Preparing && !kitchen:
		return by, o.refuseMove(by, "The kitchen has begun: call us for a change.")
	case !amendable(s):
		return by, o.refuseMove(by, "An order that is %s isn't changed any more.", s)
	case o.state.Rules == nil:
		return by, o.refuseMove(by, "This order was placed before orders could be changed.")
	case p.viaGateway() && (p.Status == payment.Voided || p.Status == payment.Refunded), o.gaveBackBefore():
		return by, o.refuseMove(by, "Something of this order was given back: give back the rest that isn't wanted.")
	case kitchen && cleaned(cmd.Reason) == nil:
		return by, fault.New(fault.BadUserInput, "Say why: staff change an order with a reason.").At("reason")
	}
	return by, nil
}

// amendable tells whether an order that stands so may be changed by anybody.
func amendable(s Status) bool { return s == Confirmed || s == Preparing }

// gaveBackBefore tells whether something was given back for another reason than a change.
func (o *Order) gaveBackBefore() bool {
	for _, r := range o.state.Refunds {
		if !r.Changed && r.Status != payment.RefundFailed {
			return true
		}
	}
	return false
}
