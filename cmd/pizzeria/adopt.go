package main

import (
	"context"
	"fmt"

	"pizzeria/internal/server"
)

const adoptManual = `Says that the configured database is the shop from now on. A database that was copied, or restored from a dump, is not: as
long as nobody says so, its servers take no orders, cancel none, and ask the payment gateway for nothing, since the
original may still do so. Make sure that it doesn't; then adopt the copy, and its servers open at once.`

func adopt(ctx context.Context, p program) error {
	return inDatabase(ctx, p, func(db *server.Database) error {
		if err := db.Adopt(ctx, p.log); err != nil {
			return err
		}
		_, err := fmt.Fprintln(p.out, "This database is the shop now.")
		return err
	})
}
