package check

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"pizzeria/internal/server"
)

func (s *shop) payments(context.Context) []string {
	var p problems
	key := s.config.StripeKey
	p.when(!s.config.RealKey(), "the gateway is simulated, and no money moves: set PIZZERIA_STRIPE_API_KEY")
	p.when(strings.HasPrefix(key, "sk_test_") || strings.HasPrefix(key, "rk_test_"), "PIZZERIA_STRIPE_API_KEY is one for tests, and no money moves")
	p.when(s.config.RealKey() && s.config.StripeCardKey == "", "the shop's page offers cash only: set PIZZERIA_STRIPE_PUBLISHABLE_KEY")
	return p
}

// shortSecret is how many letters a webhook's secret has at least; Stripe's have more.
const shortSecret = 20

func (s *shop) webhook(ctx context.Context) []string {
	var p problems
	p.when(len(s.config.WebhookSecrets) == 0, "PIZZERIA_STRIPE_WEBHOOK_SECRET isn't set: what happens at the gateway by itself isn't noticed")
	if s.config.PublicURL != "" && len(s.config.WebhookSecrets) > 0 {
		answer, err := s.ask(ctx, "POST", s.config.PublicURL+server.WebhookPath, nil)
		switch {
		case err != nil:
			p.when(true, "it can't be reached: "+err.Error())
		default:
			p.when(answer.status != 400, "an event without a signature is answered "+answer.statusText()+" and not 400: "+server.WebhookPath+" doesn't lead here")
		}
	}
	return p
}

// tried are passwords that are tried first.
var tried = []string{"postgres", "password", "pizzeria", "secret", "changeme", "change-me", "a long secret", "admin", "root", "123456"}

func (s *shop) secrets(ctx context.Context) []string {
	var p problems
	p.when(slices.ContainsFunc(s.config.WebhookSecrets, func(secret string) bool { return len(secret) < shortSecret }),
		"a secret in PIZZERIA_STRIPE_WEBHOOK_SECRET can be guessed: it is too short")
	if s.dsn == "" {
		return p
	}
	to, err := pgx.ParseConfig(s.dsn)
	if err != nil {
		return append(p, "PIZZERIA_DATABASE_URL can't be read")
	}
	p.when(slices.Contains(tried, strings.ToLower(to.Password)), "the database's password is one that is tried first")
	verified := to.TLSConfig != nil && (!to.TLSConfig.InsecureSkipVerify || to.TLSConfig.VerifyPeerCertificate != nil) && len(to.Fallbacks) == 0
	p.when(!verified && s.publicNetwork(ctx, to.Host),
		"passwords and orders go to the database through a public network, and the connection isn't encrypted and verified: sslmode=verify-full")
	return p
}

// publicNetwork tells whether the way to a host may lead through one.
func (s *shop) publicNetwork(ctx context.Context, host string) bool {
	if strings.HasPrefix(host, "/") {
		return false
	}
	addresses, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	return err == nil && slices.ContainsFunc(addresses, func(a netip.Addr) bool {
		a = a.Unmap()
		return !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast()
	})
}

func (s *shop) limits(context.Context) []string {
	var p problems
	p.when(s.config.RateLimit == 0, "PIZZERIA_RATE_LIMIT is off, and so are the limits on signing in")
	p.when(s.config.Limits.SignInAccount.Off, "PIZZERIA_LIMIT_SIGN_IN_ACCOUNT is off: passwords can be guessed")
	p.when(s.config.Limits.SignInAddress.Off, "PIZZERIA_LIMIT_SIGN_IN_ADDRESS is off: passwords can be guessed")
	return p
}

func (s *shop) playground(context.Context) []string {
	var p problems
	p.when(bool(s.config.Playground), "playground and introspection are on: leave PIZZERIA_PLAYGROUND out, or set it to off")
	return p
}
