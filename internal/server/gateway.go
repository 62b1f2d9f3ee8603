package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/app"
	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/fault"
)

// SimulatedKey is the API key of the simulated gateway; it opens nothing else.
const SimulatedKey = "sk_simulated"

// WebhookPath is where the payment gateway sends events, on the public address.
const WebhookPath = "/webhooks/stripe"

// payments is the way to the payment gateway, and from it.
type payments struct {
	*stripegateway.Gateway
	simulator *simulator.Server // nil if another gateway is configured
	secrets   []string          // of the webhook; without any, there is none
}

// openPayments talks to the gateway configured. By default that is our own simulated one, started here on loopback, with
// its ledger in the database, where other servers and the next start find it.
func openPayments(ctx context.Context, config Config, pool *pgxpool.Pool, log *slog.Logger) (*payments, error) {
	p := &payments{secrets: config.WebhookSecrets}
	to := stripegateway.Config{Key: config.StripeKey, BaseURL: config.StripeBase, ReturnURL: config.returnURL()}
	if to.BaseURL == "" && !config.RealKey() {
		simulated, err := simulator.Listen(ctx, "127.0.0.1:0", simulator.NewPostgres(pool), SimulatorOptions(config.StripeKey, log))
		if err != nil {
			return nil, fmt.Errorf("start the simulated payment gateway: %w", err)
		}
		p.simulator, to.BaseURL, to.SearchLag = simulated, simulated.URL(), 10*time.Second // its search knows everything
		if len(p.secrets) == 0 {
			p.secrets = []string{NewWebhookSecret()} // nobody else needs to know it
		}
	}
	to.Key = cmp.Or(to.Key, SimulatedKey)
	p.Gateway = stripegateway.New(to)
	return p, nil
}

// SimulatorOptions are those of the simulated gateway, wherever it runs: it is opened by the key given, or else by SimulatedKey.
func SimulatorOptions(key string, log *slog.Logger) simulator.Options {
	return simulator.Options{Key: cmp.Or(key, SimulatedKey), Log: log}
}

// NewWebhookSecret makes a secret that signs a simulated gateway's events.
func NewWebhookSecret() string { return "whsec_" + rand.Text() }

// webhook takes what the gateway tells to the app; nil without a secret.
func (p *payments) webhook(a *app.App, open func() bool, log *slog.Logger) http.Handler {
	if len(p.secrets) == 0 {
		return nil
	}
	return &stripegateway.Webhook{
		Secrets: p.secrets, Now: now, Log: log,
		Record: func(ctx context.Context, e payment.Event) error {
			if !open() {
				return fault.New(fault.Unavailable, "The service is not open yet. Try again.")
			}
			_, err := a.RecordPaymentEvent.Handle(ctx, ordering.RecordPaymentEvent{Event: e})
			return err
		},
	}
}

// report has the simulated gateway tell the server of its events, once it is known where the server listens.
func (p *payments) report(public net.Addr) {
	if p.simulator != nil {
		p.simulator.SendEvents(simulator.Webhook{URL: "http://" + reachable(public) + WebhookPath, Secret: p.secrets[0]})
	}
}

// reachable is the address at which this machine reaches what listens on all of its addresses.
func reachable(at net.Addr) string {
	host, port, err := net.SplitHostPort(at.String())
	if ip := net.ParseIP(host); err == nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return at.String()
}

func (p *payments) close(log *slog.Logger) {
	p.Close()
	if p.simulator == nil {
		return
	}
	if err := p.simulator.Close(); err != nil {
		log.Warn("stop the simulated payment gateway", "error", err)
	}
}
