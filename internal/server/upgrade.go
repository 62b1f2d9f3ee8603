package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/privatepg"
	"pizzeria/internal/platform/restore"
	"pizzeria/migrations"
)

// UpgradeData brings the data of the private Postgres to the newest major version of Postgres at hand; see
// privatepg.Upgrade. It returns both versions.
func UpgradeData(ctx context.Context, config Config, log *slog.Logger) (from, to int, err error) {
	if config.DatabaseURL != "" {
		return 0, 0, errors.New("PIZZERIA_DATABASE_URL is set, and whoever runs that server upgrades it: this is for the private one")
	}
	private, err := config.privatePostgres(privatepg.Options{Log: log})
	if err != nil {
		return 0, 0, err
	}
	return privatepg.Upgrade(ctx, private, func(ctx context.Context, from, to string) error {
		return copyShop(ctx, from, to, migrations.FS, log)
	})
}

// copyShop makes an empty database a copy of another one, with the same version of the schema. Only what the shop's tables
// hold is copied: the next start builds the read models from it.
func copyShop(ctx context.Context, from, to string, files fs.FS, log *slog.Logger) error {
	old, err := pgx.Connect(ctx, from)
	if err != nil {
		return fmt.Errorf("connect to the old data: %w", err)
	}
	defer func() { _ = old.Close(context.WithoutCancel(ctx)) }()
	version, err := postgres.Version(ctx, old)
	if err != nil || version == 0 {
		return err
	}
	if err := postgres.MigrateTo(ctx, to, files, version, log); err != nil {
		return err
	}
	made, err := pgx.Connect(ctx, to)
	if err != nil {
		return fmt.Errorf("connect to the new data: %w", err)
	}
	defer func() { _ = made.Close(context.WithoutCancel(ctx)) }()
	left, err := postgres.CopyRows(ctx, old, made, []string{"readmodel.%", "public.goose_db_version", "public.migrations", "public.servers", "public.identities"})
	if err != nil {
		return fmt.Errorf("copy the data: %w", err)
	}
	if len(left) > 0 {
		slices.Sort(left)
		log.WarnContext(ctx, "these tables are none of the shop's, and stay with the old data", "tables", left)
	}
	return sameShop(ctx, to, log)
}

// sameShop makes a copy the shop, in the place of the original.
func sameShop(ctx context.Context, dsn string, log *slog.Logger) error {
	pool, err := postgres.Connect(ctx, dsn, postgres.Options{MaxConns: 1, NoTimeouts: true, Log: log})
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := events.Renumber(ctx, pool, log); err != nil {
		return err
	}
	return restore.Adopt(ctx, pool)
}
