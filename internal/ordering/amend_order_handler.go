package ordering

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// amendableOrders are orders for those who change them. GetAmendable reads all of an order; made tells that the amendment
// was made, or begun, by an earlier try. Amend loads all of it under its lock, lets change decide, and saves it: with its
// lines, its ticket, and the stock that it needs more or less of. It fails with INSUFFICIENT_STOCK if an ingredient doesn't
// reach.
type amendableOrders interface {
	GetAmendable(ctx context.Context, id, amendment uuid.UUID) (order *Order, made bool, err error)
	Amend(ctx context.Context, id uuid.UUID, change func(*Order) error) (*Order, error)
}

// AmendOrderHandler handles AmendOrder; what has to be authorized is then asked for apart.
type AmendOrderHandler struct {
	Orders  amendableOrders
	Dishes  dishes
	Places  places
	Stock   stock
	Zones   *location.Zones
	Gateway amounts
	Now     func() time.Time
	NewID   func() uuid.UUID
}

// Handle makes the amendment, or begins the payment that it waits for.
func (h *AmendOrderHandler) Handle(ctx context.Context, cmd AmendOrder) (Receipt, error) {
	order, made, err := h.Orders.GetAmendable(ctx, cmd.OrderID, cmd.AmendmentID)
	switch {
	case err != nil:
		return Receipt{}, fmt.Errorf("read order %s: %w", cmd.OrderID, err)
	case made:
		return Receipt{OrderID: cmd.OrderID, Settle: true}, nil
	}
	now := h.Now()
	calculated, err := h.calculate(ctx, order, cmd, now)
	if err != nil {
		return Receipt{}, err
	}
	if len(calculated.Problems) > 0 {
		return Receipt{}, calculated.Problems[0]
	}
	order, err = h.Orders.Amend(ctx, cmd.OrderID, func(o *Order) error { return o.amend(cmd, calculated.Amendment, h.NewID, now) })
	if err != nil {
		return Receipt{}, fmt.Errorf("amend order %s: %w", cmd.OrderID, err)
	}
	p := order.state.Payment
	return Receipt{OrderID: cmd.OrderID, Settle: p.RefundsDueAt != nil || order.supplementDue()}, nil
}

// AmendmentPreview is what would become of an order.
type AmendmentPreview struct {
	Amendment
	// Problems stand in the way of it, most important first.
	Problems []*fault.Error
}

// PreviewAmendmentHandler tells what AmendOrder would make of an order.
type PreviewAmendmentHandler struct{ *AmendOrderHandler }

// Handle changes nothing. It fails where nothing can be told: if the order can't be changed, or not like this.
func (h *PreviewAmendmentHandler) Handle(ctx context.Context, cmd AmendOrder) (*AmendmentPreview, error) {
	order, _, err := h.Orders.GetAmendable(ctx, cmd.OrderID, uuid.Nil)
	if err != nil {
		return nil, fmt.Errorf("read order %s: %w", cmd.OrderID, err)
	}
	return h.calculate(ctx, order, cmd, h.Now())
}

// calculate tells what the order would be, and what stands in the way of it.
func (h *AmendOrderHandler) calculate(ctx context.Context, o *Order, cmd AmendOrder, now time.Time) (*AmendmentPreview, error) {
	by, err := o.mayAmend(cmd)
	if err != nil {
		return nil, err
	}
	before := o.state
	onMenu, err := h.Dishes.Dishes(ctx, before.LocationID, cmd.dishesToLookUp(before.Lines))
	if err != nil {
		return nil, fmt.Errorf("read the menu: %w", err)
	}
	lines, changes, err := cmd.amended(before.Lines, onMenu, h.NewID)
	if err != nil {
		return nil, err
	}
	place, err := h.Places.Place(ctx, Destination{
		LocationID: &before.LocationID, Fulfillment: before.Fulfillment, Dishes: dishesOf(lines), WithoutOrder: before.ID,
	})
	if err != nil {
		return nil, fmt.Errorf("look up the location: %w", err)
	}
	after, dropped := before.reprice(lines)
	p := &AmendmentPreview{Amendment: Amendment{
		ID: cmd.AmendmentID, Version: before.Version, By: by.Author(), Reason: cleaned(cmd.Reason), Changes: changes,
		PriceChange: after.Totals.Total - before.Totals.Total, Limits: place.portionsFor(by, before, after),
	}}
	p.problem(place.replan(before, &after, now, h.Zones))
	for _, promotion := range dropped {
		p.Dropped = append(p.Dropped, promotion.Name)
	}
	p.After = after.amendedPart()
	for _, err := range []error{
		after.checkAmounts(h.Gateway.Amounts(after.Currency)), after.checkMinimum(after.Rules.Charges), o.checkDifference(p.Amendment, h.Gateway.Amounts(after.Currency)),
		checkToken(cmd, p.Amendment, before.Payment),
	} {
		p.problem(err)
	}
	short, err := h.Stock.Short(ctx, before.LocationID, now, after.needsBesides(before))
	if err != nil {
		return nil, fmt.Errorf("look at the stock: %w", err)
	}
	if len(short) > 0 {
		p.problem(after.OutOfStock(short))
	}
	return p, nil
}

func (p *AmendmentPreview) problem(err error) {
	if refusal, ok := fault.As(err); ok {
		p.Problems = append(p.Problems, refusal)
	}
}

func dishesOf(lines []Line) []uuid.UUID {
	ids := make([]uuid.UUID, len(lines))
	for i, l := range lines {
		ids[i] = l.MenuItemID
	}
	return ids
}

// portionsFor returns how many portions the customer may have open with a change to more of them.
func (p Place) portionsFor(by auth.Actor, before, after State) location.OrderLimits {
	if after.Portions() <= before.Portions() {
		return location.OrderLimits{}
	}
	return location.OrderLimits{OpenPortions: p.limitsFor(by).OpenPortions}
}

// checkDifference refuses what can't be authorized apart.
func (o *Order) checkDifference(a Amendment, bounds payment.Amounts) error {
	switch p := o.state.Payment; {
	case !a.asksTheBank(p):
		return nil
	case p.Amount == 0:
		return fault.New(fault.BadUserInput, "Nothing was to be paid for this order: order anew what else is wanted.").At("add")
	case a.PriceChange < bounds.Least:
		return fault.New(fault.BadUserInput, "The change is too small to be paid by card.").At("add")
	}
	return nil
}

// checkToken refuses to take more by card without one, unless it is only asked what would become of it.
func checkToken(cmd AmendOrder, a Amendment, p Payment) error {
	given := cmd.PaymentToken != nil && *cmd.PaymentToken != ""
	switch {
	case a.asksTheBank(p) && !given && !cmd.DryRun:
		return fault.New(fault.BadUserInput, "The change costs more: paying that by card needs a payment token.").At("paymentToken")
	case p.Method == payment.Cash && given:
		return fault.New(fault.BadUserInput, "Paying in cash takes no payment token.").At("paymentToken")
	}
	return nil
}

// amendedPart is what an amendment changes of an order.
func (s State) amendedPart() State {
	return State{
		Lines: s.Lines, Totals: s.Totals, Taxes: s.Taxes, PriceLines: s.PriceLines, Coupons: s.Coupons, Promotions: append([]pricing.AppliedPromotion{}, s.Promotions...), Rules: s.Rules,
		Promise: s.Promise, Batches: s.Batches, KitchenTime: s.KitchenTime, EstimatedReadyAt: s.EstimatedReadyAt, EstimatedDeliveryAt: s.EstimatedDeliveryAt,
	}
}
