package readmodel

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// fill computes the snapshot for the first time, while everybody works. Nobody else refreshes or compacts the generation
// meanwhile: what the snapshot contains already must not be mixed with what it lacks.
func (b *Builder) fill(ctx context.Context, d Definition, g Generation) (State, error) {
	l, err := awaitLock(ctx, b.Pool, g.Name())
	if err != nil {
		return "", err
	}
	defer l.release(ctx)
	// The snapshot is taken after those have ended who may have read, before the triggers, what they write after it: what is
	// computed from an old view of the database would stay in front.
	if err := b.awaitBarrier(ctx, g); err != nil {
		return "", err
	}
	b.tellSize(ctx, d, g)
	err = b.working(ctx, g, "filling", func(conn *pgx.Conn) error {
		return inOneView(ctx, conn, pgx.ReadWrite, func(tx pgx.Tx, taken string) error {
			if err := countProgress(ctx, tx, g.relation("progress")); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `REFRESH MATERIALIZED VIEW `+g.relation("snapshot")); err != nil {
				return fmt.Errorf("compute the snapshot: %w", err)
			}
			_, err := tx.Exec(ctx, `
				INSERT INTO readmodel.snapshots (model, generation, snapshot, refreshed_at)
				VALUES ($1, $2, $3::text::pg_catalog.pg_snapshot, pg_catalog.now())`, g.Model, g.Number, taken)
			if err != nil {
				return fmt.Errorf("record the snapshot: %w", err)
			}
			return reach(ctx, tx, g, Filled)
		})
	})
	return Filled, err
}

// verify sweeps what the first snapshot contains, to the end: a row that was computed from an older view of the database
// is stale, not equal. Then it compares the view with the definition.
func (b *Builder) verify(ctx context.Context, _ Definition, g Generation) (State, error) {
	var difference Difference
	err := b.working(ctx, g, "verifying", func(conn *pgx.Conn) (err error) {
		if err = sweepToTheEnd(ctx, conn, g); err != nil {
			return err
		}
		if err = analyze(ctx, conn, g); err != nil {
			return err
		}
		difference, err = verify(ctx, conn, g, g.relation("progress"))
		return err
	})
	if err != nil {
		return "", err
	}
	if !difference.None() {
		return "", fmt.Errorf("%w: %d rows only in the view, %d only in the definition", ErrDiffers, difference.OnlyInView, difference.OnlyInSource)
	}
	// The barrier stays that of the fill.
	_, err = b.Pool.Exec(ctx, `UPDATE readmodel.generations AS g SET state = $3 WHERE g.model = $1 AND g.number = $2 AND g.state = $4`,
		g.Model, g.Number, Verified, Filled)
	if err != nil {
		return "", fmt.Errorf("record that %s is verified: %w", g.Name(), err)
	}
	return Verified, nil
}

func sweepToTheEnd(ctx context.Context, conn *pgx.Conn, g Generation) error {
	for {
		var taken string
		var left bool
		err := conn.QueryRow(ctx, fmt.Sprintf(`
			SELECT s.snapshot::text, EXISTS (SELECT FROM %s AS f WHERE pg_catalog.pg_visible_in_snapshot(f.xid, s.snapshot))
			FROM readmodel.snapshots AS s
			WHERE s.model = $1 AND s.generation = $2`, g.relation("fresh")), g.Model, g.Number).Scan(&taken, &left)
		if err != nil || !left {
			return err
		}
		if _, err := sweep(ctx, conn, g, taken); err != nil {
			return err
		}
		if err := pause(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
}

// working runs a step that takes long on a connection of its own, and tells now and then how far it is.
func (b *Builder) working(ctx context.Context, g Generation, doing string, work func(conn *pgx.Conn) error) error {
	return b.Pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error {
		if err := restart(ctx, conn.Conn(), g.relation("progress")); err != nil {
			return err
		}
		watching, stop := context.WithCancel(ctx)
		watched := make(chan struct{})
		go func() {
			defer close(watched)
			b.tellProgress(watching, g, doing)
		}()
		defer func() { stop(); <-watched }()
		return work(conn.Conn())
	})
}

// tellEvery is the time between two lines of a step's progress.
const tellEvery = 10 * time.Second

func (b *Builder) tellProgress(ctx context.Context, g Generation, doing string) {
	start := time.Now()
	for pause(ctx, tellEvery) == nil {
		p, err := progressOf(ctx, b.Pool, g)
		if err != nil {
			continue // told by the step, if it concerns that too
		}
		took := time.Since(start)
		line := []any{"generation", g.Name(), "doing", doing, "rows", p.Done, "of", p.Of, "took", took.Round(time.Second)}
		if share := p.share(); share > 0 {
			line = append(line, "left", time.Duration(float64(took)*(1-share)/share).Round(time.Second))
		}
		b.Log.InfoContext(ctx, "building a read model", line...)
	}
}
