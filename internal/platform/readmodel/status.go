package readmodel

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Status is how a generation is. Numbers of rows are estimates, those that Postgres keeps itself.
type Status struct {
	Generation
	Rows, Fresh int64
	Bytes       int64          // on disk, all together
	Age         *time.Duration // of the snapshot; nil if there is none
	Progress    Progress       // of the step that is being built
}

// Statuses tells of every generation that is kept, or is being built, by model and number.
func Statuses(ctx context.Context, db Querier) ([]Status, error) {
	rows, err := db.Query(ctx, `
		SELECT
			g.model, g.number, g.kind, g.hash, g.state,
			greatest(coalesce(snapshot.reltuples, 0), 0)::bigint,
			coalesce(pg_catalog.pg_stat_get_live_tuples(fresh.oid), 0),
			coalesce(pg_catalog.pg_total_relation_size(snapshot.oid), 0) + coalesce(pg_catalog.pg_total_relation_size(fresh.oid), 0),
			pg_catalog.clock_timestamp() - s.refreshed_at
		FROM readmodel.generations AS g
		LEFT JOIN readmodel.snapshots AS s ON s.model = g.model AND s.generation = g.number
		LEFT JOIN pg_catalog.pg_class AS snapshot ON snapshot.oid = to_regclass(format('readmodel.%I', g.model || '_' || g.number || '_snapshot'))
		LEFT JOIN pg_catalog.pg_class AS fresh ON fresh.oid = to_regclass(format('readmodel.%I', g.model || '_' || g.number || '_fresh'))
		WHERE g.state <> 'dropped'
		ORDER BY g.model COLLATE "C", g.number`)
	if err != nil {
		return nil, fmt.Errorf("look how the read models are: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s Status, err error) {
		err = row.Scan(&s.Model, &s.Number, &s.Kind, &s.Hash, &s.State, &s.Rows, &s.Fresh, &s.Bytes, &s.Age)
		return s, err
	})
	if err != nil {
		return nil, fmt.Errorf("look how the read models are: %w", err)
	}
	for i, s := range all {
		if s.State != Followed && s.State != Filled || s.Kind == Plain {
			continue
		}
		if all[i].Progress, err = progressOf(ctx, db, s.Generation); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Building tells what is done to a generation in this state, and how far it is; "" if nothing is.
func (s Status) Building() string {
	doing, ok := map[State]string{Prepared: "to be followed", Followed: "filling", Filled: "verifying", Verified: "to be used", Dropping: "dropping"}[s.State]
	if share := s.Progress.share(); ok && share > 0 {
		return fmt.Sprintf("%s, %.0f %%", doing, 100*share)
	}
	return doing
}
