package server

import (
	"context"
	"log/slog"

	"pizzeria/internal/app"
	"pizzeria/internal/platform/postgres"
)

// WithAccounts has work done on the accounts of a database whose schema is up to date. Servers at work notice: within a second
// for requests, within five for streams.
func WithAccounts(ctx context.Context, dsn string, log *slog.Logger, work func(a *app.Accounts) error) error {
	s := &Server{log: log}
	defer s.close()
	pool, db, err := s.connect(ctx, dsn, postgres.Options{MaxConns: 2, Log: log})
	if err != nil {
		return err
	}
	return work(app.NewAccounts(pool, db, now, log))
}
