package testbed

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Waits counts what the sessions of a database that were in a statement were seen to wait for.
type Waits map[string]int

// Add counts others, too.
func (w *Waits) Add(others Waits) {
	if *w == nil {
		*w = Waits{}
	}
	for event, n := range others {
		(*w)[event] += n
	}
}

// String lists what was seen most, with its share.
func (w Waits) String() string {
	total := 0
	for _, n := range w {
		total += n
	}
	events := slices.SortedFunc(maps.Keys(w), func(a, b string) int { return cmp.Or(cmp.Compare(w[b], w[a]), cmp.Compare(a, b)) })
	var shares []string
	for _, event := range events[:min(5, len(events))] {
		shares = append(shares, fmt.Sprintf("%s %.0f %%", event, 100*float64(w[event])/float64(total)))
	}
	return strings.Join(shares, ", ")
}

// WaitsOf looks at a database's sessions, again and again, while something is done.
func (l *Testbed) WaitsOf(ctx context.Context, database string, do func() error) (seen Waits, err error) {
	done := make(chan error, 1)
	seen = Waits{}
	err = l.Conn(ctx, "postgres", func(conn *pgx.Conn) error {
		go func() { done <- do() }()
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case err := <-done:
				return err
			case <-tick.C:
			}
			rows, _ := conn.Query(ctx, `
				SELECT coalesce(a.wait_event_type || ':' || a.wait_event, 'nothing: it works')
				FROM pg_catalog.pg_stat_activity AS a
				WHERE a.datname = $1 AND a.state = 'active' AND a.application_name = 'pizzeria'`, database)
			events, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				<-done
				return fmt.Errorf("look what sessions wait for: %w", err)
			}
			for _, event := range events {
				seen[event]++
			}
		}
	})
	return seen, err
}
