// Package check tells what isn't ready for customers: in the settings, in the database, on the way through the proxy, and
// among the backups.
package check

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/server"
)

// Result is what was looked at, and what isn't ready there, in words for an operator; nothing if all is.
type Result struct {
	Name     string
	Problems []string
}

// shop is what is looked at.
type shop struct {
	config server.Config
	dsn    string
	pool   *pgxpool.Pool // nil if the database doesn't answer
	now    func() time.Time
	log    *slog.Logger
}

// Shop looks at everything, and changes nothing. What can't be looked at isn't ready. Without a database, dsn is "".
func Shop(ctx context.Context, config server.Config, dsn string, now func() time.Time, log *slog.Logger) []Result {
	s := shop{config: config, dsn: dsn, now: now, log: log}
	if dsn != "" {
		pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 1, WaitFor: -1, Log: log})
		if err == nil {
			s.pool = pool
			defer pool.Close()
		}
	}
	var all []Result
	for _, look := range []struct {
		name string
		at   func(ctx context.Context) []string
	}{
		{"payments", s.payments},
		{"webhook", s.webhook},
		{"secrets", s.secrets},
		{"limits", s.limits},
		{"playground", s.playground},
		{"tls", s.tls},
		{"proxy", s.proxy},
		{"database", s.database},
		{"schema", s.schema},
		{"accounts", s.accounts},
		{"manager", s.manager},
		{"location", s.location},
		{"clock", s.clock},
		{"backups", s.backups},
	} {
		all = append(all, Result{look.name, look.at(ctx)})
	}
	return all
}

// Ready tells whether nothing is left to be done.
func Ready(results []Result) bool {
	for _, r := range results {
		if len(r.Problems) > 0 {
			return false
		}
	}
	return true
}

// problems collects what is true of some conditions.
type problems []string

func (p *problems) when(holds bool, text string) {
	if holds {
		*p = append(*p, text)
	}
}

// failed is a problem with an error's text.
func failed(what string, err error) []string { return []string{what + ": " + err.Error()} }
