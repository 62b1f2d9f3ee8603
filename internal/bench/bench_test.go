package bench_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// history is one past, in a database for each variant.
type history struct {
	orders                   int
	ours, alone, none, naive string
	refresh                  time.Duration
}

// BenchmarkShop measures everything in a few minutes, whatever -benchtime says, and prints tables at the end.
func BenchmarkShop(b *testing.B) {
	var tables bytes.Buffer
	tables.WriteString(surroundings())
	l := newLab(b, &tables)
	var histories []history
	for _, orders := range []int{1_000, 10_000, 100_000} {
		h := history{orders: orders}
		h.ours, h.refresh = l.withHistory(b, orders)
		h.none, h.alone, h.naive = h.ours+"_none", h.ours+"_alone", h.ours+"_naive"
		l.copyOf(b, h.ours, h.none, noReadModel)
		l.copyOf(b, h.ours, h.alone, orderModelAlone)
		l.copyOf(b, h.ours, h.naive, refreshInTrigger)
		histories = append(histories, h)
		fmt.Fprintf(&tables, "refresh of all models, history %d: %v\n", orders, h.refresh.Round(time.Millisecond))
	}
	l.copyOf(b, histories[2].ours, "reads", "")

	for _, by := range []load{sqlLoad, commandLoad} {
		b.Run("writes/"+by.name, func(b *testing.B) { l.writes(b, by, histories) })
	}
	b.Run("reads", func(b *testing.B) { l.reads(b, "reads") })
	b.Run("fan-out", func(b *testing.B) { l.fanOut(b, "reads") })
	b.Run("commit-to-socket", func(b *testing.B) { l.commitToSocket(b, "reads") })
	_, _ = tables.WriteTo(os.Stdout)
}

// surroundings tells how quiet the machine is: where others use its processors too, what a read model computes weighs
// more against what a commit waits, and the ratios come out lower than on a machine of one's own.
func surroundings() string {
	busy := "unknown"
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		busy, _, _ = strings.Cut(string(text), " ")
	}
	return fmt.Sprintf("\n%d processors, load average at the start %s\n", runtime.NumCPU(), busy)
}
