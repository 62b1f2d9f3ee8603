package stripegateway

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/stripe/stripe-go/v85"

	"pizzeria/internal/payment"
)

// refundMark is what a refund is marked with, beside the order.
const refundMark = "refund_id"

// Refund implements payment.Gateway.
func (g *Gateway) Refund(ctx context.Context, r payment.RefundRequest) error {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	returned, err := units(r.Amount, r.Currency)
	if err != nil {
		return fmt.Errorf("refund %s: %w", r.RefundID, err)
	}
	params := &stripe.RefundCreateParams{PaymentIntent: stripe.String(r.IntentID), Amount: stripe.Int64(returned)}
	params.AddMetadata(orderMark, r.OrderID.String())
	params.AddMetadata(refundMark, r.RefundID.String())
	params.SetIdempotencyKey(r.Key)
	_, err = g.client.V1Refunds.Create(ctx, params)
	if err == nil {
		return nil
	}
	if e, is := errors.AsType[*stripe.Error](err); is && whose(e) == oursAndBurnt && e.Param == "amount" { // less is left
		return fmt.Errorf("refund %s: %w", r.RefundID, &payment.Refusal{Code: declineCode(e)})
	}
	return fmt.Errorf("refund %s: %w", r.RefundID, explained(err))
}

// Refunds implements payment.Gateway.
func (g *Gateway) Refunds(ctx context.Context, intentID string) ([]payment.GatewayRefund, error) {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	params := &stripe.RefundListParams{PaymentIntent: stripe.String(intentID)}
	params.Limit = stripe.Int64(100)
	refunds := []payment.GatewayRefund{}
	for refund, err := range g.client.V1Refunds.List(ctx, params).All(ctx) {
		if err != nil {
			return nil, fmt.Errorf("list refunds of %s: %w", intentID, explained(err))
		}
		id, _ := uuid.Parse(refund.Metadata[refundMark]) // the zero id if it has none
		refunds = append(refunds, payment.GatewayRefund{
			ID: refund.ID, RefundID: id, Amount: amount(refund.Amount, string(refund.Currency)), Status: refundStatus(refund.Status),
		})
	}
	return refunds, nil
}

func refundStatus(s stripe.RefundStatus) payment.RefundStatus {
	switch s {
	case stripe.RefundStatusSucceeded:
		return payment.RefundSucceeded
	case stripe.RefundStatusFailed, stripe.RefundStatusCanceled:
		return payment.RefundFailed
	default: // pending, or waiting for the customer
		return payment.RefundRequested
	}
}
