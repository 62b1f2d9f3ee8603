package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Disk is about how much a generation takes while it is built, in bytes, beside what is there and what commands add meanwhile.
// It is told by the generation in use: for a model's first one all is 0.
type Disk struct {
	// Generation is its snapshot with the indexes: as much as that of the one in use, and a tenth for what has changed since. What is
	// sorted for them, a part of that, is gone before it is used.
	Generation int64
	// Log is by how much Postgres's log grows: what is written stands in it until the next checkpoints, and so does what commands
	// write in that time. It doesn't grow beyond max_wal_size, which it has where much has been written before; how large it is,
	// only some roles see (pg_monitor).
	Log int64
}

// Total is all of it.
func (d Disk) Total() int64 { return d.Generation + d.Log }

// DiskFor estimates what the next generation of a model takes.
func DiskFor(ctx context.Context, pool *pgxpool.Pool, model string) (d Disk, err error) {
	var used, log, there int64
	var sees bool
	err = pool.QueryRow(ctx, `
		SELECT
			coalesce(sum(pg_catalog.pg_total_relation_size(to_regclass('readmodel.' || g.model || '_' || g.number || '_snapshot'))), 0)::bigint,
			pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_wal_size')),
			pg_catalog.has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE')
		FROM readmodel.generations AS g
		WHERE g.model = $1 AND g.state = 'in_use'`, model).Scan(&used, &log, &sees)
	if err == nil && sees {
		err = pool.QueryRow(ctx, `SELECT coalesce(sum(w.size), 0)::bigint FROM pg_catalog.pg_ls_waldir() AS w`).Scan(&there)
	}
	if err != nil {
		return Disk{}, fmt.Errorf("estimate the size of a generation: %w", err)
	}
	return Disk{Generation: used + used/10, Log: min(max(log-there, 0), 2*used)}, nil
}

// tellSize says beforehand how much disk the generation takes beside the one in use.
func (b *Builder) tellSize(ctx context.Context, d Definition, g Generation) {
	disk, err := DiskFor(ctx, b.Pool, d.Name)
	if err != nil {
		b.Log.WarnContext(ctx, "the size of a read model is not known", "generation", g.Name(), "error", err)
		return
	}
	const megabyte = 1 << 20
	if disk.Generation < megabyte {
		return
	}
	b.Log.InfoContext(ctx, "a read model will take disk while it is built, beside the one in use and what commands add", "generation", g.Name(),
		"megabytes", disk.Total()/megabyte, "of_the_log_megabytes", disk.Log/megabyte)
}
