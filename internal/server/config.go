// Package server puts the program together: configuration, database, gateway, app and HTTP, and takes it apart again in
// order. The command line and the end-to-end tests start the same server.
package server

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"runtime"
	"time"

	"github.com/caarlos0/env/v11"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/tracing"
)

// Config comes from the environment, by variables of these names, with PIZZERIA_ before them or without; docs/settings.md
// explains each.
type Config struct {
	Addr             string        `env:"ADDR" envDefault:"127.0.0.1:8080"`
	AdminAddr        string        `env:"ADMIN_ADDR" envDefault:"127.0.0.1:8081"`
	AdminHosts       Hosts         `env:"ADMIN_HOSTS"`
	PublicURL        string        `env:"PUBLIC_URL"`
	DatabaseURL      string        `env:"DATABASE_URL"`
	DatabasePassword string        `env:"DATABASE_PASSWORD"` // it is in DatabaseURL
	DatabaseMaxConns int32         `env:"DATABASE_MAX_CONNS"`
	WholePages       Switch        `env:"WHOLE_PAGES"` // the database's storage writes a page whole or not at all
	DataDir          string        `env:"DATA_DIR"`
	CacheDir         string        `env:"CACHE_DIR"`
	PGBin            string        `env:"PG_BIN"`
	Backups          string        `env:"BACKUPS"`
	LogLevel         slog.Level    `env:"LOG_LEVEL" envDefault:"info"`
	AccessLog        Switch        `env:"ACCESS_LOG" envDefault:"on"`
	Playground       Switch        `env:"PLAYGROUND"` // if it isn't given, on unless customers come
	RateLimit        RateLimit     `env:"RATE_LIMIT" envDefault:"100"`
	Limits           Limits        `envPrefix:"LIMIT_"`
	TrustedOrigins   Origins       `env:"TRUSTED_ORIGINS"`
	TrustedProxies   Networks      `env:"TRUSTED_PROXIES"`
	Payments         Payments      `env:"PAYMENTS"`
	StripeKey        string        `env:"STRIPE_API_KEY"`
	StripeCardKey    string        `env:"STRIPE_PUBLISHABLE_KEY"` // by which the shop's page makes tokens of cards
	StripeBase       string        `env:"STRIPE_API_BASE"`
	StripeReturnURL  string        `env:"STRIPE_RETURN_URL"`
	WebhookSecrets   Entries       `env:"STRIPE_WEBHOOK_SECRET"`
	AbandonAfter     time.Duration `env:"ABANDON_AFTER" envDefault:"15m"`
	// Traces are configured by variables of OpenTelemetry, which all programs share.
	Traces tracing.Config `env:"-"`
	// Demo: the private Postgres is the demo's, not the shop's.
	Demo bool `env:"-"`
	// Local: the public address answers only to names of this machine.
	Local bool `env:"-"`

	playgroundGiven bool
}

// ReadConfig reads the environment given, and the files that it names; the error is one line and names the variable.
func ReadConfig(environment map[string]string) (Config, error) {
	return readConfig(environment, fromDisk)
}

func readConfig(environment map[string]string, read readFile) (Config, error) {
	values, err := settings(environment, read)
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", err)
	}
	config, err := env.ParseAsWithOptions[Config](env.Options{Environment: values, Prefix: prefix})
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", named(values, err))
	}
	config.Traces = tracing.ReadConfig(environment)
	config.DatabaseMaxConns = cmp.Or(config.DatabaseMaxConns, postgres.ConnsFor(runtime.GOMAXPROCS(0)))
	_, config.playgroundGiven = values[prefix+"PLAYGROUND"]
	if !config.playgroundGiven {
		config.Playground = Switch(!config.Public())
	}
	if err := config.check(); err != nil {
		return Config{}, fmt.Errorf("configuration: %s%w", prefix, err)
	}
	if config.DatabasePassword != "" {
		if config.DatabaseURL, err = postgres.WithPassword(config.DatabaseURL, config.DatabasePassword); err != nil {
			return Config{}, fmt.Errorf("configuration: %sDATABASE_URL: %w", prefix, err)
		}
	}
	return config, nil
}

// check refuses values that make no sense; the error begins with the rest of the variable's name.
func (c Config) check() error {
	switch {
	case c.AbandonAfter <= 0:
		return errors.New("ABANDON_AFTER is a duration above zero, e.g. 15m")
	case c.DatabaseMaxConns < 4:
		return errors.New("DATABASE_MAX_CONNS is at least 4")
	case c.DatabasePassword != "" && c.DatabaseURL == "":
		return fmt.Errorf("DATABASE_PASSWORD is of no use without %sDATABASE_URL", prefix)
	}
	return cmp.Or(c.checkAddresses(), c.checkPayments())
}

// named tells the first variable that is wrong. The parser only tells the field; so each variable is read alone.
func named(values map[string]string, err error) error {
	for _, name := range settingNames() {
		_, failed := env.ParseAsWithOptions[Config](env.Options{Environment: map[string]string{name: values[name]}, Prefix: prefix})
		var wrong env.ParseError
		if errors.As(failed, &wrong) {
			return fmt.Errorf("%s: %w", name, wrong.Err)
		}
	}
	return err
}

// checkAddresses checks what names other places, so that a slip is told before anything is started.
func (c Config) checkAddresses() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return errors.New("ADDR is host:port, e.g. 127.0.0.1:8080")
	}
	if _, _, err := net.SplitHostPort(c.AdminAddr); err != nil {
		return errors.New("ADMIN_ADDR is host:port, e.g. 127.0.0.1:8081")
	}
	if c.DatabaseURL != "" {
		if err := postgres.CheckURL(c.DatabaseURL); err != nil {
			return fmt.Errorf("DATABASE_URL: %w", err)
		}
	}
	if c.StripeBase != "" && !isURL(c.StripeBase) {
		return errors.New("STRIPE_API_BASE is a URL, e.g. http://127.0.0.1:12111")
	}
	if c.StripeReturnURL != "" && !isURL(c.StripeReturnURL) {
		return errors.New("STRIPE_RETURN_URL is a URL, e.g. https://shop.example/orders/{orderId}")
	}
	if c.PublicURL != "" && asSent(c.PublicURL) != c.PublicURL {
		return errors.New("PUBLIC_URL is scheme and host of the shop as customers reach it, e.g. https://shop.example")
	}
	return nil
}

// returnURL is where a customer's bank leads back to: where nothing else is told, the shop's own page of the order.
func (c Config) returnURL() string {
	const page = "/orders/{orderId}"
	switch _, port, _ := net.SplitHostPort(c.Addr); {
	case c.StripeReturnURL != "":
		return c.StripeReturnURL
	case c.PublicURL != "":
		return c.PublicURL + page
	case c.Local && port != "0":
		return "http://" + c.Addr + page
	}
	return ""
}

// adminHosts are names by which the admin address may be asked.
func (c Config) adminHosts() []string { return append([]string{hostOf(c.AdminAddr)}, c.AdminHosts...) }

// hostOf is the host of an address that was checked.
func hostOf(address string) string {
	host, _, _ := net.SplitHostPort(address)
	return host
}

func isURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
