package graph

import (
	"context"

	"github.com/google/uuid"

	"pizzeria/graph/model"
	"pizzeria/internal/app"
	"pizzeria/internal/customer"
	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/location/locationview"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/promotion/promotionview"
)

// move takes an order one step further, for any role.
func (r *Resolver) move(ctx context.Context, in ordering.MoveOrder, action ordering.Action) (*model.OrderPayload, error) {
	in.By, in.Action = actor(ctx), action
	return orderPayload(r.app.MoveOrder.Handle(ctx, in))
}

// orders reads a page of a list. Documents are read only where more of them is selected than a brief order has.
func (r *Resolver) orders(ctx context.Context, first int, after *string, filter orderview.Filter, at *uuid.UUID) (*orderview.Page, error) {
	return r.app.Orders.Handle(ctx, orderview.Orders{
		By: actor(ctx), First: first, After: value(after), Filter: filter, LocationID: at,
		Brief: orderview.Brief(r.projected.Plan(ctx)),
	})
}

// orderPayload shows the order also beside a refusal that changed it: a declined card.
func orderPayload(done app.OrderAnswer, err error) (*model.OrderPayload, error) {
	if err == nil && done.Refusal != nil {
		err = done.Refusal
	}
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	payload := &model.OrderPayload{Order: done.Order, UserErrors: refused}
	if done.GuestToken != "" {
		payload.GuestToken = &done.GuestToken
	}
	return payload, nil
}

func sharedOrder(issued ordering.IssuedToken, err error) (*model.ShareOrderPayload, error) {
	refused, err := refusals(err)
	if err != nil || len(refused) > 0 {
		return &model.ShareOrderPayload{UserErrors: refused}, err
	}
	return &model.ShareOrderPayload{TrackingToken: &issued.Token, ExpiresAt: &issued.ExpiresAt, UserErrors: refused}, nil
}

// quotePayload shows the quote, and has the browser that asked name it when it asks for the next one.
func quotePayload(ctx context.Context) func(*ordering.Quote, error) (*model.QuotePayload, error) {
	return func(quote *ordering.Quote, err error) (*model.QuotePayload, error) {
		refused, err := refusals(err)
		if err != nil {
			return nil, err
		}
		if quote != nil && quote.CustomerID == nil {
			authhttp.SetQuote(ctx, quote.ID.String(), quote.ExpiresAt)
		}
		return &model.QuotePayload{Quote: quote, UserErrors: refused}, nil
	}
}

// lastQuote is the quote that the browser was given last; nil if it names none.
func lastQuote(ctx context.Context) *uuid.UUID {
	id, err := uuid.Parse(authhttp.Quote(ctx))
	if err != nil {
		return nil
	}
	return &id
}

// refundPayload shows the refund beside its order.
func refundPayload(done app.RefundAnswer, err error) (*model.RefundPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	payload := &model.RefundPayload{Order: done.Order, UserErrors: refused}
	if done.Order != nil {
		payload.Refund, err = done.Order.Refund(done.RefundID)
	}
	return payload, err
}

// previewRefund shows the order as it is, beside what would be given back.
func (r *Resolver) previewRefund(ctx context.Context, input ordering.RefundOrder) (*model.RefundPayload, error) {
	refund, err := r.app.PreviewRefund.Handle(ctx, input)
	if err != nil {
		return refundPayload(app.RefundAnswer{}, err)
	}
	order, err := r.app.Order.Handle(ctx, orderview.ByID{ID: input.OrderID, By: input.By})
	if err == nil && order == nil {
		err = ordering.NotFound()
	}
	if err != nil {
		return refundPayload(app.RefundAnswer{}, err)
	}
	return &model.RefundPayload{Order: order, Refund: order.RefundOf(refund), UserErrors: []model.UserError{}}, nil
}

func menuItem(item *menuview.MenuItem, err error) (*model.MenuItemPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.MenuItemPayload{MenuItem: item, UserErrors: refused}, nil
}

func optionGroup(found *menuview.OptionGroup, err error) (*model.OptionGroupPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.OptionGroupPayload{OptionGroup: found, UserErrors: refused}, nil
}

func scheduledChange(found *menuview.ScheduledChange, err error) (*model.ScheduledMenuChangePayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.ScheduledMenuChangePayload{Change: found, UserErrors: refused}, nil
}

func ingredient(found *inventoryview.Ingredient, err error) (*model.IngredientPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.IngredientPayload{Ingredient: found, UserErrors: refused}, nil
}

// ingredientAvailability shows the ingredient beside what it hits.
func ingredientAvailability(done app.AvailabilityAnswer, err error) (*model.IngredientAvailabilityPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.IngredientAvailabilityPayload{Ingredient: done.Ingredient, Impact: done.Impact, UserErrors: refused}, nil
}

func locationPayload(found *locationview.Location, err error) (*model.LocationPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.LocationPayload{Location: found, UserErrors: refused}, nil
}

func promotionPayload(found *promotionview.Promotion, err error) (*model.PromotionPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.PromotionPayload{Promotion: found, UserErrors: refused}, nil
}

// signedIn answers with the session, and sets its cookie if a browser asked.
func signedIn(ctx context.Context) func(customer.Session, error) (*model.SignInPayload, error) {
	return func(session customer.Session, err error) (*model.SignInPayload, error) {
		refused, err := refusals(err)
		if err != nil {
			return nil, err
		}
		if len(refused) > 0 {
			return &model.SignInPayload{UserErrors: refused}, nil
		}
		authhttp.SetSession(ctx, session.Token, session.ExpiresAt)
		payload := &model.SignInPayload{Viewer: &session.Actor, Token: &session.Token, UserErrors: refused}
		if session.DeviceToken != "" {
			authhttp.SetDevice(ctx, session.DeviceToken)
			payload.DeviceToken = &session.DeviceToken
		}
		return payload, nil
	}
}

// signedOut deletes the cookie of a client that asked from a browser.
func signedOut(ctx context.Context) func(bool, error) (*model.SignOutPayload, error) {
	return func(_ bool, err error) (*model.SignOutPayload, error) {
		refused, err := refusals(err)
		if err != nil {
			return nil, err
		}
		if len(refused) == 0 {
			authhttp.ClearSession(ctx)
		}
		return &model.SignOutPayload{UserErrors: refused}, nil
	}
}

// value turns an argument that may be left out into its zero value.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// values are what the pointers of a list lead to; none of them is nil.
func values[T any](pointers []*T) []T {
	all := make([]T, len(pointers))
	for i, p := range pointers {
		all[i] = *p
	}
	return all
}

// pointers are those of a list's elements.
func pointers[T any](all []T) []*T {
	found := make([]*T, len(all))
	for i := range all {
		found[i] = &all[i]
	}
	return found
}
