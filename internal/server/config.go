// Package server puts the program together: configuration, database, gateway, app and HTTP, and takes it apart again in
// order. The command line and the end-to-end tests start the same server.
package server

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/tracing"
)

// Config comes from the environment; docs/settings.md explains each variable.
type Config struct {
	Addr             string         `env:"ADDR" envDefault:"127.0.0.1:8080"`
	AdminAddr        string         `env:"ADMIN_ADDR" envDefault:"127.0.0.1:8081"`
	DatabaseURL      string         `env:"DATABASE_URL"`
	DatabaseMaxConns int32          `env:"DATABASE_MAX_CONNS"`
	DataDir          string         `env:"PIZZERIA_DATA_DIR"`
	LogLevel         slog.Level     `env:"LOG_LEVEL" envDefault:"info"`
	AccessLog        Switch         `env:"ACCESS_LOG" envDefault:"on"`
	Playground       Switch         `env:"PLAYGROUND" envDefault:"on"`
	RateLimit        RateLimit      `env:"RATE_LIMIT" envDefault:"100"`
	Limits           Limits         `envPrefix:"LIMIT_"`
	TrustedOrigins   []string       `env:"TRUSTED_ORIGINS"`
	TrustedProxies   []netip.Prefix `env:"TRUSTED_PROXIES"`
	StripeKey        string         `env:"STRIPE_API_KEY"`
	StripeBase       string         `env:"STRIPE_API_BASE"`
	StripeReturnURL  string         `env:"STRIPE_RETURN_URL"`
	WebhookSecrets   []string       `env:"STRIPE_WEBHOOK_SECRET"`
	AbandonAfter     time.Duration  `env:"ABANDON_AFTER" envDefault:"15m"`
	Traces           tracing.Config
}

// ReadConfig reads the environment given; the error is one line and names the variable.
func ReadConfig(environment map[string]string) (Config, error) {
	config, err := env.ParseAsWithOptions[Config](env.Options{Environment: environment})
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", named(err))
	}
	config.DatabaseMaxConns = cmp.Or(config.DatabaseMaxConns, postgres.ConnsFor(runtime.GOMAXPROCS(0)))
	switch {
	case config.AbandonAfter <= 0:
		return Config{}, errors.New("configuration: ABANDON_AFTER is a duration above zero, e.g. 15m")
	case slices.ContainsFunc(config.WebhookSecrets, func(s string) bool { return strings.TrimSpace(s) != s || s == "" }):
		return Config{}, errors.New("configuration: STRIPE_WEBHOOK_SECRET are signing secrets, separated by commas alone, e.g. whsec_abc")
	case config.DatabaseMaxConns < 4:
		return Config{}, errors.New("configuration: DATABASE_MAX_CONNS is at least 4")
	}
	return config, config.addresses()
}

// named tells the first variable that is wrong. The parser only tells the field, whose name is the variable's without
// the underscores and the prefix.
func named(err error) error {
	var wrong env.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	variables, _ := env.GetFieldParams(&Config{}) // it fails for what is no struct
	for _, v := range variables {
		if strings.EqualFold(strings.ReplaceAll(strings.TrimPrefix(v.Key, "LIMIT_"), "_", ""), wrong.Name) {
			return fmt.Errorf("%s: %w", v.Key, wrong.Err)
		}
	}
	return err
}

// addresses checks what names other places, so that a slip is told before anything is started.
func (c Config) addresses() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return errors.New("configuration: ADDR is host:port, e.g. 127.0.0.1:8080")
	}
	if _, _, err := net.SplitHostPort(c.AdminAddr); err != nil {
		return errors.New("configuration: ADMIN_ADDR is host:port, e.g. 127.0.0.1:8081")
	}
	if c.DatabaseURL != "" {
		if err := postgres.CheckURL(c.DatabaseURL); err != nil {
			return fmt.Errorf("configuration: DATABASE_URL: %w", err)
		}
	}
	if c.StripeBase != "" && !isURL(c.StripeBase) {
		return errors.New("configuration: STRIPE_API_BASE is a URL, e.g. http://127.0.0.1:12111")
	}
	if c.StripeReturnURL != "" && !isURL(c.StripeReturnURL) {
		return errors.New("configuration: STRIPE_RETURN_URL is a URL, e.g. https://shop.example/orders/{orderId}")
	}
	for _, origin := range c.TrustedOrigins {
		if !isOrigin(origin) {
			return errors.New("configuration: TRUSTED_ORIGINS are origins, separated by commas, e.g. https://shop.example")
		}
	}
	if err := c.Traces.Check(); err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	return nil
}

func isURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// isOrigin: as browsers send it, a scheme and a host and nothing else; no patterns.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && isURL(text) && u.Scheme+"://"+u.Host == text && !strings.Contains(text, "*")
}
