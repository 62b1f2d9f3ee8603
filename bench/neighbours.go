package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
	"pizzeria/internal/platform/auth"
)

const (
	politeCustomers = 8  // who each ask for their orders
	politeRate      = 40 // requests a second of all of them
	rudeClients     = 8  // connections of one visitor
)

// neighbours times what customers wait for while a visitor asks for as much as the rate lets through. They share an address.
func (b *bench) neighbours(ctx context.Context) (err error) {
	database, err := b.history(ctx, b.scale.read())
	if err != nil {
		return err
	}
	server, err := b.testbed.Serve(ctx, b.server, database, "PIZZERIA_RATE_LIMIT=100")
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	tokens, err := b.testbed.Sessions(ctx, database, auth.RoleCustomer, politeCustomers)
	if err != nil {
		return err
	}
	rows := [][]string{{"beside a visitor who sends", "customers' p50 ms", "p99 ms", "answers /s", "refusals /s"}}
	for _, r := range rude() {
		waits, answers, refusals, err := beside(ctx, server, tokens, 2*b.scale.round+2*time.Second, r.next)
		if err != nil {
			return fmt.Errorf("beside %s: %w", r.name, err)
		}
		rows = append(rows, []string{r.name, figures.Text(waits.Median()), figures.Text(waits.Percentile(99)), figures.Text(answers), figures.Text(refusals)})
		if r.next != nil {
			b.report.AtMost("customers' p50 beside a visitor who sends "+r.name, 20, waits.Median(), report.Milliseconds)
		}
	}
	b.report.Table(fmt.Sprintf("Neighbours: %d requests a second of %d customers, beside one visitor", politeRate, politeCustomers), rows...)
	return nil
}

// visitor sends the same kind of request again and again.
type visitor struct {
	name string
	next func(n int64) []byte // nil: nobody is there
}

func rude() []visitor {
	repeated := func(field string) string {
		var all strings.Builder
		for i := range 15 {
			fmt.Fprintf(&all, " a%d: %s", i, field)
		}
		return "{" + all.String() + " }"
	}
	menus := repeated(`menu(includeUnavailable: true) { id name description category prices { size price } allergens isAvailable version }`)
	sales := repeated(`popularPizzas(period: ALL_TIME, limit: 100) { menuItemId name }`)
	unknown := func(n int64) string { return "{" + strings.Repeat(fmt.Sprintf(" no%d { a b }", n), 190) + " }" }
	return []visitor{
		{"nothing", nil},
		{"a small query", func(int64) []byte { return request(`{ menu { id } }`, nil) }},
		{"the menu, 15 times in one", func(int64) []byte { return request(menus, nil) }},
		{"the sales of all time, 15 times in one", func(int64) []byte { return request(sales, nil) }},
		{"documents that are refused", func(n int64) []byte { return request(unknown(n), nil) }},
		{"documents that are new each time", func(n int64) []byte {
			return request(fmt.Sprintf("query Q%d %s", n, menus), nil)
		}},
	}
}

// beside has the customers ask while the visitor does, and returns what they waited, in milliseconds, and how many answers and
// refusals a second the visitor got.
func beside(ctx context.Context, server *testbed.Program, tokens []string, d time.Duration, next func(n int64) []byte) (waits figures.Series, answers, refusals float64, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, visiting := errgroup.WithContext(ctx)
	var answered, refused, sent atomic.Int64
	began := time.Now()
	for range rudeClients {
		if next == nil {
			break
		}
		group.Go(func() error {
			client, err := load.Dial(ctx, server.URL)
			if err != nil {
				return err
			}
			defer client.Close()
			for visiting.Err() == nil {
				if body, err := client.Do(load.Post(server.URL, "", next(sent.Add(1)))); err == nil && checkAnswer(body) == nil {
					answered.Add(1)
					continue
				}
				refused.Add(1)
				time.Sleep(rudeClients * 10 * time.Millisecond) // 100 a second in all: the rate, in requests
			}
			return nil
		})
	}
	time.Sleep(time.Second) // what was left over for a start is used up
	waits, err = wait(ctx, server, tokens, d)
	stop()
	_ = group.Wait()
	passed := time.Since(began).Seconds()
	return waits, float64(answered.Load()) / passed, float64(refused.Load()) / passed, err
}

// wait times the customers' requests, which come at their own pace.
func wait(ctx context.Context, server *testbed.Program, tokens []string, d time.Duration) (figures.Series, error) {
	clients, err := load.DialAll(ctx, server.URL, len(tokens))
	if err != nil {
		return nil, err
	}
	defer clients.Close()
	free := make(chan int, len(tokens))
	for i := range tokens {
		free <- i
	}
	took := make(chan float64, int(politeRate*d.Seconds())+politeRate)
	_, err = load.Open(ctx, len(tokens), politeRate, d, func(context.Context, int) error {
		who := <-free
		defer func() { free <- who }()
		began := time.Now()
		body, err := clients[who].Do(load.Post(server.URL, tokens[who], request(listQuery, nil)))
		if err != nil {
			return err
		}
		took <- float64(time.Since(began).Microseconds()) / 1000
		return checkAnswer(body)
	})
	close(took)
	var waits figures.Series
	for one := range took {
		waits = append(waits, one)
	}
	return waits, err
}
