package stripegateway

import (
	"context"
	"errors"
	"fmt"

	"github.com/stripe/stripe-go/v85"

	"pizzeria/internal/payment"
)

// Release implements payment.Gateway. It looks before it acts, because voiding and refunding are different calls; where
// the intent moves in between, it looks again.
func (g *Gateway) Release(ctx context.Context, intentID, key string) (payment.Released, error) {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	var err error
	for range 2 {
		var released payment.Released
		released, err = g.releaseOnce(ctx, intentID, key)
		if err == nil {
			return released, nil
		}
		if !hasCode(err, stripe.ErrorCodePaymentIntentUnexpectedState) && !hasCode(err, stripe.ErrorCodeChargeAlreadyRefunded) {
			return payment.Released{}, fmt.Errorf("release %s: %w", intentID, explained(err))
		}
	}
	return payment.Released{}, fmt.Errorf("release %s: it keeps moving: %w", intentID, plain(err))
}

func (g *Gateway) releaseOnce(ctx context.Context, intentID, key string) (payment.Released, error) {
	intent, err := g.retrieve(ctx, intentID)
	if err != nil {
		return payment.Released{}, err
	}
	switch intent.Status {
	case stripe.PaymentIntentStatusCanceled:
		return payment.Released{Status: payment.Voided}, nil
	case stripe.PaymentIntentStatusProcessing:
		return payment.Released{}, errors.New("the gateway is still processing it")
	case stripe.PaymentIntentStatusSucceeded:
		return g.refund(ctx, intent, key)
	default:
		return g.void(ctx, intentID, key)
	}
}

func (g *Gateway) void(ctx context.Context, intentID, key string) (payment.Released, error) {
	params := &stripe.PaymentIntentCancelParams{}
	params.SetIdempotencyKey(key + ":void")
	if _, err := g.client.V1PaymentIntents.Cancel(ctx, intentID, params); err != nil {
		return payment.Released{}, err
	}
	return payment.Released{Status: payment.Voided}, nil
}

// refund returns what is left of the charge.
func (g *Gateway) refund(ctx context.Context, intent *stripe.PaymentIntent, key string) (payment.Released, error) {
	if charge := intent.LatestCharge; charge != nil && charge.Refunded {
		return payment.Released{Status: payment.Refunded, Refunded: amount(charge.AmountRefunded, string(intent.Currency))}, nil
	}
	params := &stripe.RefundCreateParams{PaymentIntent: stripe.String(intent.ID)}
	params.SetIdempotencyKey(key + ":refund")
	refund, err := g.client.V1Refunds.Create(ctx, params)
	if err != nil {
		return payment.Released{}, err
	}
	if refund.Status == stripe.RefundStatusFailed || refund.Status == stripe.RefundStatusCanceled {
		return payment.Released{}, &payment.Refusal{Code: "refund_" + string(refund.Status)}
	}
	// Not what was refunded before plus this: somebody may refund a part by hand in between.
	return payment.Released{Status: payment.Refunded, Refunded: amount(intent.AmountReceived, string(intent.Currency))}, nil
}
