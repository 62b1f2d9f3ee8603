package bench_test

import (
	"fmt"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/bench"
)

const (
	rounds     = 8
	roundTime  = 2 * time.Second
	naiveTime  = 10 * time.Second
	leastShare = 0.65
	mostDrift  = 0.15
)

// shop is what one load makes of databases with the same history.
type shop struct {
	history            int
	ours, none         []client
	oursRate, noneRate bench.Series
	naive              string // the database
	naiveRate          float64
}

// writes measures one load against our read model and against none in turns, on all histories, so that all see the same
// moods of the machine; and then, for one round, against the refresh in the trigger.
func (l *lab) writes(b *testing.B, by load, histories []history) {
	shops := make([]*shop, len(histories))
	for i, h := range histories {
		s := &shop{history: h.orders, naive: h.naive, ours: by.clients(b, l, h.ours), none: by.clients(b, l, h.none)}
		shops[i] = s
		for _, who := range [][]client{s.ours, s.none} {
			_, err := work(b.Context(), who, roundTime/4) // prepares statements
			require.NoError(b, err)
		}
	}
	l.exec(b, l.admin, "CHECKPOINT")
	for round := range rounds {
		for _, s := range shops {
			s.compare(b, round%2 == 0)
		}
	}
	for _, s := range shops {
		rate, err := work(b.Context(), by.clients(b, l, s.naive), naiveTime)
		require.NoError(b, err)
		s.naiveRate = rate
	}
	l.printWrites(b, by, shops)
}

// compare runs one round each.
func (s *shop) compare(b *testing.B, oursFirst bool) {
	measure := func(who []client, into *bench.Series) {
		rate, err := work(b.Context(), who, roundTime)
		require.NoError(b, err)
		*into = append(*into, rate)
	}
	if oursFirst {
		measure(s.ours, &s.oursRate)
		measure(s.none, &s.noneRate)
		return
	}
	measure(s.none, &s.noneRate)
	measure(s.ours, &s.oursRate)
}

func (l *lab) printWrites(b *testing.B, by load, shops []*shop) {
	table := tabwriter.NewWriter(l.out, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "\nOrders per second, load %q: %d clients, each an order and a move; medians of %d rounds of %v\n",
		by.name, clients, rounds, roundTime)
	fmt.Fprint(table, "history\tno read model\tours\tours/none\trefresh in trigger\t\n")
	var ours, none []bench.Series
	least := 1.0
	for _, s := range shops {
		share := bench.Ratio(s.oursRate, s.noneRate)
		least = min(least, share)
		ours, none = append(ours, s.oursRate), append(none, s.noneRate)
		fmt.Fprintf(table, "%d\t%.0f\t%.0f\t%.2f\t%s\t\n", s.history, s.noneRate.Median(), s.oursRate.Median(), share, s.naiveText())
		b.ReportMetric(s.oursRate.Median(), fmt.Sprintf("ours-%d/s", s.history))
		b.ReportMetric(share, fmt.Sprintf("ours/none-%d", s.history))
	}
	require.NoError(b, table.Flush())
	drift := bench.Drift(ours)
	fmt.Fprintf(l.out, "ours is at least %.2f of none: %.2f, %s\n", leastShare, least, bench.Verdict(least >= leastShare))
	fmt.Fprintf(l.out, "ours is flat within %.0f %%: %.0f %% off, %s (none: %.0f %%)\n",
		100*mostDrift, 100*drift, bench.Verdict(drift <= mostDrift), 100*bench.Drift(none))
	b.ReportMetric(0, "ns/op")
}

// naiveText is the rate, or below what it is if no transaction ended in time.
func (s *shop) naiveText() string {
	if s.naiveRate == 0 {
		return fmt.Sprintf("< %.2f", 0.5/naiveTime.Seconds())
	}
	return fmt.Sprintf("%.2f", s.naiveRate)
}
