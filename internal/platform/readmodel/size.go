package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Disk is about how much a generation takes while it is built, in bytes, beside what is there and what commands add meanwhile. It is
// told by the generation in use: for a model's first one all is 0.
type Disk struct {
	// Generation is its snapshot with the indexes.
	Generation int64
	// Temporary is the copy that a refresh compares a snapshot with: one falls due meanwhile, of the generation in use or, right after
	// it was filled, of the new one.
	Temporary int64
	// Log is what Postgres's log keeps of all that until its next checkpoints: as much as is written, and as commands write in that time,
	// but no more than max_wal_size.
	Log int64
}

// Total is all of it.
func (d Disk) Total() int64 { return d.Generation + d.Temporary + d.Log }

// DiskFor estimates what the next generation of a model takes.
func DiskFor(ctx context.Context, db Querier, model string) (d Disk, err error) {
	rows, err := db.Query(ctx, `
		SELECT
			coalesce(sum(pg_catalog.pg_total_relation_size(s.snapshot)), 0)::bigint,
			coalesce(sum(pg_catalog.pg_table_size(s.snapshot)), 0)::bigint,
			pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_wal_size'))
		FROM (
			SELECT to_regclass('readmodel.' || g.model || '_' || g.number || '_snapshot') AS snapshot
			FROM readmodel.generations AS g
			WHERE g.model = $1 AND g.state = 'in_use'
		) AS s`, model)
	if err == nil {
		d, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Disk])
	}
	if err != nil {
		return Disk{}, fmt.Errorf("estimate the size of a generation: %w", err)
	}
	d.Log = min(d.Log, 2*(d.Generation+d.Temporary))
	return d, nil
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
		"megabytes", disk.Total()/megabyte, "generation_megabytes", disk.Generation/megabyte, "temporary_megabytes", disk.Temporary/megabyte,
		"log_megabytes", disk.Log/megabyte)
}
