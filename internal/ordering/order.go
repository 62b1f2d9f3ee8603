package ordering

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

// Order is the aggregate root: its methods are the only way to change it, and each records the event it caused.
type Order struct {
	state  State
	events []Event
	stock  StockChange

	amendment  *Amendment
	lapsed     *fault.Error       // why a supplement came to nothing
	touched    map[uuid.UUID]bool // refunds that are new or have changed
	returned   map[uuid.UUID]int64
	returnedBy uuid.UUID
}

// State is an order: a new one has all of it, a restored one only what a move looks at or changes.
type State struct {
	ID         uuid.UUID
	LocationID uuid.UUID
	Version    int
	Status     Status
	Details             // of a restored order: the Fulfillment and ScheduledFor
	Customer   Customer // of a restored order: the ID
	Guest      *Guest   `json:",omitempty"` // of a new order of a guest
	Currency   string
	Payment    Payment
	// Supplements are what amendments made dearer, in the order of their numbers.
	Supplements []Supplement     `json:",omitempty"`
	Forgotten   bool             // its customer was forgotten: nobody's words about them are kept any more
	Promise     location.Promise // zero of an order of an earlier version
	// KitchenTime is how long the kitchen takes if nothing else is to do, and Way how long the way to the customer takes.
	KitchenTime, Way time.Duration

	// What no move looks at or changes: zero in a restored order.
	Address             *postal.Address // where a delivery goes
	Lines               []Line
	Totals              pricing.Totals
	Taxes               []pricing.TaxLine
	PriceLines          []pricing.PriceLine
	Coupons             []pricing.CouponResult
	Promotions          []pricing.AppliedPromotion
	Rules               *Rules `json:",omitempty"` // nil of an order of an earlier version
	PlacedAt            time.Time
	BusinessDay         time.Time // at midnight, UTC
	Batches             []location.Batch
	EstimatedReadyAt    time.Time
	EstimatedDeliveryAt *time.Time

	// Refunds are those so far, oldest first; of an order that was restored whole, with its Lines and Totals.
	Refunds []Refund
}

// Customer is who ordered, as known when the order was placed.
type Customer struct {
	ID    uuid.UUID
	Name  string
	Phone *string
	Email *string
}

// Event is one move of an order; versions count from 1 without gaps. Payment is how the payment stood after it.
type Event struct {
	Version int
	Type    EventType
	From    Status // empty for the first
	To      Status
	Payment PaymentSnapshot
	Actor   auth.Author
	Reason  *string
	At      time.Time
	Refund  *Refund           // what was given back, of a refund
	Promise *location.Promise // what was promised with it; nil if it changed no promise
	// Amendment is what was changed, of an amendment.
	Amendment *Amendment
}

// StockChange is what a change of the order means for the ingredients it holds.
type StockChange int

// What can happen to an order's ingredients.
const (
	StockUnchanged StockChange = iota
	StockReserved
	StockReleased
	StockConsumed
)

// Restore makes a stored order from the part of its state that moves need: ID, LocationID, Version, Status, Fulfillment,
// Customer.ID, Currency, Payment, Supplements, Forgotten, ScheduledFor, Promise, KitchenTime and Way.
func Restore(s State) *Order {
	s.Supplements = slices.Clone(s.Supplements) // they change in place
	return &Order{state: s}
}

// State returns the order as it is now. Of a new order all of it is to be stored; of a restored one the version, the status,
// the promise and the payment, since the rest is not there or has not changed.
func (o *Order) State() State { return o.state }

// Events returns what happened since the order was made or restored.
func (o *Order) Events() []Event { return o.events }

// StockChange returns what happened to the order's ingredients since it was made or restored.
func (o *Order) StockChange() StockChange { return o.stock }

// TouchedRefunds returns those that are new or have changed since the order was restored.
func (o *Order) TouchedRefunds() (refunds []Refund) {
	for _, r := range o.state.Refunds {
		if o.touched[r.ID] {
			refunds = append(refunds, r)
		}
	}
	return refunds
}

// Returned returns how much of each ingredient goes back into stock, and by which refund.
func (o *Order) Returned() (needs map[uuid.UUID]int64, by uuid.UUID) { return o.returned, o.returnedBy }

// Do moves the order. It fails with NOT_FOUND if the order is none of the actor's business, VERSION_CONFLICT if the
// actor decided on an older version (expected is nil when they do not care), INVALID_TRANSITION if the workflow has no
// such move from here, or not for this customer, FORBIDDEN if it is the work of other staff, and BAD_USER_INPUT if staff cancel
// without a reason.
func (o *Order) Do(action Action, by auth.Actor, reason *string, expected *int, at time.Time) error {
	by, err := o.admit(by, expected)
	if err != nil {
		return err
	}
	m, ok := findMove(action, o.state.Status, o.state.Fulfillment)
	switch {
	case ok && m.allows(by, o.isOf(by)):
	case ok && (by.Staff() || !action.customersMay()):
		return auth.Forbidden()
	default: // there is no such move, or it is not a customer's any more: customers change their mind until the kitchen begins
		return o.refuseMove(by, "An order that is %s can't do this.", o.state.Status)
	}
	if reason = cleaned(reason); action == Cancel && by.Staff() && reason == nil {
		return fault.New(fault.BadUserInput, "Say why: staff cancel an order with a reason.").At("reason")
	}
	if m.to == Confirmed && !o.state.Payment.allowsConfirmation() {
		return o.refuseMove(by, "The order's payment is not settled yet.")
	}
	o.move(m, by, reason, at)
	return nil
}

// admit returns the actor as the order's location sees them, who does whatever is done to the order. It checks what every
// action needs: the actor may see the order, and decided on its current version.
func (o *Order) admit(actor auth.Actor, expected *int) (auth.Actor, error) {
	by := actor.At(o.state.LocationID)
	switch {
	case !by.MaySeeOrder(o.state.ID, o.state.Customer.ID):
		return by, NotFound()
	case by.OnlyWatches():
		return by, OnlyWatched()
	case expected != nil && *expected != o.state.Version:
		return by, o.changedSince()
	}
	return by, nil
}

// isOf tells whether the order is the actor's own.
func (o *Order) isOf(by auth.Actor) bool { return by.Owns(o.state.ID, o.state.Customer.ID) }

func (o *Order) refuseMove(by auth.Actor, format string, args ...any) error {
	allowed := []string{}
	for _, s := range o.state.Status.Allowed(o.state.Fulfillment, by, o.isOf(by)) {
		allowed = append(allowed, string(s))
	}
	return fault.New(fault.InvalidTransition, format, args...).
		With(fault.Details{From: string(o.state.Status), Allowed: allowed})
}

// move is the one place where a status changes: with it change the payment and the stock, and an event is recorded.
func (o *Order) move(m move, by auth.Actor, reason *string, at time.Time) {
	o.state.Status = m.to
	switch m.to {
	case Cancelled, Rejected:
		o.stock = StockReleased
		o.state.Payment.abandon(at)
	case Preparing:
		o.state.Payment.captureCard(at)
	case Delivered, PickedUp:
		o.stock = StockConsumed
		o.state.Payment.collectCash()
	case Pending, Confirmed, Ready, OutForDelivery:
	}
	o.moveSupplements(m.to, at)
	promise := o.revise(m.from, m.to, at)
	o.record(m.event, m.from, m.to, by, reason, at)
	o.events[len(o.events)-1].Promise = promise
}

// moveBySystem is for what the server does by itself, because of the payment: confirm, reject or cancel an order. The
// workflow must have the move.
func (o *Order) moveBySystem(action Action, reason *string, at time.Time) {
	m, _ := findMove(action, o.state.Status, o.state.Fulfillment)
	o.move(m, auth.System(), reason, at)
}

func (o *Order) record(event EventType, from, to Status, by auth.Actor, reason *string, at time.Time) {
	if o.state.Forgotten && by.Author().Role != auth.ActorSystem {
		reason = nil
	}
	o.state.Version++
	o.events = append(o.events, Event{
		Version: o.state.Version, Type: event, From: from, To: to, Payment: o.state.Payment.snapshot(),
		Actor: by.Author(), Reason: reason, At: at,
	})
}

// OnlyWatched is the refusal of whatever somebody would do to an order who only has a link to it.
func OnlyWatched() *fault.Error {
	return fault.New(fault.Forbidden, "This link shows the order, and nothing else.")
}

// NotFound is the refusal for an order that does not exist or that the actor may not see: the two look the same.
func NotFound() *fault.Error {
	return fault.New(fault.NotFound, "There is no such order.").At("orderId")
}
