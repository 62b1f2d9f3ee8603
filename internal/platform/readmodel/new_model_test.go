package readmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What a feature's files would hold.
const (
	ingredientUse = `/* Which dishes use an ingredient.

kind: row
root: public.ingredients
key: id
follows:
  - table: public.ingredients
    keys: row.id
  - table: public.stock_levels
    keys: row.ingredient_id
  - table: public.recipes
    keys: row.ingredient_id
    claim: {table: public.menu_items, key: id, by: row.menu_item_id}
  - table: public.menu_items
    keys: SELECT r.ingredient_id FROM public.recipes AS r WHERE r.menu_item_id = row.id ORDER BY 1
*/
SELECT
	g.id,
	g.name,
	(SELECT sum(l.on_hand - l.reserved)::bigint FROM public.stock_levels AS l WHERE l.ingredient_id = g.id) AS available,
	(
		SELECT json_agg(json_build_object('item', m.name, 'quantity', r.quantity) ORDER BY m.id)
		FROM public.recipes AS r
		JOIN public.menu_items AS m ON m.id = r.menu_item_id
		WHERE r.ingredient_id = g.id AND m.archived_at IS NULL
	) AS used_by
FROM public.ingredients AS g;
`

	dailyTakings = `/* What was taken, by day and method.

kind: sum
dimensions: [day, method]
follows:
  - table: public.orders
    condition: row.is_sale
  - table: public.payments
    claim: {table: public.orders, key: id, by: row.order_id}
    condition: row.status = 'CAPTURED'
*/
SELECT (o.placed_at AT TIME ZONE 'UTC')::date AS day, p.method, count(*) AS lines, sum(o.total_cents)::bigint AS total_cents
FROM public.orders AS o
JOIN public.payments AS p ON p.order_id = o.id
WHERE o.is_sale AND p.status = 'CAPTURED'
GROUP BY 1, 2;
`
)

func TestANewModelIsOneFile(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	prepareStress(t, db)

	build(t, db, map[string]string{"ingredient_use": ingredientUse, "daily_takings": dailyTakings})

	requireExact(t, db)
	stress(t, db, 4*time.Second)
}

// Postgres records which columns a definition reads, but not that it reads them all.
func TestADefinitionThatTakesRowsAsAWhole(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	run(t, db.Pool, "CREATE TABLE public.notes (id integer PRIMARY KEY, weight numeric, body json)",
		"INSERT INTO public.notes (id, weight, body) VALUES (1, 1.0, '{}')")
	build(t, db, map[string]string{"note": `/* Notes.

kind: row
root: public.notes
key: id
follows:
  - table: public.notes
    keys: row.id
*/
SELECT n.id, to_json(n) AS document FROM public.notes AS n`})

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
