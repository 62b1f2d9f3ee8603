package readmodel

import (
	"context"
)

// tellSize says beforehand how much disk the generation takes beside the one in use, as that does now.
func (b *Builder) tellSize(ctx context.Context, d Definition, g Generation) {
	var used, follows int64
	err := b.Pool.QueryRow(ctx, `
		SELECT
			coalesce(sum(pg_catalog.pg_total_relation_size(to_regclass('readmodel.' || g.model || '_' || g.number || '_snapshot'))), 0)::bigint,
			(SELECT coalesce(sum(pg_catalog.pg_total_relation_size(t::regclass)), 0)::bigint FROM pg_catalog.unnest($2::text[]) AS t)
		FROM readmodel.generations AS g
		WHERE g.model = $1 AND g.state = 'in_use'`, d.Name, d.tables()).Scan(&used, &follows)
	if err != nil {
		b.Log.WarnContext(ctx, "the size of a read model is not known", "generation", g.Name(), "error", err)
		return
	}
	const megabyte = 1 << 20
	if follows < megabyte {
		return
	}
	b.Log.InfoContext(ctx, "a read model will take disk beside the one in use", "generation", g.Name(),
		"megabytes", used/megabyte, "tables_megabytes", follows/megabyte)
}
