package readmodel_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

func TestPageReadsEachLevelOnlyAsFarAsThePageGoes(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	at := db.AddLocation(t, "USD")
	fillOrderModel(t, db, 50_000, 5_000)
	args := pgx.NamedArgs{"location": at, "customer": "0000000c-0000-0000-0000-000000000003", "at": "2026-01-20", "id": "0000000d-0000-0000-0000-000000000001"}

	for name, where := range map[string][]string{
		"one location's":             {"location_id = @location"},
		"continued":                  {"location_id = @location AND (placed_at, id) < (@at::timestamptz, @id::uuid)"},
		"one customer's":             {"customer_id = @customer"},
		"one customer's, continued":  {"customer_id = @customer AND (placed_at, id) < (@at::timestamptz, @id::uuid)"},
		"a state":                    {"location_id = @location AND outcome = 'OPEN' AND status = 'CONFIRMED'"},
		"some states":                {"location_id = @location AND outcome = 'OPEN' AND status = ANY ('{PENDING,READY}')", "location_id = @location AND outcome = 'DELIVERED'"},
		"common states by any":       {"location_id = @location AND status = ANY ('{PENDING,CONFIRMED,DELIVERED}')"},
		"of a customer and by state": {"customer_id = @customer AND status = ANY ('{PENDING,DELIVERED}')"},
	} {
		t.Run(name, func(t *testing.T) {
			page := readmodel.Page{
				Model: "order", Key: "id", Columns: "id, placed_at", Where: where, OrderBy: "placed_at DESC, id DESC", Limit: 20,
			}

			got := rowTexts(t, db, page.SQL(), args)
			read := rowsRead(t, db, page.SQL(), args)

			require.Len(t, got, 20)
			require.Equal(t, rowTexts(t, db, plain(page), args), got, "what the view answers")
			require.Less(t, read, 2_000, "rows read of 55,000")
		})
	}
}

func TestAPageOfSeveralLocationsReadsEachOnlyAsFarAsThePageGoes(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	locations := []uuid.UUID{db.AddLocation(t, "USD"), db.AddLocation(t, "USD"), db.AddLocation(t, "USD")}
	fillOrderModel(t, db, 50_000, 5_000)
	args := pgx.NamedArgs{"locations": locations[:2], "at": "2026-01-20", "id": "0000000d-0000-0000-0000-000000000001"}

	for name, where := range map[string][]string{
		"all":         {"location_id = each.id"},
		"continued":   {"location_id = each.id AND (placed_at, id) < (@at::timestamptz, @id::uuid)"},
		"some states": {"location_id = each.id AND outcome = 'OPEN' AND status = ANY ('{PENDING,READY}')", "location_id = each.id AND outcome = 'DELIVERED'"},
	} {
		t.Run(name, func(t *testing.T) {
			page := readmodel.Page{
				Model: "order", Key: "id", Columns: "id, placed_at", Where: where, OrderBy: "placed_at DESC, id DESC", Limit: 20,
				Each: "SELECT l.id FROM unnest(@locations::uuid[]) AS l (id)",
			}

			got := rowTexts(t, db, page.SQL(), args)
			read := rowsRead(t, db, page.SQL(), args)

			require.Len(t, got, 20)
			require.Equal(t, rowTexts(t, db, plain(page), args), got, "what the view answers")
			require.Less(t, read, 3_000, "rows read of 55,000")
		})
	}
}

// plain is the page asked of the view.
func plain(p readmodel.Page) string {
	where := "true"
	for i, condition := range p.Where {
		if i == 0 {
			where = "false"
		}
		where += " OR " + strings.ReplaceAll(condition, "= each.id", "= ANY (@locations)")
	}
	return fmt.Sprintf("SELECT %s FROM public.%s_view WHERE %s ORDER BY %s LIMIT %d", p.Columns, p.Model, where, p.OrderBy, p.Limit)
}

// fillOrderModel fills both levels directly, far faster than through the triggers, with orders of all locations by turns. Of the
// fresh rows half replace one of the snapshot, and of those every fifth is a tombstone.
func fillOrderModel(t *testing.T, db *pgtest.Database, snapshot, fresh int) {
	t.Helper()
	const location = `(SELECT l.id FROM public.locations AS l ORDER BY l.id OFFSET n % (SELECT count(*) FROM public.locations) LIMIT 1)`
	run(t, unlimitedPool(t, db), factories, // takes longer than a statement may
		"ALTER TABLE public.orders DISABLE TRIGGER USER",
		"INSERT INTO public.customers (id, name, created_at) SELECT test.id('c', n), 'Customer', now() FROM generate_series(0, 99) AS n",
		fmt.Sprintf(`
			INSERT INTO public.orders
				(id, number, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents,
				 delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, location_id, placed_at)
			SELECT test.id('d', n), n, 1,
				CASE WHEN n %% 50 = 0 THEN 'CONFIRMED' WHEN n %% 50 = 1 THEN 'PENDING' WHEN n %% 50 = 2 THEN 'READY' ELSE 'DELIVERED' END,
				'PICKUP', test.id('c', n %% 100), 'Mario', 1000, 0, 0, 0, 0, 1000, 'USD', %s,
				'2026-01-01'::timestamptz + n * interval '1 minute'
			FROM generate_series(1, %d) AS n`, location, snapshot),
		"REFRESH MATERIALIZED VIEW readmodel.order_1_snapshot",
		fmt.Sprintf(`
			INSERT INTO public.order_fresh
			SELECT s.*, pg_current_xact_id(), s.number %% 5 = 0 FROM public.order_source AS s WHERE s.number %% %d = 0`, 2*snapshot/fresh),
		fmt.Sprintf(`
			INSERT INTO public.order_fresh (id, number, status, outcome, location_id, customer_id, placed_at, xid, tombstone)
			SELECT test.id('e', n), %d + n, s.status, CASE s.status WHEN 'PENDING' THEN 'OPEN' ELSE s.status END,
				%s, test.id('c', n %% 100),
				'2026-01-01'::timestamptz + (%d + n) * interval '1 minute', pg_current_xact_id(), false
			FROM generate_series(1, %d) AS n
			CROSS JOIN LATERAL (SELECT CASE n %% 10 WHEN 0 THEN 'PENDING' ELSE 'DELIVERED' END AS status) AS s`,
			snapshot, location, snapshot, fresh/2),
		"ANALYZE readmodel.order_1_snapshot, readmodel.order_1_fresh",
	)
}

func rowTexts(t *testing.T, db *pgtest.Database, sql string, args ...any) []string {
	t.Helper()
	rows, err := db.Pool.Query(t.Context(), "SELECT r::text FROM ("+sql+") AS r", args...)
	require.NoError(t, err, sql)
	texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err, sql)
	return texts
}

// plan is one node of EXPLAIN's answer.
type plan struct {
	Rows    float64 `json:"Actual Rows"`
	Removed float64 `json:"Rows Removed by Filter"`
	Loops   float64 `json:"Actual Loops"`
	Plans   []plan
}

// read adds up what the leaves of the plan took from tables and indexes.
func (p plan) read() int {
	if len(p.Plans) == 0 {
		return int((p.Rows + p.Removed) * p.Loops)
	}
	sum := 0
	for _, child := range p.Plans {
		sum += child.read()
	}
	return sum
}

func rowsRead(t *testing.T, db *pgtest.Database, sql string, args ...any) int {
	t.Helper()
	var text []byte
	require.NoError(t, db.Pool.QueryRow(t.Context(), "EXPLAIN (ANALYZE, FORMAT JSON) "+sql, args...).Scan(&text))
	var explained []struct{ Plan plan }
	require.NoError(t, json.Unmarshal(text, &explained))
	return explained[0].Plan.read()
}

// Indexes that a list needs must not be what makes the other moves of an order dear.
func TestAMoveOfAnOpenOrderTouchesNoIndexOfItsFreshRow(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	run(t, db.Pool, confirm)
	tx := begin(t, db, pgx.ReadCommitted)

	run(t, tx, "UPDATE public.orders SET status = 'PREPARING' WHERE id = test.id('d', 3)", "SET CONSTRAINTS ALL IMMEDIATE")

	var updated, withoutIndexes int
	require.NoError(t, tx.QueryRow(t.Context(), `
		SELECT s.n_tup_upd, s.n_tup_hot_upd
		FROM pg_catalog.pg_stat_xact_user_tables AS s
		WHERE s.relid = 'readmodel.order_1_fresh'::regclass`).Scan(&updated, &withoutIndexes))
	require.Equal(t, 1, updated)
	require.Equal(t, 1, withoutIndexes)
	require.NoError(t, tx.Rollback(t.Context()))
}
