package graph

import (
	"context"

	"pizzeria/graph/model"
	"pizzeria/internal/app"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
)

// amendPayload shows the order as it stands, beside what was changed of it: also beside a refusal that came later, as that
// of a card.
func amendPayload(done app.AmendAnswer, err error) (*model.AmendOrderPayload, error) {
	if err == nil && done.Refusal != nil {
		err = done.Refusal
	}
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	payload := &model.AmendOrderPayload{Order: done.Order, UserErrors: refused}
	if done.Amendment == nil {
		return payload, nil
	}
	shown, err := done.Order.Detail()
	if err != nil {
		return nil, err
	}
	payload.PriceChange, payload.Totals, payload.PriceLines = &done.Amendment.PriceChange, &shown.Totals, pointers(shown.PriceLines)
	payload.Promise, payload.DroppedPromotions = &shown.Promise, done.Amendment.Dropped
	return payload, nil
}

// previewAmendment shows the order as it is, beside what it would be, and all that stands in the way.
func (r *Resolver) previewAmendment(ctx context.Context, input ordering.AmendOrder) (*model.AmendOrderPayload, error) {
	preview, err := r.app.PreviewAmendment.Handle(ctx, input)
	if err != nil {
		return amendPayload(app.AmendAnswer{}, err)
	}
	order, err := r.app.Order.Handle(ctx, orderview.ByID{ID: input.OrderID, By: input.By})
	if err == nil && order == nil {
		err = ordering.NotFound()
	}
	if err != nil {
		return amendPayload(app.AmendAnswer{}, err)
	}
	payload := &model.AmendOrderPayload{
		Order: order, PriceChange: &preview.PriceChange, Totals: &preview.After.Totals, PriceLines: pointers(preview.After.PriceLines), Promise: &preview.After.Promise,
		DroppedPromotions: append([]string{}, preview.Dropped...), UserErrors: []model.UserError{},
	}
	for _, problem := range preview.Problems {
		payload.UserErrors = append(payload.UserErrors, userError(problem))
	}
	return payload, nil
}
