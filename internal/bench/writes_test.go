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
	history           int
	ours, alone, none variant
	naive             string // the database
	naiveRate         float64
}

// variant is one way to keep read models, measured in rounds.
type variant struct {
	clients []client
	rate    bench.Series
}

// writes measures one load against our read model and against none in turns, on all histories, so that all see the same
// moods of the machine; and then, for one round, against the refresh in the trigger.
func (l *lab) writes(b *testing.B, by load, histories []history) {
	shops := make([]*shop, len(histories))
	for i, h := range histories {
		s := &shop{history: h.orders, naive: h.naive}
		s.ours.clients, s.alone.clients, s.none.clients = by.clients(b, l, h.ours), by.clients(b, l, h.alone), by.clients(b, l, h.none)
		shops[i] = s
		for _, v := range s.variants() {
			_, err := work(b.Context(), v.clients, roundTime/4) // prepares statements
			require.NoError(b, err)
		}
	}
	l.exec(b, l.admin, "CHECKPOINT")
	for round := range rounds {
		for _, s := range shops {
			s.compare(b, round)
		}
	}
	for _, s := range shops {
		rate, err := work(b.Context(), by.clients(b, l, s.naive), naiveTime)
		require.NoError(b, err)
		s.naiveRate = rate
	}
	l.printWrites(b, by, shops)
}

func (s *shop) variants() []*variant { return []*variant{&s.ours, &s.alone, &s.none} }

// compare runs one round each; who begins takes turns.
func (s *shop) compare(b *testing.B, round int) {
	variants := s.variants()
	for i := range variants {
		v := variants[(i+round)%len(variants)]
		rate, err := work(b.Context(), v.clients, roundTime)
		require.NoError(b, err)
		v.rate = append(v.rate, rate)
	}
}

func (l *lab) printWrites(b *testing.B, by load, shops []*shop) {
	table := tabwriter.NewWriter(l.out, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "\nOrders per second, load %q: %d clients, each an order and a move; medians of %d rounds of %v\n",
		by.name, clients, rounds, roundTime)
	fmt.Fprint(table, "history\tno read model\tours\tours/none\torder model alone/none\trefresh in trigger\t\n")
	var ours, none []bench.Series
	least := 1.0
	for _, s := range shops {
		share := bench.Ratio(s.ours.rate, s.none.rate)
		least = min(least, share)
		ours, none = append(ours, s.ours.rate), append(none, s.none.rate)
		fmt.Fprintf(table, "%d\t%.0f\t%.0f\t%.2f\t%.2f\t%s\t\n", s.history, s.none.rate.Median(), s.ours.rate.Median(), share,
			bench.Ratio(s.alone.rate, s.none.rate), s.naiveText())
		b.ReportMetric(s.ours.rate.Median(), fmt.Sprintf("ours-%d/s", s.history))
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
