package main

import (
	"context"

	"pizzeria/internal/server"
)

const demoManual = `Opens the demo until it is told to stop (Ctrl-C): two locations, a menu, their stock and an account for each role, whose password
is public, with the playground and a payment gateway that moves no money. It has a private Postgres of its own, in
the folder demo of the data folder (PIZZERIA_DATA_DIR), or the database that PIZZERIA_DATABASE_URL names, unless that is a
shop's. Only this machine reaches it, unless it is -public.`

// demoAccounts tells a person how to sign in.
const demoAccounts = "customer@ cook@ driver@ manager@example.com, password pizzeria-demo"

func demo(ctx context.Context, p program) error {
	config, err := p.config.ForDemo(p.flags.public)
	if err != nil {
		return &misuse{err}
	}
	p.config = config
	return p.open(ctx, func(db *server.Database) error { return seedDemo(ctx, p, db, 2) })
}
