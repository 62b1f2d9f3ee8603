package main

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"pizzeria/internal/server"
)

const serveManual = `Serves the GraphQL API of a shop until it is told to stop (Ctrl-C). Without PIZZERIA_DATABASE_URL it starts a private
Postgres in the data folder (PIZZERIA_DATA_DIR); with it, no other database is ever started. The schema is brought up to
date either way; while read models are built, the admin address tells how far they are, and clients are asked to try
again. A database that is down is waited for, half a minute.

Where customers may come, because others reach its address, a proxy is named or money moves, it doesn't open with the
demo's accounts or without a gateway that takes payments, and has no playground. Where money moves, it doesn't open on a
database that may lose what was acknowledged (fsync, full_page_writes, synchronous_commit). pizzeria check tells what else is to be done.`

// heapFloor is memory that is never touched, and so costs none. The garbage collector counts it: it runs when the heap has
// doubled, and the little that this server keeps would double some twenty times a second.
const heapFloor = 16 << 20

func serve(ctx context.Context, p program) error {
	if err := p.config.ForShop(); err != nil {
		return &misuse{err}
	}
	return p.open(ctx, func(db *server.Database) error {
		if p.config.RealKey() {
			losing, err := p.config.Losing(ctx, db.DSN, p.log)
			if err == nil && losing != "" {
				err = fmt.Errorf("money moves, and the database may lose what was paid: %s", losing)
			}
			if err != nil {
				return err
			}
		}
		if !p.config.Public() {
			return nil
		}
		emails, err := server.OpenDemoAccounts(ctx, db.DSN, p.log)
		if err == nil && len(emails) > 0 {
			err = fmt.Errorf("customers may come, and these accounts have the demo's password, which is public: %s; give them other passwords, or use another database",
				strings.Join(emails, ", "))
		}
		return err
	})
}

// open starts the server on its database, once that is prepared, and serves until ctx ends.
func (p program) open(ctx context.Context, prepare func(db *server.Database) error) error {
	signal.Ignore(syscall.SIGPIPE) // the reader of the log may end before the server
	floor := make([]byte, heapFloor)
	defer runtime.KeepAlive(floor)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	db, err := server.OpenDatabase(ctx, p.config, server.ThisRelease(), p.log)
	if err != nil {
		return err
	}
	defer db.Close(p.log)
	if err := prepare(db); err != nil {
		return err
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
	_, _ = fmt.Fprintln(p.out, "\n"+p.banner())
	line := func(name, value string) { _, _ = fmt.Fprintf(p.out, "  %-11s %s\n", name, value) }
	line("shop", s.URL())
	line("kitchen", s.URL()+"/kitchen")
	if p.config.Playground {
		line("playground", s.URL()+"/playground")
	}
	line("GraphQL", s.URL()+"/graphql")
	line("admin", s.AdminURL()+"/readyz")
	if url := s.GatewayURL(); url != "" {
		line("payments", url+"/_ledger (simulated)")
	}
	if p.config.Demo {
		line("accounts", demoAccounts)
	}
	if db.Private != nil {
		line("database", db.Private.PsqlCommand())
	}
	_, _ = fmt.Fprintln(p.out)
}

func (p program) banner() string {
	switch {
	case !p.config.Demo:
		return "Mario's Pizzeria is open. Ctrl-C closes it."
	case p.config.Local:
		return "Mario's Pizzeria is open: a demo, for this machine alone. Ctrl-C closes it."
	}
	return "Mario's Pizzeria is open: a demo, for all who reach this machine. Ctrl-C closes it."
}
