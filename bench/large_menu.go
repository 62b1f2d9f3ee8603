package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
)

const largeMenuQuery = `query LargeMenu { menu {
	id name description category isPizza isAvailable allergens diet prices { size price isAvailable }
	optionGroups { id name min max freeUpTo halves options { id name isDefault isAvailable allergens prices { size price isAvailable } } }
} }`

// largeMenu measures a menu of 200 dishes with 30 groups of options against the raw limit, on connections that are kept.
func (b *bench) largeMenu(ctx context.Context) (err error) {
	history, err := b.history(ctx, b.scale.histories[0])
	if err != nil {
		return err
	}
	database, err := b.testbed.LargeMenu(ctx, history)
	if err != nil {
		return err
	}
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	raw, err := b.testbed.ServeReference(ctx, b.rawLimit, "raw limit", database)
	if err != nil {
		return err
	}
	defer stopProgram(raw, &err)
	asked := load.Post(server.URL, "", request(largeMenuQuery, nil))
	size, err := b.storeMenu(ctx, database, server.URL, asked)
	if err != nil {
		return fmt.Errorf("store the menu: %w", err)
	}
	ours := &variant{name: "server", measure: b.requestRate(system{program: server}, repeatRequest(asked))}
	limit := &variant{name: "raw limit", measure: b.requestRate(system{program: raw}, repeatRequest(load.Post(raw.URL+"/menu", "", request(largeMenuQuery, nil))))}
	if err := takeTurns(ctx, b.scale.rounds, ours, limit); err != nil {
		return err
	}
	share := figures.Ratio(ours.rates, limit.rates)
	b.report.AtLeast("a menu of 200 dishes with 30 groups of options, of its raw limit", 0.8, share, report.Share)
	b.report.Table(fmt.Sprintf("A menu of 200 dishes with 30 groups of options, %d connections", connections),
		[]string{"bytes", "raw limit /s", "ours /s", "ours/raw limit"},
		[]string{figures.Text(float64(size)), figures.Text(limit.rates.Median()), figures.Text(ours.rates.Median()), fmt.Sprintf("%.2f", share)})
	return nil
}

// storeMenu stores the server's answer where the raw limit reads it, and returns its size.
func (b *bench) storeMenu(ctx context.Context, database, url string, asked []byte) (size int, err error) {
	client, err := load.Dial(ctx, url)
	if err != nil {
		return 0, err
	}
	defer client.Close()
	menu, err := client.Do(asked)
	if err != nil {
		return 0, err
	}
	if err := checkAnswer(menu); err != nil {
		return 0, err
	}
	return len(menu), b.testbed.Conn(ctx, database, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, rawSchema); err != nil {
			return err
		}
		_, err := conn.Exec(ctx, `INSERT INTO raw_limit.menu (document) VALUES ($1)`, menu)
		return err
	})
}
