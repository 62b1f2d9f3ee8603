package orderstore_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/pgtest"
)

// kitchen is a location that has made orders, and what is sold there.
type kitchen struct {
	*pgtest.Database
	store *orderstore.Store
	at    uuid.UUID
	dish  uuid.UUID
}

func newKitchen(t *testing.T) *kitchen {
	t.Helper()
	db := pgtest.New(t)
	k := &kitchen{Database: db, store: orderstore.New(db.Gorm), at: db.AddLocation(t, "USD"), dish: uuid.New()}
	k.run(t, `
		INSERT INTO public.menu_items (id, name, description, category, is_available, preparation_minutes, version, created_at, updated_at, is_pizza)
		VALUES ($1, 'Calzone', '', 'Pizza', true, 14, 1, now(), now(), true)`, k.dish)
	k.run(t, `INSERT INTO public.customers (id, name, created_at) VALUES ('00000000-0000-4000-8000-000000000001', 'Anna', now())`)
	return k
}

func (k *kitchen) run(t *testing.T, statement string, arguments ...any) {
	t.Helper()
	_, err := k.Pool.Exec(t.Context(), statement, arguments...)
	require.NoError(t, err)
}

// made writes orders of so many lines of so many portions, which were begun one a minute before a moment, and took 9 minutes.
func (k *kitchen) made(t *testing.T, orders, lines, portions int, until time.Time, secondHalf *string) {
	t.Helper()
	k.run(t, `ALTER TABLE public.orders DISABLE TRIGGER USER; ALTER TABLE public.order_items DISABLE TRIGGER USER`)
	k.run(t, `
		WITH made AS (
			SELECT gen_random_uuid() AS id, $4::timestamptz - n * interval '1 minute' AS began
			FROM generate_series(1, $1::integer) AS n
		),
		placed AS (
			INSERT INTO public.orders
				(id, location_id, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents, delivery_fee_cents,
				 tax_cents, tip_cents, total_cents, currency, placed_at)
			SELECT m.id, $5, 4, 'PICKED_UP', 'PICKUP', '00000000-0000-4000-8000-000000000001', 'Anna', 0, 0, 0, 0, 0, 0, 'USD', m.began
			FROM made AS m
		),
		sold AS (
			INSERT INTO public.order_items
				(order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents, is_pizza, second_half)
			SELECT m.id, line, gen_random_uuid(), $6, 'Calzone', 'Pizza', 'MEDIUM', $3, 0, 0, true, $7::jsonb
			FROM made AS m
			CROSS JOIN generate_series(1, $2::integer) AS line
		)
		INSERT INTO public.events (at, stream, stream_id, location_id, version, type, payload, actor_role)
		SELECT m.began + e.later * interval '1 minute', 'ORDER', m.id, $5, e.version, e.type, '{}', 'COOK'
		FROM made AS m
		CROSS JOIN (VALUES (1, 'PLACED', 0), (2, 'CONFIRMED', 0), (3, 'PREPARATION_STARTED', 0), (4, 'READY', 9), (5, 'PICKED_UP', 30)) AS e (version, type, later)`,
		orders, lines, portions, until, k.at, k.dish, secondHalf)
}

func TestSamplesAreOrdersOfOnePortionOfTheLastWeeks(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	half := `{"menuItemId": "00000000-0000-4000-8000-000000000002", "name": "Other", "options": []}`
	k.made(t, 3, 1, 1, noon, nil)
	k.made(t, 3, 2, 1, noon, nil)
	k.made(t, 3, 1, 2, noon, nil)
	k.made(t, 3, 1, 1, noon, &half)
	k.made(t, 3, 1, 1, noon.Add(-30*24*time.Hour), nil)

	all, err := k.store.Made(t.Context(), k.at, noon.Add(-28*24*time.Hour), 1_000)

	require.NoError(t, err)
	require.Len(t, all, 3)
	for _, m := range all {
		require.Equal(t, ordering.Made{MenuItemID: k.dish, Size: menu.Medium, IsPizza: true, Began: m.Began, Took: 9 * time.Minute}, m)
	}
	elsewhere, err := k.store.Made(t.Context(), k.AddLocation(t, "EUR"), noon.Add(-28*24*time.Hour), 1_000)
	require.NoError(t, err)
	require.Empty(t, elsewhere)
}

// A kitchen of years is learned of from its last weeks, and from no more of its orders than are asked for.
func TestLearningReadsNoMoreThanItIsAskedTo(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	k.made(t, 4_000, 1, 1, noon, nil)
	k.run(t, `ANALYZE public.events, public.order_items`)
	tx := k.Gorm.Begin()
	defer tx.Rollback()

	all, err := orderstore.New(tx).Made(t.Context(), k.at, noon.Add(-28*24*time.Hour), 1_100)

	require.NoError(t, err)
	require.Len(t, all, 1_100)
	began := map[time.Time]bool{}
	for _, m := range all {
		began[m.Began.UTC()] = true
	}
	require.Len(t, began, 1_100, "each once, over two pages")
	require.True(t, began[noon.Add(-time.Minute)] && began[noon.Add(-1_100*time.Minute)], "the newest")
	var read int
	require.NoError(t, tx.Raw(`
		SELECT s.seq_tup_read + s.idx_tup_fetch
		FROM pg_catalog.pg_stat_xact_user_tables AS s
		WHERE s.relid = 'public.events'::regclass`).Scan(&read).Error)
	require.Less(t, read, 1_100*7, "the orders asked for, with some five events each")
}

func TestWhatWasLearnedIsReadWithTheLocation(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	learned := ordering.LearnedTime{
		MenuItemID: k.dish, Size: menu.Medium, Took: ordering.Took{Likely: 540, Latest: 720, Samples: 60},
		ByHour: []ordering.HourTook{{Hour: 18, Took: ordering.Took{Likely: 700, Latest: 900, Samples: 25}}},
	}
	require.NoError(t, k.store.SaveLearned(t.Context(), k.at, []ordering.LearnedTime{{MenuItemID: k.dish, Size: menu.Large, ByHour: []ordering.HourTook{}}}, noon))
	require.NoError(t, k.store.SaveLearned(t.Context(), k.at, []ordering.LearnedTime{learned}, noon), "which takes the place of what was learned before")
	read := func(dishes ...uuid.UUID) []ordering.LearnedTime {
		place, err := k.store.Place(t.Context(), ordering.Destination{LocationID: &k.at, Fulfillment: ordering.Pickup, Dishes: dishes})
		require.NoError(t, err)
		return place.Learned
	}

	require.Equal(t, []ordering.LearnedTime{learned}, read(uuid.New(), k.dish))
	require.Empty(t, read(uuid.New()))
	require.Empty(t, read())
	k.run(t, `UPDATE public.locations SET learn_times = false`)
	require.Empty(t, read(k.dish))
}

func TestALocationIsLearnedOfOnceInAnHour(t *testing.T) {
	t.Parallel()
	k := newKitchen(t)
	unwilling := k.AddLocation(t, "EUR")
	k.run(t, `UPDATE public.locations SET learn_times = false WHERE id = $1`, unwilling)
	claim := func(now time.Time) []uuid.UUID {
		var claimed []uuid.UUID
		var lock sync.Mutex
		var servers sync.WaitGroup
		for range 8 {
			servers.Go(func() {
				kitchen, err := k.store.ClaimLearning(context.WithoutCancel(t.Context()), now, now.Add(time.Hour))
				if assert.NoError(t, err) && kitchen != nil {
					lock.Lock()
					defer lock.Unlock()
					claimed = append(claimed, kitchen.LocationID)
					assert.Equal(t, ordering.LearningKitchen{
						LocationID: k.at, Calendar: location.Calendar{TimeZone: kitchen.TimeZone, DayEndsAt: kitchen.DayEndsAt}, Bake: 5 * time.Minute,
					}, *kitchen)
				}
			})
		}
		servers.Wait()
		return claimed
	}
	require.Len(t, claim(noon), 1)
	require.Empty(t, claim(noon.Add(time.Hour-time.Second)))
	require.Len(t, claim(noon.Add(time.Hour)), 1)
	require.Empty(t, claim(noon.Add(time.Hour+time.Second)))
}
