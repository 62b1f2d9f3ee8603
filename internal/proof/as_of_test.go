package proof_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// A client that follows the feed from a page's cursor gets what came after the page, even if Postgres has crashed in
// between and then assigned the numbers of rolled-back transactions a second time.
func TestPageCursorSurvivesACrashOfPostgres(t *testing.T) {
	t.Parallel()
	database := pgtest.NewOwn(t)
	environment := []string{"PIZZERIA_DATABASE_URL=" + database.DSN()}
	run(t, environment, "seed")
	s := serve(t, environment...)
	customer, cook, pizza := signIn(t, s.url, "customer@example.com"), signIn(t, s.url, "cook@example.com"), firstPizza(t, s.url)
	// What isn't acknowledged is not on disk when Postgres is killed.
	execute(t, database.DSN(), "ALTER SYSTEM SET wal_writer_delay = '10s'")
	execute(t, database.DSN(), "SELECT pg_reload_conf()")

	execute(t, database.DSN(), strings.Repeat("BEGIN; SELECT pg_current_xact_id(); ROLLBACK;", 40))
	page, err := ask[struct{ Orders struct{ AsOf string } }](t.Context(), s.url, cook, `{ orders(first: 1) { asOf } }`, nil)
	require.NoError(t, err)
	database.Kill(t)
	database.Start(t)
	first := placeWhenAvailable(t, s.url, customer, pizza, "first")
	execute(t, database.DSN(), strings.Repeat("BEGIN; SELECT pg_current_xact_id(); COMMIT;", 60))
	second := placeWhenAvailable(t, s.url, customer, pizza, "second")

	require.Equal(t, []string{first, second}, ordersAfter(t, s.url, cook, page.Orders.AsOf, second))
}

// execute runs statements in one round trip, on a connection of their own.
func execute(t *testing.T, dsn, statements string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.PgConn().Exec(t.Context(), statements).ReadAll()
	require.NoError(t, err)
}

// placeWhenAvailable places an order as soon as the server can, and returns its id.
func placeWhenAvailable(t *testing.T, url, session, pizza, key string) (id string) {
	t.Helper()
	require.Eventually(t, func() bool {
		told, err := order(t.Context(), url, session, pizza, key, "tok_ok")
		if err != nil || told.Order == nil {
			return false
		}
		id = told.Order.ID
		return true
	}, time.Minute, 50*time.Millisecond)
	return id
}

// ordersAfter follows the feed from a cursor until it brings a change of the last order, and returns the orders whose
// placing it brought.
func ordersAfter(t *testing.T, url, session, cursor, last string) (orders []string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ended := bySocket(ctx, new(clientConn).client(), url, session, allChanges(cursor), func(i item) {
		if i.Typename != "OrderChanged" {
			orders = append(orders, i.Typename)
		} else if i.Event.Version == 1 {
			orders = append(orders, i.Order.ID)
		}
		if i.Order.ID == last {
			stop()
		}
	})
	require.Error(t, ctx.Err(), "the stream ended: %s", ended)
	return orders
}
