// Command bench measures the shop against its targets: reads against the raw limit, commands against the same statements
// by pgbench, the live feed, idle subscriptions, refreshes and starts. What is compared takes turns in short rounds, and
// a ratio is the median of the rounds' ratios: a machine that is slow for a moment is so for all.
//
// docs/performance.md explains what is measured and tells what came out.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
)

func main() {
	size := flag.String("scale", "short", "brief, only to see that it works; short; or full: up to 1,000,000 orders and 10,000 sockets")
	only := flag.String("only", "", "measure only these parts, separated by commas: start, reads, menu, preview, quotes, board, commands, refresh, rebuild, sockets, neighbours")
	histories := flag.String("histories", "", "measure behind so many orders instead of those of the scale: 1000,1000000")
	svg := flag.String("svg", "", "write the plot of orders per second against history to this file")
	locations := flag.Int("locations", 0, "of commands measure placeOrder alone, over one location and over so many: 8")
	dir := flag.String("dir", "", "where to keep the databases meanwhile; the system's own folder if empty")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	o := options{scale: scales()[*size], svg: *svg, dir: *dir, locations: *locations}
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	err := o.scale.measureBehind(*histories)
	if err == nil {
		err = run(ctx, o, os.Stdout)
	}
	stop()
	if err != nil {
		slog.Error("bench", "error", err)
		os.Exit(1)
	}
}

type options struct {
	scale    scale
	only     []string // all parts if empty
	svg, dir string
	// locations is over how many placeOrder is compared with one; 0: commands are measured at one.
	locations int
}

// bench is one run.
type bench struct {
	options
	testbed                 *testbed.Testbed
	server, plain, rawLimit string // the programs' paths
	histories               map[int]string
	report                  report.Report
	environment             string
	retried                 atomic.Int64 // commands answered by "try again"
}

func run(ctx context.Context, o options, out io.Writer) (err error) {
	if len(o.scale.histories) == 0 {
		return errors.New("there is no such scale")
	}
	began := time.Now()
	bed, err := testbed.Open(ctx, o.dir, slog.Default())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bed.Close()) }()
	b := &bench{options: o, testbed: bed, histories: map[int]string{}}
	if b.environment, err = environment(ctx, bed); err != nil {
		return err
	}
	for pkg, path := range map[string]*string{
		"pizzeria/cmd/pizzeria": &b.server, "pizzeria/bench/plaingqlgen": &b.plain, "pizzeria/bench/rawlimit": &b.rawLimit,
	} {
		if *path, err = bed.Build(ctx, pkg); err != nil {
			return err
		}
	}
	failed := b.measure(ctx)
	b.report.AtMost("commands answered with UNAVAILABLE, and repeated", 0, float64(b.retried.Load()), report.Count)
	_, _ = fmt.Fprintf(out, "\n%s; it took %s.\n\n", b.environment, time.Since(began).Round(time.Second))
	_, err = b.report.WriteTo(out) // what was measured until then took its time
	return errors.Join(failed, err)
}

func (b *bench) measure(ctx context.Context) error {
	for _, part := range []struct {
		name    string
		measure func(context.Context) error
	}{
		{"start", b.starts}, {"reads", b.reads}, {"menu", b.largeMenu}, {"preview", b.previews}, {"quotes", b.quotes}, {"board", b.boards}, {"commands", b.commands}, {"refresh", b.refresh}, {"rebuild", b.rebuild}, {"sockets", b.sockets}, {"neighbours", b.neighbours},
	} {
		if len(b.only) > 0 && !slices.Contains(b.only, part.name) {
			continue
		}
		b.testbed.Log.Info("measuring", "part", part.name)
		if err := part.measure(ctx); err != nil {
			return fmt.Errorf("measure %s: %w", part.name, err)
		}
	}
	return nil
}

// history returns the name of a database with a history of the given number of orders.
func (b *bench) history(ctx context.Context, orders int) (string, error) {
	if b.histories[orders] == "" {
		name, err := b.testbed.History(ctx, orders)
		if err != nil {
			return "", err
		}
		b.histories[orders] = name
	}
	return b.histories[orders], nil
}
