package testbed

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/app"
	"pizzeria/internal/kitchen/kitchenview"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

// newHistory returns a database with the given number of orders.
func newHistory(t *testing.T, orders int) *pgtest.Database {
	t.Helper()
	db := pgtest.New(t)
	gorm, err := postgres.OpenGORM(db.Pool)
	require.NoError(t, err)
	require.NoError(t, app.Seed(t.Context(), gorm, 1, time.Now))
	_, err = db.Pool.Exec(t.Context(), customersSQL)
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), db.DSN)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	require.NoError(t, writeHistory(t.Context(), conn, orders))
	require.NoError(t, fillSnapshots(t.Context(), db.Pool))
	return db
}

func TestHistoryKeepsWhatTriggersWouldHaveKept(t *testing.T) {
	t.Parallel()
	db := newHistory(t, 300)

	require.NoError(t, verify(t.Context(), db.Pool))
	var orders, foreign int
	require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.order_view`).Scan(&orders))
	require.Equal(t, 300, orders)
	// A foreign key made anew looks at every row.
	rows, err := db.Pool.Query(t.Context(), `
		SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
		FROM pg_catalog.pg_constraint AS c
		WHERE c.contype = 'f'`)
	require.NoError(t, err)
	statements, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	for _, statement := range statements {
		_, err := db.Pool.Exec(t.Context(), statement)
		require.NoError(t, err, statement)
		foreign++
	}
	require.Greater(t, foreign, 5)
}

func TestHistoryAddsUpToTheStock(t *testing.T) {
	t.Parallel()
	db := newHistory(t, 300)

	var wrong, moved int
	require.NoError(t, db.Pool.QueryRow(t.Context(), `
		SELECT
			count(*) FILTER (WHERE g.on_hand <> m.on_hand OR g.reserved <> m.reserved),
			count(*) FILTER (WHERE m.movements > 2)
		FROM public.ingredient_view AS g
		JOIN (
			SELECT m.ingredient_id, count(*) AS movements, sum(m.on_hand) AS on_hand, sum(m.reserved) AS reserved
			FROM public.stock_movements AS m
			GROUP BY m.ingredient_id
		) AS m ON m.ingredient_id = g.id`).Scan(&wrong, &moved))
	require.Zero(t, wrong)
	require.Greater(t, moved, 10)
}

// What is told of a ticket makes of it what the kitchen's tables have, as where the shop has written both.
func TestTicketsOfTheHistoryAreWhatTheirEventsTell(t *testing.T) {
	t.Parallel()
	db := newHistory(t, 60)
	var at uuid.UUID
	var first time.Time
	require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT t.location_id, t.opened_at FROM public.tickets AS t ORDER BY t.opened_at LIMIT 1`).Scan(&at, &first))
	log, err := events.Open(t.Context(), db.Pool)
	require.NoError(t, err)
	board := &kitchenview.BoardHandler{Tickets: kitchenview.Tickets{Pool: db.Pool, Orders: orderview.NewByIDHandler(db.Pool, 1)}, Feed: log, Now: time.Now}
	cook := auth.Actor{Roles: []auth.Role{auth.RoleCook}}

	for after, want := range map[time.Duration]string{0: "OPEN 1", 8 * time.Minute: "OPEN 2", 15 * time.Minute: "DONE 3"} {
		was, err := board.Handle(t.Context(), kitchenview.BoardOf{By: cook, LocationID: at, At: new(first.Add(after))})
		require.NoError(t, err)
		require.Len(t, was.Tickets, 1)
		require.Equal(t, want, fmt.Sprint(was.Tickets[0].Status, " ", was.Tickets[0].Version))
	}
}
