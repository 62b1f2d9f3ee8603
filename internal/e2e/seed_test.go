package e2e_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5"

	"pizzeria/internal/demo"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/server"
)

// seeded is the shop that tests begin with. To fill one for each would take most of their time.
var seeded = pgtest.Prepare(seed)

// seed fills a database with the demo data, without its deals, and lets one customer have many orders open there.
func seed(ctx context.Context, dsn string) error {
	var faults bytes.Buffer
	log := slog.New(slog.NewTextHandler(&faults, &slog.HandlerOptions{Level: slog.LevelError}))
	if err := server.Seed(ctx, dsn, 1, log); err != nil {
		return err
	}
	if faults.Len() > 0 {
		return fmt.Errorf("seeding logged: %s", &faults)
	}
	if err := prepare(ctx, dsn); err != nil {
		return err
	}
	return pgtest.PrepareWithoutOrderLimits(ctx, dsn)
}

// prepare takes the deals away, so that prices are those of the menu and of what a story makes, and has people of the demo sign in
// fast. How hard a password is to try out is said in its hash. Under the race detector, a real one takes 0.3 s of a processor, and
// tests sign several people in. Who signs up in a test has a real one.
func prepare(ctx context.Context, dsn string) error {
	hash, err := argon2id.CreateHash(demo.Password, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `UPDATE public.accounts SET password_hash = $1`, hash)
	_, failed := conn.Exec(ctx, `DELETE FROM public.promotions`)
	return errors.Join(err, failed, conn.Close(ctx))
}
