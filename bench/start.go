package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"pizzeria/bench/figures"
	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
)

// starts times the server from the start of its process until it says that it is ready.
func (b *bench) starts(ctx context.Context) error {
	database, err := b.history(ctx, b.scale.histories[0])
	if err != nil {
		return err
	}
	again, err := b.timeStarts(ctx, 2*b.scale.rounds, func() (*testbed.Program, error) { return b.testbed.Serve(ctx, b.server, database) })
	if err != nil {
		return err
	}
	first, err := b.timeStarts(ctx, min(3, b.scale.rounds), func() (*testbed.Program, error) { return b.testbed.ServeFirst(ctx, b.server) })
	if err != nil {
		return fmt.Errorf("first start: %w", err)
	}
	b.report.AtMost("serve on a prepared database, until ready", 300, again.Median(), report.Milliseconds)
	b.report.AtMost("first serve with a new private Postgres, until ready", 5_000, first.Median(), report.Milliseconds)
	b.report.Table("Starts, in ms",
		[]string{"", "median", "slowest", "times"},
		[]string{"prepared database", figures.Text(again.Median()), figures.Text(again.Percentile(100)), figures.Text(float64(len(again)))},
		[]string{"new private Postgres", figures.Text(first.Median()), figures.Text(first.Percentile(100)), figures.Text(float64(len(first)))})
	return nil
}

func (b *bench) timeStarts(ctx context.Context, times int, serve func() (*testbed.Program, error)) (figures.Series, error) {
	var took figures.Series
	for range times {
		began := time.Now()
		p, err := serve()
		if err != nil {
			return nil, err
		}
		err = ready(ctx, p)
		took = append(took, milliseconds(time.Since(began)))
		if stopProgram(p, &err); err != nil {
			return nil, err
		}
	}
	return took, nil
}

// ready returns once the program says that it is.
func ready(ctx context.Context, p *testbed.Program) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Admin+"/readyz", http.NoBody)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return fmt.Errorf("ask whether it is ready: %w", err)
		}
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return nil
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
