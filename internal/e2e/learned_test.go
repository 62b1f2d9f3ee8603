package e2e_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type learnedTime struct {
	Size              string
	Hour              *int
	LikelySeconds     *int
	LatestSeconds     *int
	Samples, LeftOut  int
	ConfiguredSeconds int
	Counts            bool
}

func (p *person) learnedTimes(location, dish string) []learnedTime {
	p.Helper()
	return ask[struct{ LearnedTimes []learnedTime }](p, `query($at: ID, $dish: ID!) { learnedTimes(locationId: $at, menuItemId: $dish) {
		size hour likelySeconds latestSeconds samples leftOut configuredSeconds counts
	} }`, vars{"at": location, "dish": dish}).LearnedTimes
}

// learned writes what nobody has to be patient for: how long a dish took at a location, by so many samples.
func (s *shop) learned(location, dish, size string, samples int) {
	s.Helper()
	s.run(`
		INSERT INTO public.learning_due (location_id, due_at) VALUES ($1, now() + interval '1 day')
		ON CONFLICT (location_id) DO UPDATE SET due_at = excluded.due_at`, location)
	s.run(`
		INSERT INTO public.learned_times (location_id, menu_item_id, size, likely_seconds, latest_seconds, samples, left_out, by_hour, learned_at)
		VALUES ($1, $2, $3, 540, 720, $4, 0, '[]', now())`, location, dish, size, samples)
}

// history has a kitchen make a dish in the last weeks, each time as a whole order, that took so many seconds. No two are begun
// in the same hour of a day.
func (s *shop) history(customer *person, location, dish string, seconds ...int) {
	s.Helper()
	require.LessOrEqual(s, len(seconds), 24)
	s.run(`
		WITH made AS (
			SELECT gen_random_uuid() AS id, m.took * interval '1 second' AS took, now() - interval '20 days' + m.n * interval '1 hour' AS began
			FROM unnest($4::integer[]) WITH ORDINALITY AS m (took, n)
		),
		placed AS (
			INSERT INTO public.orders (
				id, location_id, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents, delivery_fee_cents, tax_cents,
				tip_cents, total_cents, currency, placed_at
			)
			SELECT m.id, $2, 4, 'READY', 'PICKUP', $1, 'Ada', 900, 0, 0, 0, 0, 900, l.currency, m.began - interval '5 minutes'
			FROM made AS m
			JOIN public.locations AS l ON l.id = $2
		),
		sold AS (
			INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents, is_pizza)
			SELECT m.id, 1, gen_random_uuid(), $3, 'Calzone', 'Pizza', 'MEDIUM', 1, 900, 900, true
			FROM made AS m
		),
		paid AS (
			INSERT INTO public.payments (id, order_id, method, status, amount_cents)
			SELECT gen_random_uuid(), m.id, 'CASH', 'PENDING', 900
			FROM made AS m
		)
		INSERT INTO public.events (at, stream, stream_id, location_id, version, type, from_state, to_state, payload, actor_role)
		SELECT e.at, 'ORDER', m.id, $2, e.version, e.type, e.from_state, e.to_state, '{"payment": {"status": "PENDING", "refunded": 0}}', 'SYSTEM'
		FROM made AS m
		CROSS JOIN LATERAL (VALUES
			(1, 'PLACED', NULL, 'PENDING', m.began - interval '5 minutes'),
			(2, 'CONFIRMED', 'PENDING', 'CONFIRMED', m.began - interval '5 minutes'),
			(3, 'PREPARATION_STARTED', 'CONFIRMED', 'PREPARING', m.began),
			(4, 'READY', 'PREPARING', 'READY', m.began + m.took)
		) AS e (version, type, from_state, to_state, at)`, customer.id, location, dish, seconds)
}

// learnNow has another server come, which learns at once of all that are due.
func (s *shop) learnNow() {
	s.Helper()
	var began time.Time
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT clock_timestamp()`).Scan(&began))
	s.run(`DELETE FROM public.learning_due`)
	another := s.serve(s.config)
	defer another.stop()
	require.Eventually(s, func() bool {
		var done bool
		require.NoError(s, s.db.Pool.QueryRow(s.Context(), `
			SELECT bool_and(t.learned_at >= $1) IS TRUE AND NOT EXISTS (
				SELECT FROM public.locations AS l WHERE l.learn_times AND l.id NOT IN (SELECT d.location_id FROM public.learning_due AS d)
			)
			FROM public.learned_times AS t`, began).Scan(&done))
		return done
	}, soon, 20*time.Millisecond)
}

// expected is what a preview promises of one portion.
func (p *person) expected(location, dish string) promise {
	p.Helper()
	told := ask[struct{ PreviewOrder struct{ Promise *promise } }](p, `query($in: QuoteOrderInput!) { previewOrder(input: $in) {
		promise { likely latest reason }
	} }`, vars{"in": vars{
		"locationId": location, "fulfillment": "PICKUP", "items": []vars{{"menuItemId": dish, "size": "MEDIUM", "quantity": 1}},
	}}).PreviewOrder.Promise
	require.NotNil(p, told)
	return *told
}

func TestPromisesGoByHowLongDishesReallyTook(t *testing.T) {
	s := open(t)
	c := openChain(s)
	ada := s.signUp("ada")
	dish := c.chief.createItem(vars{
		"name": "Calzone", "category": "Pizza", "isPizza": true, "preparationMinutes": 14, "prices": []vars{{"size": "MEDIUM", "price": 900}},
	}).Item.ID
	manager := c.locals["manager"]
	require.Equal(t, []learnedTime{{Size: "MEDIUM", ConfiguredSeconds: 840}}, manager.learnedTimes(c.here, dish), "nobody has made any")
	minutes := func(n, each int) []int { return slices.Repeat([]int{60 * each}, n) }

	// One sample too few, and bumps on the screen that no oven allows for.
	s.history(ada, c.here, dish, append(minutes(12, 9), minutes(7, 12)...)...)
	s.history(ada, c.here, dish, append(slices.Repeat([]int{3}, 20), minutes(2, 180)...)...)
	s.learnNow()

	require.Equal(t, []learnedTime{{
		Size: "MEDIUM", LikelySeconds: new(540), LatestSeconds: new(720), Samples: 19, LeftOut: 22, ConfiguredSeconds: 840,
	}}, manager.learnedTimes(c.here, dish))
	told := ada.expected(c.here, dish)
	require.Equal(t, "It takes 14 minutes.", told.Reason)
	require.Equal(t, 15*time.Minute, told.Latest.Sub(told.Likely))

	// One more is enough: for previews and orders alike, and at this location alone.
	s.history(ada, c.here, dish, minutes(1, 12)...)
	s.learnNow()

	require.Equal(t, []learnedTime{{
		Size: "MEDIUM", LikelySeconds: new(540), LatestSeconds: new(720), Samples: 20, LeftOut: 22, ConfiguredSeconds: 840, Counts: true,
	}}, manager.learnedTimes(c.here, dish))
	told = ada.expected(c.here, dish)
	require.Equal(t, "It takes 9 minutes.", told.Reason)
	require.Equal(t, 3*time.Minute, told.Latest.Sub(told.Likely))
	c.menu["Calzone"] = dish
	order := c.chief.placed(c.pickup(portion{"Calzone", "MEDIUM", 1}).with("locationId", c.here))
	require.Equal(t, "It takes 9 minutes.", order.Promise.Reason)
	require.Equal(t, 3*time.Minute, order.Promise.Latest.Sub(order.Promise.Likely))
	require.Equal(t, "It takes 14 minutes.", ada.expected(c.there, dish).Reason)
	require.Equal(t, []learnedTime{{Size: "MEDIUM", ConfiguredSeconds: 840}}, c.chief.learnedTimes(c.there, dish))

	// Whoever manages all locations may do without.
	require.Empty(t, c.chief.updateLocation(vars{"id": c.here, "kitchen": vars{"learnTimes": false}}).UserErrors)

	require.Equal(t, "It takes 14 minutes.", ada.expected(c.here, dish).Reason)
	require.False(t, manager.learnedTimes(c.here, dish)[0].Counts)
	require.Equal(t, 20, manager.learnedTimes(c.here, dish)[0].Samples)
}

func TestLearnedTimesAreForTheManagersOfTheLocation(t *testing.T) {
	s := open(t)
	c := openChain(s)
	document := `query($at: ID) { learnedTimes(locationId: $at, menuItemId: "` + s.menu["Margherita"] + `") { samples } }`
	require.NotContains(t, c.locals["manager"].do(document, vars{"at": c.here}).body, "errors")
	for name, p := range map[string]*person{"manager": c.locals["manager"], "cook": c.locals["cook"]} {
		require.Equal(t, "FORBIDDEN", p.do(document, vars{"at": c.there}).code(), name)
	}
	require.Equal(t, "FORBIDDEN", c.locals["cook"].do(document, vars{"at": c.here}).code())
	require.Equal(t, "BAD_USER_INPUT", c.chief.do(document, nil).code(), "there are two")
	require.Empty(t, c.chief.learnedTimes(c.here, c.there), "no such dish")
}
