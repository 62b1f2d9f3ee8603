package location

import (
	"cmp"
	"slices"
	"time"
)

// Oven is what of a kitchen's oven is promised from a moment on: never more pizzas at once than it has places.
type Oven struct {
	places int
	bake   time.Duration
	busy   []Batch // in order
}

// Oven returns what is left to do for the oven. What the kitchen has begun with keeps to its times; what it hasn't, though it
// is time, is baked from now on, and puts off whatever comes next.
func (k Kitchen) Oven(promised []Baking, now time.Time) Oven {
	o := Oven{places: k.OvenPlaces, bake: k.Bake()}
	var waiting []Batch
	for _, b := range promised {
		for _, batch := range b.Batches {
			switch {
			case !b.Begun:
				waiting = append(waiting, Batch{later(batch.At, now), batch.Pizzas})
			case batch.At.Add(o.bake).After(now):
				waiting = append(waiting, batch)
			}
		}
	}
	slices.SortStableFunc(waiting, byTime)
	free := make([]time.Time, o.places) // when each place is; they are taken by turns, since those taken first are free first
	turn := 0
	for _, batch := range waiting {
		for range batch.Pizzas {
			at := later(batch.At, free[turn])
			free[turn] = at.Add(o.bake)
			turn = (turn + 1) % o.places
			if n := len(o.busy); n > 0 && o.busy[n-1].At.Equal(at) {
				o.busy[n-1].Pizzas++
			} else {
				o.busy = append(o.busy, Batch{at, 1})
			}
		}
	}
	return o
}

func byTime(a, b Batch) int { return a.At.Compare(b.At) }

// add keeps the batches in order.
func (o *Oven) add(b Batch) {
	i, found := slices.BinarySearchFunc(o.busy, b, byTime)
	if found {
		o.busy[i].Pizzas += b.Pizzas
		return
	}
	o.busy = slices.Insert(o.busy, i, b)
}

// Fit finds the earliest times for pizzas that are ready to be baked at a moment. It returns the batches in order, and when the
// last one is baked: the moment itself if there are no pizzas. Nothing is promised of them.
func (o Oven) Fit(pizzas int, from time.Time) (batches []Batch, baked time.Time) {
	from = wholeSecond(from)
	if pizzas == 0 {
		return nil, from
	}
	o.busy = slices.Clone(o.busy)
	for at := from; ; at = o.nextEnd(at) {
		if n := min(o.places-o.most(at), pizzas); n > 0 {
			o.add(Batch{at, n})
			batches = append(batches, Batch{at, n})
			pizzas -= n
		}
		if pizzas == 0 {
			return batches, at.Add(o.bake)
		}
	}
}

// most returns how many places are taken at most while a pizza is baked that goes in at a moment.
func (o Oven) most(at time.Time) (most int) {
	first, _ := slices.BinarySearchFunc(o.busy, at.Add(-o.bake), func(b Batch, t time.Time) int { return cmp.Or(b.At.Compare(t), -1) })
	taken, out := 0, first // out is the first batch that is still in
	for _, b := range o.busy[first:] {
		if !b.At.Before(at.Add(o.bake)) {
			break
		}
		for ; !o.busy[out].At.Add(o.bake).After(b.At); out++ {
			taken -= o.busy[out].Pizzas
		}
		taken += b.Pizzas
		most = max(most, taken)
	}
	return most
}

// nextEnd returns when a batch comes out next after a moment.
func (o Oven) nextEnd(at time.Time) time.Time {
	i, _ := slices.BinarySearchFunc(o.busy, at.Add(-o.bake), func(b Batch, t time.Time) int { return cmp.Or(b.At.Compare(t), -1) })
	return o.busy[i].At.Add(o.bake)
}

// Baking is how long so many pizzas take if nothing else is to be baked.
func (o Oven) Baking(pizzas int) time.Duration { return time.Duration(o.rounds(pizzas)) * o.bake }

// rounds is how often the oven is filled for so many pizzas.
func (o Oven) rounds(pizzas int) int { return (pizzas + o.places - 1) / o.places }

func wholeSecond(at time.Time) time.Time {
	if whole := at.Truncate(time.Second); whole.Before(at) {
		return whole.Add(time.Second)
	}
	return at
}
