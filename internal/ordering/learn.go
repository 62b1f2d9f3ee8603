package ordering

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
)

// Made is a portion that was a whole order, so that how long the order took in the kitchen is how long the portion took.
type Made struct {
	MenuItemID uuid.UUID
	Size       menu.Size
	IsPizza    bool
	Began      time.Time
	Took       time.Duration
}

const (
	// learnedFor is for how long a sample counts: kitchens, cooks and recipes change.
	learnedFor = 28 * 24 * time.Hour
	// quickest is what the hands take at least for anything, and slowest what nobody waits for: the order was forgotten on the
	// screen.
	quickest = 30 * time.Second
	slowest  = 2 * time.Hour
)

// possible tells whether a kitchen can have taken so long. A pizza that is ready before it can be baked was told to be begun too
// late, or to be ready too early; who learns from that promises what can't be kept.
func (m Made) possible(bake time.Duration) bool {
	least := quickest
	if m.IsPizza {
		least = bake
	}
	return m.Took >= least && m.Took <= slowest
}

// samples are how long one dish took in one size.
type samples struct {
	took    []time.Duration
	byHour  map[int][]time.Duration
	leftOut int
}

// learn tells how long each dish took in each size, in order, of a kitchen that bakes for so long, by the clocks of a zone.
func learn(made []Made, bake time.Duration, zone *time.Location) []LearnedTime {
	type dish struct {
		id   uuid.UUID
		size menu.Size
	}
	all := map[dish]*samples{}
	for _, m := range made {
		of := all[dish{m.MenuItemID, m.Size}]
		if of == nil {
			of = &samples{byHour: map[int][]time.Duration{}}
			all[dish{m.MenuItemID, m.Size}] = of
		}
		if !m.possible(bake) {
			of.leftOut++
			continue
		}
		hour := m.Began.In(zone).Hour()
		of.took, of.byHour[hour] = append(of.took, m.Took), append(of.byHour[hour], m.Took)
	}
	learned := make([]LearnedTime, 0, len(all))
	for d, of := range all {
		learned = append(learned, LearnedTime{MenuItemID: d.id, Size: d.size, Took: measure(of.took), ByHour: hours(of.byHour), LeftOut: of.leftOut})
	}
	slices.SortFunc(learned, func(a, b LearnedTime) int {
		return cmp.Or(slices.Compare(a.MenuItemID[:], b.MenuItemID[:]), strings.Compare(string(a.Size), string(b.Size)))
	})
	return learned
}

// hours lists the hours that have samples enough.
func hours(byHour map[int][]time.Duration) []HourTook {
	known := []HourTook{}
	for hour, took := range byHour {
		if h := (HourTook{hour, measure(took)}); h.Enough() {
			known = append(known, h)
		}
	}
	slices.SortFunc(known, func(a, b HourTook) int { return cmp.Compare(a.Hour, b.Hour) })
	return known
}

// measure finds the times within which half of the samples and nine in ten of them were ready, each of them a sample, in whole
// seconds.
func measure(took []time.Duration) Took {
	if len(took) == 0 {
		return Took{}
	}
	took = slices.Sorted(slices.Values(took))
	within := func(tenths int) int {
		d := took[(len(took)*tenths+9)/10-1]
		return int((d + time.Second - 1) / time.Second)
	}
	return Took{Likely: within(5), Latest: within(9), Samples: len(took)}
}
