package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pizzeria/internal/server"
	"pizzeria/internal/server/check"
)

const checkManual = `Tells what isn't ready for customers, a line each: who takes payments, the gateway's webhook, secrets, limits, the playground,
HTTPS and the proxy (tried at PIZZERIA_PUBLIC_URL, where the server must be open), the database's settings and schema,
accounts, a manager, a location, clocks, and the age of the newest backup. It changes nothing; a private Postgres that doesn't run is
started meanwhile. Exit status 1 if anything isn't ready.`

func checkShop(ctx context.Context, p program) error {
	dsn := p.config.DatabaseURL
	db, err := server.JoinDatabase(ctx, p.config, p.log)
	if err != nil {
		p.log.WarnContext(ctx, "what is in the database can't be looked at", "error", err)
	} else {
		defer db.Close(p.log)
		dsn = db.DSN
	}
	results := check.Shop(ctx, p.config, dsn, time.Now, p.log)
	for _, r := range results {
		line := "ok"
		if len(r.Problems) > 0 {
			line = "not ready: " + strings.Join(r.Problems, fmt.Sprintf("\n%-11s not ready: ", r.Name))
		}
		_, _ = fmt.Fprintf(p.out, "%-11s %s\n", r.Name, line)
	}
	if !check.Ready(results) {
		return errors.New("the shop isn't ready for customers")
	}
	return nil
}
