package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"pizzeria/bench/testbed"
)

// scale is how much is measured, and for how long.
type scale struct {
	histories []int         // orders, in rising order
	rounds    int           // of the variants that take turns
	round     time.Duration // of reads
	commands  time.Duration // of a round of commands, in whole seconds
	queue     int           // orders for the kitchen to start on in the first round; later ones go by the rates seen
	changed   float64       // orders that change before a refresh, as a share of those that make a refresh due
	baseline  time.Duration // of commands right before and right after a refresh
	sockets   []int         // in rising order; their orders have four moves each, for twice the time of the feed
	settling  time.Duration // before the memory of idle sockets is counted
	feed      time.Duration // of commands while the feed is timed
}

// scales are brief, which only shows that everything works, short and full.
func scales() map[string]scale {
	return map[string]scale{
		"brief": {
			histories: []int{100}, rounds: 1, round: 200 * time.Millisecond, commands: time.Second, queue: 1_000,
			changed: 0.02, baseline: time.Second, sockets: []int{40}, settling: time.Second, feed: time.Second,
		},
		"short": {
			histories: []int{1_000, 100_000}, rounds: 8, round: time.Second, commands: time.Second, queue: 5_000,
			changed: 1, baseline: 15 * time.Second, sockets: []int{1_000}, settling: 10 * time.Second, feed: 15 * time.Second,
		},
		"full": {
			histories: []int{1_000, 10_000, 100_000, 1_000_000}, rounds: 20, round: time.Second, commands: time.Second,
			queue: 5_000, changed: 1, baseline: time.Minute, sockets: []int{1_000, 10_000}, settling: 30 * time.Second, feed: 30 * time.Second,
		},
	}
}

// measureBehind sets the histories to those of a list, in rising order; an empty one changes nothing.
func (s *scale) measureBehind(list string) error {
	if list == "" {
		return nil
	}
	s.histories = nil
	for number := range strings.SplitSeq(list, ",") {
		orders, err := strconv.Atoi(number)
		if err != nil || orders < 1 {
			return fmt.Errorf("%q is no number of orders", number)
		}
		s.histories = append(s.histories, orders)
	}
	slices.Sort(s.histories)
	return nil
}

// largest returns the length of the longest history.
func (s scale) largest() int { return s.histories[len(s.histories)-1] }

// read returns the length of the history that is read from: other programs were measured on one as long.
func (s scale) read() int { return min(s.largest(), 100_000) }

// environment describes when and where the measurements were made, and the load on the machine: other work lowers every
// figure, and not every ratio to the same extent.
func environment(ctx context.Context, bed *testbed.Testbed) (string, error) {
	var version string
	err := bed.Conn(ctx, "postgres", func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, `SHOW server_version`).Scan(&version)
	})
	return fmt.Sprintf("%s, %d processors (%s), PostgreSQL %s, %s, load average at the start %s, %s",
		time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), processor(), firstWord(version), runtime.Version(),
		firstWord(contents("/proc/loadavg")), "bench "+strings.Join(os.Args[1:], " ")), err
}

func processor() string {
	for line := range strings.Lines(contents("/proc/cpuinfo")) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

func contents(path string) string {
	text, _ := os.ReadFile(path) // missing where there is no /proc
	return string(text)
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}
