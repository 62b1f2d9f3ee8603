package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"pizzeria/internal/server"
)

const serveManual = `Serves the GraphQL API until it is told to stop (Ctrl-C). Without DATABASE_URL it starts a private Postgres in the
data folder (PIZZERIA_DATA_DIR) and seeds the demo shop; with it, no other database is ever started. The schema is
brought up to date either way; while read models are built, the admin address tells how far they are, and clients are
asked to try again. A database that is down is waited for, half a minute.`

// heapFloor is memory that is never touched, and so costs none. The garbage collector counts it: it runs when the heap has
// doubled, and the little that this server keeps would double some twenty times a second.
const heapFloor = 16 << 20

func serve(ctx context.Context, p program) error {
	floor := make([]byte, heapFloor)
	defer runtime.KeepAlive(floor)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	db, err := server.OpenDatabase(ctx, p.config, server.ThisRelease(), p.log)
	if err != nil {
		return err
	}
	defer db.Close(p.log)
	if db.Private != nil {
		if err := server.Seed(ctx, db.DSN, p.log); err != nil {
			return err
		}
	}
	s, err := server.Start(ctx, p.config, server.ThisRelease(), db.DSN, p.log)
	if err != nil {
		return err
	}
	go func() {
		select {
		case <-s.Opened():
			p.announce(s, db)
		case <-ctx.Done():
		}
	}()
	died := errors.New("the private database has stopped by itself")
	go func() {
		select {
		case <-db.Stopped():
			stop(died)
		case <-ctx.Done():
		}
	}()
	err = s.Serve(ctx)
	if errors.Is(context.Cause(ctx), died) {
		return died
	}
	return err
}

// announce prints what a person needs to begin.
func (p program) announce(s *server.Server, db *server.Database) {
	_, _ = fmt.Fprintln(p.out, "\nMario's Pizzeria is open. Ctrl-C closes it.")
	line := func(name, value string) { _, _ = fmt.Fprintf(p.out, "  %-11s %s\n", name, value) }
	if p.config.Playground {
		line("playground", s.URL()+"/playground")
	}
	line("GraphQL", s.URL()+"/graphql")
	line("admin", s.AdminURL()+"/readyz")
	if url := s.GatewayURL(); url != "" {
		line("payments", url+"/_ledger (simulated)")
	}
	if db.Private != nil {
		line("accounts", "customer@ cook@ driver@ manager@example.com, password pizzeria-demo")
		line("database", db.Private.PsqlCommand())
	}
	_, _ = fmt.Fprintln(p.out)
}
