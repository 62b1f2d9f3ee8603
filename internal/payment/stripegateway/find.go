package stripegateway

import (
	"context"
	"fmt"
	"time"

	"github.com/stripe/stripe-go/v85"

	"pizzeria/internal/payment"
)

// Find implements payment.Gateway by the mark that Authorize leaves in the intent's metadata.
func (g *Gateway) Find(ctx context.Context, key string, age time.Duration) (payment.Outcome, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	params := &stripe.PaymentIntentSearchParams{}
	params.Query = fmt.Sprintf("metadata['%s']:'%s'", attemptMark, key)
	params.Limit, params.Single = stripe.Int64(1), true
	page := g.client.V1PaymentIntents.Search(ctx, params)
	if err := page.Err(); err != nil {
		return payment.Outcome{}, false, fmt.Errorf("search for the intent of %s: %w", key, explained(err))
	}
	if intents := page.Data(); len(intents) > 0 {
		found, err := outcome(intents[0])
		return found, err == nil, err
	}
	if age < g.searchLag {
		return payment.Outcome{}, false, fmt.Errorf("no intent of %s is found yet", key)
	}
	return payment.Outcome{}, false, nil
}
