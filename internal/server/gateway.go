package server

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/payment/stripegateway"
)

// SimulatedKey is the API key of the simulated gateway; it opens nothing else.
const SimulatedKey = "sk_simulated"

// payments is the way to the payment gateway.
type payments struct {
	*stripegateway.Gateway
	simulator *simulator.Server // nil if another gateway is configured
}

// openPayments talks to the gateway configured. By default that is our own simulated one, started here on loopback, with
// its ledger in the database, where other servers and the next start find it.
func openPayments(ctx context.Context, config Config, pool *pgxpool.Pool, log *slog.Logger) (*payments, error) {
	p := &payments{}
	to := stripegateway.Config{Key: config.StripeKey, BaseURL: config.StripeBase}
	if to.BaseURL == "" && to.Key == "" {
		simulated, err := simulator.Listen(ctx, "127.0.0.1:0", simulator.NewPostgres(pool), SimulatorOptions(log))
		if err != nil {
			return nil, fmt.Errorf("start the simulated payment gateway: %w", err)
		}
		p.simulator, to.BaseURL = simulated, simulated.URL()
	}
	if to.Key == "" {
		to.Key = SimulatedKey
	}
	p.Gateway = stripegateway.New(to)
	return p, nil
}

// SimulatorOptions are those of the simulated gateway, wherever it runs.
func SimulatorOptions(log *slog.Logger) simulator.Options {
	return simulator.Options{Key: SimulatedKey, Log: log}
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
