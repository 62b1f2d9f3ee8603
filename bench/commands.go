package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"pizzeria/bench/figures"
	"pizzeria/bench/pgbench"
	"pizzeria/bench/plot"
	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
)

// commands measures placeOrder and startPreparingOrder through HTTP against the same statements run by pgbench, behind
// histories of several lengths; and against the same without read models, and with a refresh in the trigger.
func (b *bench) commands(ctx context.Context) (err error) {
	if b.locations > 1 {
		return b.places(ctx)
	}
	tool, err := pgbench.Find(b.testbed.PID())
	if err != nil {
		return err
	}
	var shops []*shop
	defer func() {
		for _, s := range shops {
			err = errors.Join(err, s.close())
		}
	}()
	for _, orders := range b.scale.histories {
		s := &shop{bench: b, tool: tool, orders: orders, queue: b.scale.queue}
		shops = append(shops, s)
		if err := s.open(ctx); err != nil {
			return fmt.Errorf("open a shop with %d orders: %w", orders, err)
		}
	}
	var variants []*variant
	// What is compared stands together, since the machine changes from one second to the next.
	for _, of := range []func(*shop) *commandVariants{
		func(s *shop) *commandVariants { return &s.place }, func(s *shop) *commandVariants { return &s.start }, func(s *shop) *commandVariants { return &s.bare },
	} {
		for _, s := range shops {
			variants = append(variants, of(s).all()...)
		}
	}
	if err := b.testbed.Exec(ctx, "postgres", `CHECKPOINT`); err != nil {
		return err
	}
	if err := takeTurns(ctx, b.scale.rounds, variants...); err != nil {
		return err
	}
	for _, s := range shops {
		if err := s.measureNaive(ctx); err != nil {
			return fmt.Errorf("refresh in the trigger: %w", err)
		}
	}
	b.reportCommands(shops)
	return b.plotCommands(shops)
}

// measureNaive makes the database without read models the one that refreshes in its trigger, and places one order. A
// refresh excludes every other refresh, so several clients would be no faster.
func (s *shop) measureNaive(ctx context.Context) error {
	if err := s.bench.testbed.Exec(ctx, s.none, testbed.RefreshInTrigger); err != nil {
		return err
	}
	took, err := pgbench.Once(ctx, s.tool, s.bench.testbed.DSN(s.none), s.scripts.place)
	if err != nil {
		return err
	}
	s.naive = 1 / took.Seconds()
	return s.bench.testbed.Drop(ctx, s.none)
}

func (b *bench) reportCommands(shops []*shop) {
	for _, c := range []struct {
		name string
		of   func(*shop) commandVariants
	}{
		{"placeOrder", func(s *shop) commandVariants { return s.place }},
		{"startPreparingOrder", func(s *shop) commandVariants { return s.start }},
	} {
		rows := [][]string{{"history", "through HTTP /s", "pgbench /s", "HTTP/pgbench", "pgbench, no read model /s", "ours/none"}}
		least := 1.0
		var http []figures.Series
		for _, s := range shops {
			w := c.of(s)
			share := figures.Ratio(w.http.rates, w.sql.rates)
			least = min(least, share)
			http = append(http, w.http.rates)
			rows = append(rows, []string{
				figures.Text(float64(s.orders)), figures.Text(w.http.rates.Median()), figures.Text(w.sql.rates.Median()), fmt.Sprintf("%.2f", share),
				figures.Text(w.none.rates.Median()), fmt.Sprintf("%.2f", figures.Ratio(w.sql.rates, w.none.rates)),
			})
		}
		b.report.AtLeast(c.name+" through HTTP, of the same statements by pgbench", 0.6, least, report.Share)
		b.report.AtMost(fmt.Sprintf("%s, from %s to %s orders: off flat", c.name, figures.Text(float64(shops[0].orders)), figures.Text(float64(b.scale.largest()))),
			15, 100*figures.Drift(http), report.Percent)
		b.report.Table(fmt.Sprintf("%s, %d connections", c.name, connections), rows...)
	}
	rows := [][]string{{"history", "ours /s", "no read model /s", "ours/none", "refresh in trigger: placeOrder /s"}}
	least := 1.0
	for _, s := range shops {
		share := figures.Ratio(s.bare.sql.rates, s.bare.none.rates)
		least = min(least, share)
		rows = append(rows, []string{
			figures.Text(float64(s.orders)), figures.Text(s.bare.sql.rates.Median()), figures.Text(s.bare.none.rates.Median()), fmt.Sprintf("%.2f", share), figures.Text(s.naive),
		})
	}
	b.report.AtLeast("bare statements with read models, of those without", 0.65, least, report.Share)
	b.report.Table("What read models cost: an order and a move by bare statements, through pgbench", rows...)
}

func (b *bench) plotCommands(shops []*shop) error {
	if b.svg == "" {
		return nil
	}
	line := func(name, colour string, rate func(*shop) float64) plot.Line {
		l := plot.Line{Name: name, Colour: colour}
		for _, s := range shops {
			l.Points = append(l.Points, plot.Point{X: float64(s.orders), Y: rate(s)})
		}
		return l
	}
	chart := plot.Chart{
		Title: "placeOrder per second against history", X: "orders in the history", Y: "orders per second",
		Below: b.environment,
		Lines: []plot.Line{
			line("no read model (pgbench)", "#888", func(s *shop) float64 { return s.place.none.rates.Median() }),
			line("ours (pgbench)", "#06c", func(s *shop) float64 { return s.place.sql.rates.Median() }),
			line("ours (through HTTP)", "#093", func(s *shop) float64 { return s.place.http.rates.Median() }),
			line("refresh in trigger (pgbench)", "#c30", func(s *shop) float64 { return s.naive }),
		},
	}
	if err := os.WriteFile(b.svg, []byte(chart.SVG()), 0o644); err != nil { //nolint:gosec // a picture for everybody
		return fmt.Errorf("write the plot: %w", err)
	}
	return nil
}
