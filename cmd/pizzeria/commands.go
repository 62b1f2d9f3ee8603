package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/server"
)

const (
	migrateManual = `Applies the migrations that the database lacks, and builds the read models whose definitions are new, while the shop may
go on. Any number of servers may do so at once. Serving does it too; done beforehand, while a server of the version before
still serves, the new one is ready at once.`
	seedManual = `Adds the demo to a database for trying things out: a menu with its stock, and an account for each role,
customer@example.com, cook@example.com, driver@example.com and manager@example.com, all with the password pizzeria-demo.
What is there already stays as it is. Brings the schema up to date first. A database that has accounts of its own is a shop's,
and is refused. The demo itself, pizzeria demo, needs no seeding.`
	verifyManual = `Compares every read model with its definition, row by row, in one snapshot, while the shop may go on.
Exit status 1 if any differs.`
	refreshManual = `Folds the rows that changed into the read models' snapshots. The server does so by itself.`
	upgradeManual = `Brings the data of the private Postgres (PIZZERIA_DATA_DIR) to the newest major version of Postgres at hand, or to
that of PIZZERIA_PG_BIN. If the version that the data are of isn't at hand, it is fetched by npm. Stop the server first.
It takes room on the disk for a second copy. The data from before stay in a folder beside it, postgres-NN.before-upgrade;
remove that once you are content. Killed at any time, the data stay as they were: run it again.`
	gatewayManual = `Runs the simulated payment gateway alone, with its ledger in memory, until it is told to stop. Point
servers to it with PIZZERIA_STRIPE_API_BASE. Its ledger is at /_ledger. With PIZZERIA_STRIPE_API_KEY it takes that key, and no other.

With -webhook it sends events there, signed with PIZZERIA_STRIPE_WEBHOOK_SECRET, of several with the first; without that variable
it makes a secret and prints it, for the servers to be started with.`
)

// inDatabase runs do on the configured database, or on the private one, which it starts unless a server has.
func inDatabase(ctx context.Context, p program, do func(db *server.Database) error) error {
	db, err := server.JoinDatabase(ctx, p.config, p.log)
	if err != nil {
		return err
	}
	defer db.Close(p.log)
	return do(db)
}

func migrate(ctx context.Context, p program) error {
	return inDatabase(ctx, p, func(db *server.Database) error { return db.Migrate(ctx, server.ThisRelease(), p.log) })
}

func seed(ctx context.Context, p program) error {
	return inDatabase(ctx, p, func(db *server.Database) error {
		if err := db.Migrate(ctx, server.ThisRelease(), p.log); err != nil {
			return err
		}
		return seedDemo(ctx, p, db, 1)
	})
}

// seedDemo fills a database that is a demo's, or empty; not a shop's. The shop has one location or two.
func seedDemo(ctx context.Context, p program, db *server.Database, locations int) error {
	own, err := server.HasOwnAccounts(ctx, db.DSN, p.log)
	if err != nil {
		return err
	}
	if own {
		demos, err := server.OpenDemoAccounts(ctx, db.DSN, p.log)
		if err != nil {
			return err
		}
		if len(demos) == 0 {
			return errors.New("this database has accounts of its own: it is a shop's, and the demo's passwords are public")
		}
	}
	return server.Seed(ctx, db.DSN, locations, p.log)
}

func verify(ctx context.Context, p program) error {
	differ := false
	err := inDatabase(ctx, p, func(db *server.Database) error {
		return server.EachModel(ctx, db.DSN, p.flags.model, p.log, func(pool *pgxpool.Pool, g readmodel.Generation) error {
			d, err := readmodel.Verify(ctx, pool, g)
			if err != nil {
				return err
			}
			differ = differ || !d.None()
			_, _ = fmt.Fprintf(p.out, "%-18s %d rows only in the view, %d only in its definition\n", g.Model, d.OnlyInView, d.OnlyInSource)
			for _, row := range d.Examples {
				_, _ = fmt.Fprintf(p.out, "  %s\n", row)
			}
			return nil
		})
	})
	if err == nil && differ {
		err = errors.New("a read model differs from its definition")
	}
	return err
}

func refresh(ctx context.Context, p program) error {
	return inDatabase(ctx, p, func(db *server.Database) error {
		return server.EachModel(ctx, db.DSN, p.flags.model, p.log, func(pool *pgxpool.Pool, g readmodel.Generation) error {
			began := time.Now()
			swept, err := readmodel.Refresh(ctx, pool, g)
			if err != nil {
				return err
			}
			_, _ = fmt.Fprintf(p.out, "%-18s refreshed in %s, %d fresh rows swept\n", g.Model, time.Since(began).Round(time.Millisecond), swept)
			return nil
		})
	})
}

func upgrade(ctx context.Context, p program) error {
	from, to, err := server.UpgradeData(ctx, p.config, p.log)
	if err != nil {
		return err
	}
	if from == to {
		_, _ = fmt.Fprintf(p.out, "The data are of Postgres %d, and no newer one is at hand.\n", from)
		return nil
	}
	_, _ = fmt.Fprintf(p.out, "The data of Postgres %d are data of Postgres %d now. Those from before are beside them.\n", from, to)
	return nil
}

func gateway(ctx context.Context, p program) error {
	g, err := simulator.Listen(ctx, p.flags.addr, simulator.NewMemory(), server.SimulatorOptions(p.config.StripeKey, p.log))
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(p.out, "Simulated payment gateway: PIZZERIA_STRIPE_API_BASE=%s (ledger: %s/_ledger)\n", g.URL(), g.URL())
	if p.flags.webhook != "" {
		to := simulator.Webhook{URL: p.flags.webhook}
		if len(p.config.WebhookSecrets) > 0 {
			to.Secret = p.config.WebhookSecrets[0]
		} else {
			to.Secret = server.NewWebhookSecret()
			_, _ = fmt.Fprintf(p.out, "Events go to %s: PIZZERIA_STRIPE_WEBHOOK_SECRET=%s\n", to.URL, to.Secret)
		}
		g.SendEvents(to)
	}
	<-ctx.Done()
	return g.Close()
}
