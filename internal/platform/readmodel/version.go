package readmodel

import "fmt"

// VersionSQL is an expression that tells what a row model's view shows: as long as its value is the same, so is the view.
// It names the generation in use, its snapshot and the transactions whose rows are in front of it. A change brings in a row of
// its own transaction, which only a later refresh takes away, and that gives the snapshot another name. The start of the
// database server stands for what a failover or a restored backup may have undone: the numbers of transactions then come again.
// A crash undoes nothing that was seen as long as synchronous_commit is on, and it has to be: Postgres recovers from a killed
// backend without a new start. The expression costs what the fresh level is long, so it is for models that change seldom.
func VersionSQL(model string) string {
	return fmt.Sprintf(`pg_catalog.format('%%s %%s %%s',
		pg_catalog.pg_postmaster_start_time(),
		(SELECT m.generation || ' ' || m.snapshot FROM readmodel.models AS m WHERE m.name = '%[1]s'),
		(SELECT pg_catalog.array_agg(f.xid) FROM public.%[1]s_fresh AS f))`, model)
}
