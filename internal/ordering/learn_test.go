package ordering

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
)

func calzone() uuid.UUID { return uuid.UUID{7} }

// made is one calzone for each duration, begun at noon, UTC.
func made(took ...time.Duration) (all []Made) {
	for _, t := range took {
		all = append(all, Made{MenuItemID: calzone(), Size: menu.Medium, IsPizza: true, Began: noon, Took: t})
	}
	return all
}

func TestHalfWereReadyByThenAndNineInTen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		took := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.IntRange(30_000, 7_200_000).Draw(t, "ms")) * time.Millisecond
		}), 1, 60).Draw(t, "took")
		shuffled := rapid.Permutation(took).Draw(t, "shuffled")

		m := measure(took)

		within := func(seconds int) (n int) {
			for _, d := range took {
				if d <= time.Duration(seconds)*time.Second {
					n++
				}
			}
			return n
		}
		require.Equal(t, len(took), m.Samples)
		require.GreaterOrEqual(t, 2*within(m.Likely), len(took))
		require.Less(t, 2*within(m.Likely-1), len(took), "a second earlier it was less than half")
		require.GreaterOrEqual(t, 10*within(m.Latest), 9*len(took))
		require.Less(t, 10*within(m.Latest-1), 9*len(took))
		require.LessOrEqual(t, m.Likely, m.Latest)
		require.Equal(t, m, measure(shuffled))
	})
	require.Zero(t, measure(nil))
}

func TestWhatNoKitchenCanHaveDoneIsNotLearnedFrom(t *testing.T) {
	t.Parallel()
	const bake = 5 * time.Minute
	for took, possible := range map[time.Duration]bool{
		0: false, bake - time.Second: false, bake: true, bake + time.Second: true,
		2*time.Hour - time.Second: true, 2 * time.Hour: true, 2*time.Hour + time.Second: false,
	} {
		require.Equal(t, possible, made(took)[0].possible(bake), "a pizza in %s", took)
	}
	for took, possible := range map[time.Duration]bool{29 * time.Second: false, 30 * time.Second: true, 31 * time.Second: true} {
		require.Equal(t, possible, Made{Took: took}.possible(bake), "a salad in %s", took)
	}

	learned := learn(append(made(5*time.Second, 9*time.Minute, 3*time.Hour), Made{MenuItemID: uuid.UUID{8}, Size: menu.OneSize}), bake, time.UTC)

	require.Equal(t, []LearnedTime{
		{MenuItemID: calzone(), Size: menu.Medium, Took: Took{540, 540, 1}, ByHour: []HourTook{}, LeftOut: 2},
		{MenuItemID: uuid.UUID{8}, Size: menu.OneSize, ByHour: []HourTook{}, LeftOut: 1},
	}, learned)
}

// However samples are mixed and whatever the clocks show, each counts once, for its own dish and size, and for one hour at most.
func TestEachSampleCountsOnce(t *testing.T) {
	t.Parallel()
	zones := []*time.Location{time.UTC, time.FixedZone("", 5*3_600+1_800), time.FixedZone("", -9*3_600)}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Made {
			return Made{
				MenuItemID: uuid.UUID{rapid.ByteRange(1, 2).Draw(t, "dish")}, Size: rapid.SampledFrom([]menu.Size{menu.Small, menu.Large}).Draw(t, "size"),
				IsPizza: true, Began: noon.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "hours")) * time.Hour),
				Took: time.Duration(rapid.IntRange(4, 12).Draw(t, "minutes")) * time.Minute,
			}
		}), 0, 200).Draw(t, "all")

		learned := learn(all, 5*time.Minute, zone)

		counted := 0
		for _, l := range learned {
			counted += l.Samples + l.LeftOut
			inHours := 0
			for _, h := range l.ByHour {
				require.GreaterOrEqual(t, h.Samples, enoughSamples)
				inHours += h.Samples
				local := noon.In(zone).Hour()
				require.Contains(t, []int{local, (local + 1) % 24, (local + 2) % 24}, h.Hour)
			}
			require.LessOrEqual(t, inHours, l.Samples)
		}
		require.Equal(t, len(all), counted)
		require.True(t, slices.IsSortedFunc(learned, func(a, b LearnedTime) int { return slices.Compare(a.MenuItemID[:], b.MenuItemID[:]) }))
	})
}

// learnedAt is a place where a calzone took 9 minutes, and one in ten up to 12, by so many samples.
func learnedAt(samples int, byHour ...HourTook) Place {
	p := openAlways()
	p.Learned = []LearnedTime{{MenuItemID: calzone(), Size: menu.Medium, Took: Took{540, 720, samples}, ByHour: byHour}}
	return p
}

// ofCalzones is a line of some, which are configured to take 14 minutes, 5 of them in the oven.
func ofCalzones(n int, size menu.Size) Line {
	return Line{MenuItemID: calzone(), Quantity: n, Size: size, IsPizza: true, Preparation: 14 * time.Minute}
}

func TestWhatWasLearnedReplacesWhatIsConfigured(t *testing.T) {
	t.Parallel()
	spread := func(d time.Duration) *time.Duration { return &d }
	one := ofCalzones(1, menu.Medium)
	withOther, withItself := one, one
	withOther.SecondHalf, withItself.SecondHalf = &LineHalf{MenuItemID: uuid.UUID{9}}, &LineHalf{MenuItemID: calzone()}
	quick := learnedAt(20)
	quick.Learned[0].Took = Took{200, 310, 20}
	for name, c := range map[string]struct {
		place  Place
		lines  []Line
		making time.Duration
		spread *time.Duration
	}{
		"with one sample too few, it is as configured": {learnedAt(19), []Line{one}, 9 * time.Minute, nil},
		"with enough, as learned, less what bakes it":  {learnedAt(20), []Line{one}, 4 * time.Minute, spread(3 * time.Minute)},
		"and with more":                                    {learnedAt(21), []Line{one}, 4 * time.Minute, spread(3 * time.Minute)},
		"another size is as configured":                    {learnedAt(20), []Line{ofCalzones(1, menu.Small)}, 6*time.Minute + 45*time.Second, nil},
		"an order of others, too, is as sure as these are": {learnedAt(20), []Line{one, pizzas(1, menu.Medium)}, 10 * time.Minute, nil},
		"two cooks share what is more":                     {learnedAt(20), []Line{ofCalzones(4, menu.Medium)}, 8 * time.Minute, spread(6 * time.Minute)},
		"of two halves both must be known":                 {learnedAt(20), []Line{withOther}, 9 * time.Minute, nil},
		"and then are":                                     {learnedAt(20), []Line{withItself}, 4 * time.Minute, spread(3 * time.Minute)},
		"nothing takes less than no time":                  {quick, []Line{one}, 0, spread(10 * time.Second)},
		"the hour counts where it is known": {
			learnedAt(60, HourTook{11, Took{360, 400, 40}}, HourTook{12, Took{600, 660, 20}}), []Line{one}, 5 * time.Minute, spread(time.Minute),
		},
		"and all hours where it isn't": {learnedAt(60, HourTook{11, Took{360, 400, 40}}), []Line{one}, 4 * time.Minute, spread(3 * time.Minute)},
		"or isn't well enough":         {learnedAt(60, HourTook{12, Took{360, 400, 19}}), []Line{one}, 4 * time.Minute, spread(3 * time.Minute)},
	} {
		w := c.place.work(c.lines, 0, 12)
		require.Equal(t, c.making, w.Making, name)
		require.Equal(t, c.spread, w.Spread, name)
	}
}

func TestAPromiseIsAsSureAsWhatWasLearned(t *testing.T) {
	t.Parallel()
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	full := learnedAt(20)
	full.Promised = []location.Baking{{Begun: true, Batches: []location.Batch{{At: at(3), Pizzas: 2}}}}
	ahead := learnedAt(20)
	ahead.Service.LeadMinutes = 30
	slow := learnedAt(20)
	slow.Learned[0].Latest = 540 + 20*60
	same := learnedAt(20)
	same.Learned[0].Latest = 540
	for name, c := range map[string]struct {
		place          Place
		way            time.Duration
		likely, latest int
		reason         string
	}{
		"as configured, for a slot":                   {learnedAt(19), 0, 14, 29, "It takes 14 minutes."},
		"as learned":                                  {learnedAt(20), 0, 9, 12, "It takes 9 minutes."},
		"all took as long: a minute":                  {same, 0, 9, 10, "It takes 9 minutes."},
		"one in ten took long":                        {slow, 0, 9, 29, "It takes 9 minutes."},
		"nothing was learned of the way":              {learnedAt(20), 20 * time.Minute, 29, 44, "It takes 29 minutes."},
		"but it isn't surer than the kitchen":         {slow, 20 * time.Minute, 29, 49, "It takes 29 minutes."},
		"nor of an oven that is full":                 {full, 0, 13, 28, "The oven is full until 13:08."},
		"what is ordered ahead has its slot, as ever": {ahead, 0, 30, 45, "Orders are taken 30 minutes ahead."},
	} {
		plan, err := c.place.plan([]Line{ofCalzones(1, menu.Medium)}, c.way, nil, noon, new(location.Zones))
		require.NoError(t, err, name)
		require.Equal(t, location.Promise{Likely: at(c.likely), Latest: at(c.latest), Reason: c.reason}, plan.Promise, name)
	}
}

// A promise by what was learned has room for what takes as long as nine in ten, and ends no earlier than it is likely.
func TestLearnedPromisesAreInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		place := learnedAt(rapid.IntRange(enoughSamples-1, enoughSamples+1).Draw(t, "samples"))
		took := &place.Learned[0].Took
		took.Likely = rapid.IntRange(0, 7_200).Draw(t, "likely")
		took.Latest = rapid.IntRange(took.Likely, 7_200).Draw(t, "latest")
		way := time.Duration(rapid.IntRange(0, 30).Draw(t, "way")) * time.Minute
		lines := []Line{ofCalzones(rapid.IntRange(1, 9).Draw(t, "n"), menu.Medium)}

		plan, err := place.plan(lines, way, nil, noon, new(location.Zones))

		require.NoError(t, err)
		require.True(t, plan.Latest.After(plan.Likely))
		if work := place.work(lines, way, noon.Hour()); work.Spread != nil {
			require.False(t, plan.Latest.Before(plan.Likely.Add(*work.Spread)))
			require.GreaterOrEqual(t, *work.Spread, time.Duration(0))
		} else {
			require.Equal(t, enoughSamples-1, took.Samples)
			require.Equal(t, 15*time.Minute, plan.Latest.Sub(plan.Likely))
		}
	})
}

func TestHowLongItTakesIsTheSameAtEachPartOfASecond(t *testing.T) {
	t.Parallel()
	for _, part := range []time.Duration{0, 1, time.Millisecond, time.Second - 1} {
		plan, err := learnedAt(20).plan([]Line{ofCalzones(1, menu.Medium)}, 0, nil, noon.Add(part), new(location.Zones))
		require.NoError(t, err)
		require.Equal(t, "It takes 9 minutes.", plan.Reason, part)
	}
}
