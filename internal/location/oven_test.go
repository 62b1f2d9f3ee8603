package location

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/platform/fault"
)

// full promises all places of the default oven from a moment on, so many times.
func full(from time.Time, rounds int) Baking {
	b := Baking{Begun: true}
	for i := range rounds {
		b.Batches = append(b.Batches, Batch{from.Add(time.Duration(i) * DefaultKitchen().Bake()), DefaultKitchen().OvenPlaces})
	}
	return b
}

func TestAPromiseSaysWhatDecidesIt(t *testing.T) {
	t.Parallel()
	now := at(t, "2026-06-11 18:30:00")
	onePizza := Work{Making: 7 * time.Minute, Pizzas: 1}
	for name, c := range map[string]struct {
		lead     int
		work     Work
		promised []Baking
		likely   string
		reason   string
	}{
		"the work":                {0, onePizza, nil, "18:42", "It takes 12 minutes."},
		"the work and the way":    {0, Work{Making: 7 * time.Minute, Pizzas: 1, Way: 20 * time.Minute}, nil, "19:02", "It takes 32 minutes."},
		"no pizza":                {0, Work{Making: time.Minute}, []Baking{full(now, 4)}, "18:31", "It takes a minute."},
		"lead time":               {40, onePizza, nil, "19:10", "Orders are taken 40 minutes ahead."},
		"the oven":                {0, onePizza, []Baking{full(now, 4)}, "18:55", "The oven is full until 18:50."},
		"the oven, for a part":    {0, Work{Making: 7 * time.Minute, Pizzas: 8}, nil, "18:47", "It takes 17 minutes."},
		"an oven that is free by": {0, onePizza, []Baking{full(now, 1)}, "18:42", "It takes 12 minutes."},
	} {
		s := eveningService()
		s.LeadMinutes = c.lead

		plan, err := s.planner(t, now, c.promised...).Soonest(c.work)

		require.NoError(t, err, name)
		require.Equal(t, at(t, "2026-06-11 "+c.likely+":00"), plan.Likely, name)
		require.Equal(t, plan.Likely.Add(15*time.Minute), plan.Latest, name)
		require.Equal(t, c.reason, plan.Reason, name)
	}
}

func TestASlotIsFreeAsLongAsTheOvenReaches(t *testing.T) {
	t.Parallel()
	now, slot := at(t, "2026-06-11 18:00:00"), at(t, "2026-06-11 19:00:00")
	busy := full(slot.Add(-20*time.Minute), 6) // until 19:10
	eighteen := Work{Making: 7 * time.Minute, Pizzas: 18}

	one, err := eveningService().planner(t, now, busy).Scheduled(Work{Making: 7 * time.Minute, Pizzas: 1}, slot)
	require.NoError(t, err, "it is baked at 19:15, with the slot")
	_, err = eveningService().planner(t, now, busy).Scheduled(eighteen, slot)

	require.Equal(t, slot.Add(15*time.Minute), one.Likely)
	refusal, _ := fault.As(err)
	require.Equal(t, fault.SlotUnavailable, refusal.Code)
	require.Equal(t, "The oven is full until 19:20.", refusal.Message)
	require.Equal(t, at(t, "2026-06-11 19:15:00"), refusal.Details.NextSlot.Start)
	alone, err := eveningService().planner(t, now).Scheduled(eighteen, slot)
	require.NoError(t, err)
	require.Equal(t, slot, alone.Likely, "neither late nor cold")
	require.Equal(t, slot.Add(-15*time.Minute), alone.Batches[0].At)
}

func TestWhatTheKitchenHasNotBegunInTimePutsOffTheRest(t *testing.T) {
	t.Parallel()
	now := at(t, "2026-06-11 18:30:00")
	late, next := full(now.Add(-20*time.Minute), 1), full(now.Add(time.Minute), 1)
	late.Begun, next.Begun = false, false

	_, baked := DefaultKitchen().Oven([]Baking{next, late}, now).Fit(1, now)
	require.Equal(t, now.Add(15*time.Minute), baked)

	late.Begun = true // and done by now
	_, baked = DefaultKitchen().Oven([]Baking{next, late}, now).Fit(1, now)
	require.Equal(t, now.Add(11*time.Minute), baked)
}

// However orders come, the oven is never promised for more pizzas than it has places, and no pizza could be baked earlier.
func TestTheOvenIsNeverPromisedTwice(t *testing.T) {
	t.Parallel()
	now := at(t, "2026-06-11 18:00:00")
	rapid.Check(t, func(t *rapid.T) {
		k := Kitchen{OvenPlaces: rapid.IntRange(1, 5).Draw(t, "places"), BakeSeconds: rapid.SampledFrom([]int{20, 30, 100}).Draw(t, "bake")}
		var promised []Baking
		taken := map[time.Time]int{} // by second
		for range rapid.IntRange(1, 12).Draw(t, "orders") {
			from := now.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "from")) * time.Second)
			pizzas := rapid.IntRange(0, 12).Draw(t, "pizzas")

			batches, baked := k.Oven(promised, now).Fit(pizzas, from)

			slow, end := bakeSlowly(k, taken, pizzas, from)
			require.Equal(t, end, baked)
			require.Equal(t, slow, batches)
			promised = append(promised, Baking{Begun: rapid.Bool().Draw(t, "begun"), Batches: batches})
		}
	})
}

// bakeSlowly looks at each second for one pizza after the other.
func bakeSlowly(k Kitchen, taken map[time.Time]int, pizzas int, from time.Time) (batches []Batch, baked time.Time) {
	baked = from
	for range pizzas {
		at := from
		for room := false; !room; {
			room = true
			for s := range k.BakeSeconds {
				room = room && taken[at.Add(time.Duration(s)*time.Second)] < k.OvenPlaces
			}
			if !room {
				at = at.Add(time.Second)
			}
		}
		for s := range k.BakeSeconds {
			taken[at.Add(time.Duration(s)*time.Second)]++
		}
		if n := len(batches); n > 0 && batches[n-1].At.Equal(at) {
			batches[n-1].Pizzas++
		} else {
			batches = append(batches, Batch{at, 1})
		}
		baked = at.Add(k.Bake())
	}
	return batches, baked
}
