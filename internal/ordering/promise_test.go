package ordering

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

// openAlways is a place with an oven for two pizzas, and two cooks.
func openAlways() Place {
	return Place{
		Calendar: location.Calendar{TimeZone: "Europe/Rome"}, Charges: location.Charges{Currency: "EUR", DeliveryFee: 300, MinimumOrder: 1_000},
		Service: location.DefaultService(Delivery), Kitchen: location.Kitchen{OvenPlaces: 2, BakeSeconds: 300, Cooks: 2, DeliveryMinutes: 20},
	}
}

func pizzas(n int, size menu.Size) Line {
	return Line{Quantity: n, Size: size, IsPizza: true, Preparation: 15 * time.Minute}
}

func TestWhatAnOrderAsksOfTheKitchen(t *testing.T) {
	t.Parallel()
	salad := Line{Quantity: 1, Size: menu.OneSize, Preparation: 4 * time.Minute}
	for name, c := range map[string]struct {
		lines  []Line
		making time.Duration
		pizzas int
	}{
		"a pizza is made and then baked": {[]Line{pizzas(1, menu.Medium)}, 10 * time.Minute, 1},
		"a large one takes longer":       {[]Line{pizzas(1, menu.Large)}, 15 * time.Minute, 1},
		"a small one less":               {[]Line{pizzas(1, menu.Small)}, 7*time.Minute + 30*time.Second, 1},
		"a salad isn't baked":            {[]Line{salad}, 4 * time.Minute, 0},
		"two cooks work side by side":    {[]Line{pizzas(1, menu.Medium), salad}, 10 * time.Minute, 1},
		"and share what is more":         {[]Line{pizzas(4, menu.Medium), salad}, 22 * time.Minute, 4},
	} {
		w := openAlways().work(c.lines, 0, 12)
		require.Equal(t, location.Work{Making: c.making, Pizzas: c.pizzas}, w, name)
	}
}

func TestADeliveryIsChargedAsItsZoneSays(t *testing.T) {
	t.Parallel()
	zone := location.Zone{Fee: 500, MinimumOrder: 2_000, Minutes: 35}
	zoned, outside := openAlways(), openAlways()
	zoned.HasZones, zoned.Zone, outside.HasZones = true, &zone, true

	there, way, err := zoned.deliver(Delivery)
	require.NoError(t, err)
	require.Equal(t, []int64{500, 2_000}, []int64{there.DeliveryFee, there.MinimumOrder})
	require.Equal(t, 35*time.Minute, way)

	anywhere, way, err := openAlways().deliver(Delivery)
	require.NoError(t, err)
	require.Equal(t, []int64{300, 1_000}, []int64{anywhere.DeliveryFee, anywhere.MinimumOrder})
	require.Equal(t, 20*time.Minute, way)

	_, _, err = outside.deliver(Delivery)
	requireCode(t, fault.OutsideDeliveryArea, err)
	_, way, err = outside.deliver(Pickup)
	require.NoError(t, err)
	require.Zero(t, way)
}

// promised is an order of one pizza as its place promises it at noon.
func promised(t *testing.T, how Fulfillment, scheduled *time.Time) *Order {
	t.Helper()
	o := placed(how, payment.Cash)
	o.state.ScheduledFor = scheduled
	place, way, err := openAlways().deliver(how)
	require.NoError(t, err)
	plan, err := place.plan([]Line{pizzas(1, menu.Medium)}, way, scheduled, noon, new(location.Zones))
	require.NoError(t, err)
	o.state.promise(plan)
	o.events[0].Promise = new(o.state.Promise)
	return o
}

func TestAPromiseIsRevisedByWhatHappens(t *testing.T) {
	t.Parallel()
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	evening := at(6 * 60)
	type promise location.Promise
	type step struct {
		action  Action
		at      time.Time
		revised *promise // nil: it stays
	}
	for name, c := range map[string]struct {
		how       Fulfillment
		scheduled *time.Time
		placed    promise
		steps     []step
	}{
		"a pickup in time": {Pickup, nil, promise{at(15), at(30), "It takes 15 minutes."}, []step{
			{StartPreparing, at(0), nil},
			{MarkReady, at(12), &promise{at(12), at(12), "It is ready."}},
			{Complete, at(20), nil},
		}},
		"a kitchen that begins late": {Pickup, nil, promise{at(15), at(30), "It takes 15 minutes."}, []step{
			{StartPreparing, at(10), &promise{at(25), at(40), "The kitchen began later than planned."}},
		}},
		"a delivery": {Delivery, nil, promise{at(35), at(50), "It takes 35 minutes."}, []step{
			{StartPreparing, at(0), nil},
			{MarkReady, at(14), &promise{at(34), at(49), "It is ready, and waits for its driver."}},
			{Dispatch, at(20), &promise{at(40), at(55), "It is on its way."}},
			{Return, at(50), &promise{at(70), at(85), "It is ready, and waits for its driver."}},
		}},
		"a delivery that is ready early": {Delivery, &evening, promise{at(360), at(375), "It is ordered for 19:00."}, []step{
			{StartPreparing, at(10), nil},
			{MarkReady, at(30), &promise{at(360), at(375), "It is ready, and waits for its driver."}},
		}},
	} {
		o := promised(t, c.how, c.scheduled)
		require.Equal(t, c.placed, promise(o.State().Promise), name)
		require.Equal(t, o.State().Promise, *o.Events()[0].Promise, name)

		for _, s := range c.steps {
			before := o.State().Promise
			require.NoError(t, o.Do(s.action, manager, nil, nil, s.at))
			told := o.Events()[len(o.Events())-1].Promise
			if s.revised == nil {
				require.Nil(t, told, "%s: %s", name, s.action)
				require.Equal(t, before, o.State().Promise)
				continue
			}
			require.NotNil(t, told, "%s: %s", name, s.action)
			require.Equal(t, *s.revised, promise(*told), "%s: %s", name, s.action)
			require.Equal(t, *told, o.State().Promise)
		}
	}
}

func TestAnOrderOfAnEarlierVersionHasNoPromiseToRevise(t *testing.T) {
	t.Parallel()
	o := Restore(State{ID: uuid.UUID{1}, Status: Preparing, Details: Details{Fulfillment: Pickup}})
	require.NoError(t, o.Do(MarkReady, manager, nil, nil, noon))
	require.Nil(t, o.Events()[0].Promise)
}
