package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/server"
)

// seeded is the shop that tests begin with. To fill one for each would take most of their time.
var seeded = pgtest.Prepare(seed)

// seed fills a database with the demo data, and lets one customer have many orders open there.
func seed(ctx context.Context, dsn string) error {
	var faults bytes.Buffer
	log := slog.New(slog.NewTextHandler(&faults, &slog.HandlerOptions{Level: slog.LevelError}))
	if err := server.Seed(ctx, dsn, 1, log); err != nil {
		return err
	}
	if faults.Len() > 0 {
		return fmt.Errorf("seeding logged: %s", &faults)
	}
	return pgtest.PrepareWithoutOrderLimits(ctx, dsn)
}
