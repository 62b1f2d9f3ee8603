package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/internal/platform/auth"
)

const boardQuery = `query Board($at: DateTime) { kitchenBoard(at: $at) {
	asOf digest at stations { id name }
	tickets { id version status fireAt dueAt isRush order { id number status fulfillment }
		items { id item { name size quantity options { name portion amount } } tasks { id status startedAt doneAt station { id } } } }
} }`

const (
	// boardsAsked is how many minutes of the last year are asked for.
	boardsAsked = 200
	boardsSeed  = 14
)

// boards measures how long the board of a minute of the last year takes, behind the longest history.
func (b *bench) boards(ctx context.Context) (err error) {
	orders := b.scale.histories[len(b.scale.histories)-1]
	database, err := b.history(ctx, orders)
	if err != nil {
		return err
	}
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	cooks, err := b.testbed.Sessions(ctx, database, auth.RoleCook, 1)
	if err != nil {
		return err
	}
	client, err := load.Dial(ctx, server.URL)
	if err != nil {
		return err
	}
	defer client.Close()
	random, longest := rand.New(rand.NewPCG(boardsSeed, 0)), 0.0
	var took figures.Series
	for range boardsAsked {
		at := time.Now().AddDate(0, 0, -9).Add(-time.Duration(random.Int64N(int64(360 * 24 * time.Hour))))
		began := time.Now()
		body, err := client.Do(load.Post(server.URL, cooks[0], request(boardQuery, map[string]any{"at": at})))
		if err != nil {
			return fmt.Errorf("ask for a board of the past: %w", err)
		}
		if err := checkAnswer(body); err != nil {
			return err
		}
		took = append(took, milliseconds(time.Since(began)))
		longest = max(longest, took[len(took)-1])
	}
	b.report.AtMost(fmt.Sprintf("the kitchen's board of any minute of the last year, behind %s orders, the longest", figures.Text(float64(orders))), 200, longest, report.Milliseconds)
	b.report.Table("The kitchen's board as it stood at a minute of the last year, one after the other",
		[]string{"history", "asked", "median ms", "longest ms"},
		[]string{figures.Text(float64(orders)), fmt.Sprint(boardsAsked), figures.Text(took.Median()), figures.Text(longest)})
	return nil
}
