// Package stripegateway speaks to Stripe, or to anything that speaks like it, for the shop's payments, and listens to
// what it tells by itself.
package stripegateway

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v85"

	"pizzeria/internal/payment"
)

// Config says where the gateway is. Only the key is needed.
type Config struct {
	Key            string
	BaseURL        string        // Stripe's own if empty
	ConnectTimeout time.Duration // 1 s if zero
	Timeout        time.Duration // of a whole call with its retry; 5 s if zero
	// ReturnURL is where the bank sends a customer back to; {orderId} in it stands for the order. Without it, Stripe names no
	// page of the bank's, and an action needs the client library.
	ReturnURL string
	SearchLag time.Duration // how old an intent is at most that the search doesn't know yet; 2 minutes if zero
}

// Gateway implements payment.Gateway with payment intents that are captured by hand.
type Gateway struct {
	client    *stripe.Client
	http      *http.Client
	timeout   time.Duration
	returnURL string
	searchLag time.Duration
}

var _ payment.Gateway = (*Gateway)(nil)

// New makes a gateway with connections of its own; nothing is sent yet.
//
// A connection that fails or breaks is tried once more with the same key, which hides a passing fault of the network. A
// silent gateway isn't asked twice, since the first try uses up the time, and neither is one that answers with a fault:
// Stripe keeps such an answer under the key for a while. The caller, which keeps the order's state, asks again later.
func New(c Config) *Gateway {
	timeout := cmp.Or(c.Timeout, 5*time.Second)
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: cmp.Or(c.ConnectTimeout, time.Second)}).DialContext,
		TLSHandshakeTimeout: 2 * time.Second,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 32,
		IdleConnTimeout:     60 * time.Second,
	}
	client := &http.Client{Transport: transport, Timeout: timeout}
	backend := stripe.BackendConfig{
		EnableTelemetry:   stripe.Bool(false),
		HTTPClient:        client,
		LeveledLogger:     &stripe.LeveledLogger{Level: stripe.LevelNull}, // its lines would hold the answers' bodies
		MaxNetworkRetries: stripe.Int64(1),
	}
	if c.BaseURL != "" {
		backend.URL = stripe.String(c.BaseURL)
	}
	backends := &stripe.Backends{API: stripe.GetBackendWithConfig(stripe.APIBackend, &backend)}
	return &Gateway{
		client: stripe.NewClient(c.Key, stripe.WithBackends(backends)), http: client, timeout: timeout,
		returnURL: c.ReturnURL, searchLag: cmp.Or(c.SearchLag, 2*time.Minute),
	}
}

// Close drops idle connections.
func (g *Gateway) Close() { g.http.CloseIdleConnections() }

// Authorize implements payment.Gateway.
func (g *Gateway) Authorize(ctx context.Context, a payment.Authorization) (payment.Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	charged, err := units(a.Amount, a.Currency)
	if err != nil {
		return payment.Outcome{}, fmt.Errorf("authorize order %s: %w", a.OrderID, err)
	}
	params := &stripe.PaymentIntentCreateParams{
		Amount:             stripe.Int64(charged),
		Currency:           stripe.String(strings.ToLower(a.Currency)),
		CaptureMethod:      stripe.String(stripe.PaymentIntentCaptureMethodManual),
		Confirm:            stripe.Bool(true),
		PaymentMethod:      stripe.String(a.Token),
		PaymentMethodTypes: stripe.StringSlice([]string{"card"}), // others would redirect the customer
	}
	if g.returnURL != "" {
		params.ReturnURL = stripe.String(strings.ReplaceAll(g.returnURL, "{orderId}", a.OrderID.String()))
	}
	params.AddMetadata(orderMark, a.OrderID.String())
	params.AddMetadata(attemptMark, a.Key)
	params.SetIdempotencyKey(a.Key)

	intent, err := g.client.V1PaymentIntents.Create(ctx, params)
	if err == nil && intent.Status == stripe.PaymentIntentStatusProcessing {
		intent, err = g.retrieve(ctx, intent.ID) // the key would only give the same answer again
	}
	if err != nil {
		if no, ok := declined(err); ok {
			return no, nil
		}
		return payment.Outcome{}, fmt.Errorf("authorize order %s: %w", a.OrderID, explained(err))
	}
	return outcome(intent)
}

// Capture implements payment.Gateway.
func (g *Gateway) Capture(ctx context.Context, c payment.Capturing) error {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	taken, err := units(c.Amount, c.Currency)
	if err != nil {
		return fmt.Errorf("capture %s: %w", c.IntentID, err)
	}
	params := &stripe.PaymentIntentCaptureParams{AmountToCapture: stripe.Int64(taken)}
	params.SetIdempotencyKey(c.Key)

	_, err = g.client.V1PaymentIntents.Capture(ctx, c.IntentID, params)
	if err == nil {
		return nil
	}
	if hasCode(err, stripe.ErrorCodePaymentIntentUnexpectedState) {
		return g.explainCapture(ctx, c.IntentID)
	}
	return fmt.Errorf("capture %s: %w", c.IntentID, explained(err))
}

// explainCapture tells why an intent couldn't be captured: most often because it is captured already.
func (g *Gateway) explainCapture(ctx context.Context, intentID string) error {
	intent, err := g.retrieve(ctx, intentID)
	if err != nil {
		return fmt.Errorf("capture %s: %w", intentID, explained(err))
	}
	switch intent.Status {
	case stripe.PaymentIntentStatusSucceeded:
		return nil
	case stripe.PaymentIntentStatusRequiresCapture, stripe.PaymentIntentStatusProcessing:
		return fmt.Errorf("capture %s: it moved meanwhile and is %s", intentID, intent.Status)
	default:
		return fmt.Errorf("capture %s: %w", intentID, &payment.Refusal{Code: string(intent.Status)})
	}
}

func (g *Gateway) retrieve(ctx context.Context, intentID string) (*stripe.PaymentIntent, error) {
	params := &stripe.PaymentIntentRetrieveParams{}
	params.AddExpand("latest_charge")
	return g.client.V1PaymentIntents.Retrieve(ctx, intentID, params)
}
