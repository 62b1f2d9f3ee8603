package readmodel

import (
	"context"
	"fmt"
	"time"
)

// Thresholds say when a refresh pays. Its cost follows the size of the snapshot, so the size of the fresh level that
// calls for one does too: each change then bears the same share, however long the history.
type Thresholds struct {
	Share   float64       // of the snapshot's rows
	MinRows int           // fresh rows below which a share, however large, can wait
	MaxWait time.Duration // since the last refresh, after which it doesn't
	MaxAge  time.Duration // since the last refresh, after which a single row is enough: so what was erased doesn't stay behind it for long; 0: never
}

// DefaultThresholds suit a shop from its first order to its ten millionth.
var DefaultThresholds = Thresholds{Share: 0.1, MinRows: 10_000, MaxWait: 10 * time.Minute, MaxAge: 24 * time.Hour}

// rows returns how many fresh rows make a refresh due, given the snapshot's rows and the time since the last refresh.
func (t Thresholds) rows(snapshot float64, since time.Duration) int {
	if t.MaxAge > 0 && since > t.MaxAge {
		return 1
	}
	share := max(1, int(t.Share*snapshot))
	if since > t.MaxWait || since < 0 { // a clock was set back since
		return share
	}
	return max(t.MinRows, share)
}

// threshold returns how many fresh rows call for a refresh of the model now.
func (r *Refresher) threshold(ctx context.Context, g Generation) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	var rows float64
	var refreshed time.Time
	err := r.Pool.QueryRow(ctx, `
		SELECT c.reltuples, s.refreshed_at
		FROM readmodel.snapshots AS s, pg_catalog.pg_class AS c
		WHERE s.model = $1 AND s.generation = $2 AND c.oid = $3::text::regclass`, g.Model, g.Number, g.relation("snapshot")).Scan(&rows, &refreshed)
	if err != nil {
		return 0, fmt.Errorf("ask the size of %s: %w", g.Name(), err)
	}
	return r.Limits.rows(rows, r.Now().Sub(refreshed)), nil
}

// counted is how much of a fresh level is read to find out how many rows it has, in blocks of 8 kB: looks are frequent, a
// long history has a large one, and where the disk is slow and little of it is in memory, commits wait behind these reads.
// So many blocks tell the number to some 10 %.
const counted = 200

// reached tells whether the model has about the given number of fresh rows: beyond counted blocks it estimates by a sample.
func (r *Refresher) reached(ctx context.Context, g Generation, rows int) (yes bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	blocks, err := freshBlocks(ctx, r.Pool, g)
	if err != nil {
		return false, err
	}
	parts := max(1, float64(blocks)/counted)
	err = r.Pool.QueryRow(ctx, fmt.Sprintf(`
		SELECT pg_catalog.count(*) * $1::double precision >= $2
		FROM %s AS f TABLESAMPLE SYSTEM ($3::real)`, g.relation("fresh")), parts, rows, 100/parts).Scan(&yes)
	if err != nil {
		return false, fmt.Errorf("count what is fresh in %s: %w", g.Name(), err)
	}
	return yes, nil
}
