package readmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What a feature's migration would hold.
const (
	ingredientUse = `
		CREATE VIEW public.ingredient_use_source AS
		SELECT
			g.id,
			g.name,
			l.on_hand - l.reserved AS available,
			(
				SELECT json_agg(json_build_object('item', m.name, 'quantity', r.quantity) ORDER BY m.id)
				FROM public.recipes AS r
				JOIN public.menu_items AS m ON m.id = r.menu_item_id
				WHERE r.ingredient_id = g.id AND m.archived_at IS NULL
			) AS used_by
		FROM public.ingredients AS g
		JOIN public.stock_levels AS l ON l.ingredient_id = g.id;

		SELECT readmodel.create_row_model('ingredient_use', 'public.ingredients', 'id');
		SELECT readmodel.watch('ingredient_use', 'public.ingredients', 'row.id');
		SELECT readmodel.watch('ingredient_use', 'public.stock_levels', 'row.ingredient_id');
		SELECT readmodel.watch('ingredient_use', 'public.recipes', 'row.ingredient_id',
			claim => readmodel.claim('public.menu_items', 'id', 'row.menu_item_id'));
		SELECT readmodel.watch('ingredient_use', 'public.menu_items',
			'SELECT r.ingredient_id FROM public.recipes AS r WHERE r.menu_item_id = row.id ORDER BY 1')`

	dailyTakings = `
		CREATE VIEW public.daily_takings_source AS
		SELECT (o.placed_at AT TIME ZONE 'UTC')::date AS day, p.method, count(*) AS lines, sum(o.total_cents)::bigint AS total_cents
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id
		WHERE o.is_sale AND p.status = 'CAPTURED'
		GROUP BY 1, 2;

		SELECT readmodel.create_sum_model('daily_takings', ARRAY['day', 'method']);
		SELECT readmodel.watch_sum('daily_takings', 'public.orders', condition => 'row.is_sale');
		SELECT readmodel.watch_sum('daily_takings', 'public.payments',
			claim => readmodel.claim('public.orders', 'id', 'row.order_id'), condition => 'row.status = ''CAPTURED''')`
)

func TestANewModelIsOneDefinitionAndOneRegistration(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	forStorms(t, db)

	run(t, db.Pool, ingredientUse, dailyTakings)

	requireExact(t, db)
	storm(t, db, 4*time.Second)
}

// Postgres records which columns a definition reads, but not that it reads them all.
func TestADefinitionThatTakesRowsAsAWhole(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	run(t, db.Pool, `
		CREATE TABLE public.notes (id integer PRIMARY KEY, weight numeric, body json);
		INSERT INTO public.notes (id, weight, body) VALUES (1, 1.0, '{}');
		CREATE VIEW public.note_source AS SELECT n.id, to_json(n) AS document FROM public.notes AS n;
		SELECT readmodel.create_row_model('note', 'public.notes', 'id');
		SELECT readmodel.watch('note', 'public.notes', 'row.id')`)

	for _, change := range []string{
		"UPDATE public.notes SET weight = 1.00", // equal, but not the same text
		"UPDATE public.notes SET body = '{ }'",  // json has no equality
	} {
		run(t, db.Pool, change)
		requireExact(t, db)
	}

	before := rowTexts(t, db, "SELECT xid FROM public.note_fresh")
	run(t, db.Pool, "UPDATE public.notes SET weight = weight")
	require.Equal(t, before, rowTexts(t, db, "SELECT xid FROM public.note_fresh"), "nothing changed, nothing computed")
}
