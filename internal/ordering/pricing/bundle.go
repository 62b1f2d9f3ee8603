package pricing

import (
	"cmp"
	"slices"
)

// bundle takes as many bundles out of the basket as make it cheaper, with the dearest portions that fit in them.
func (o *offer) bundle(lines []configured, step int64) {
	for times := 1; ; times++ {
		taken, ok := fill(o.Reward.Slots, times, lines)
		if !ok {
			return
		}
		of := make([]int64, len(lines))
		var listed int64
		for i, n := range taken {
			of[i] = int64(n) * lines[i].base
			listed += of[i]
		}
		better := offer{Promotion: o.Promotion, lines: make([]int64, len(lines))}
		better.spread(max(listed-int64(times)*o.Reward.Amount, 0), of, step)
		if better.amount <= o.amount { // the next bundle would be of cheaper portions yet
			return
		}
		*o = better
	}
}

// filling is how the slots of some bundles are filled: how many portions of each line are in each slot.
type filling struct {
	fits [][]int // the slots that the portions of a line fit in
	room []int   // in each slot
	in   [][]int // in[slot][line]
}

// fill fills the slots of so many bundles with the dearest portions that fit, and tells how many of each line. It takes the
// dearest portion first and moves others to other slots for it, which is as dear as a filling can be: what may be in slots
// together is a matroid.
func fill(slots []Slot, times int, lines []configured) (taken []int, ok bool) {
	f := filling{fits: make([][]int, len(lines)), in: make([][]int, len(slots)), room: make([]int, len(slots))}
	left := 0
	for s, slot := range slots {
		f.room[s], f.in[s] = slot.Portions*times, make([]int, len(lines))
		left += f.room[s]
		for _, i := range slot.lines(lines) {
			f.fits[i] = append(f.fits[i], s)
		}
	}
	dearest := make([]int, len(lines))
	for i := range dearest {
		dearest[i] = i
	}
	slices.SortStableFunc(dearest, func(i, k int) int { return cmp.Compare(lines[k].base, lines[i].base) })
	taken = make([]int, len(lines))
	for _, i := range dearest {
		for taken[i] < lines[i].Quantity && left > 0 && f.add(i, make([]bool, len(slots))) {
			taken[i]++
			left--
		}
	}
	return taken, left == 0
}

// add puts a portion of a line into a slot, if need be after moving one that is there elsewhere.
func (f *filling) add(line int, tried []bool) bool {
	for _, s := range f.fits[line] {
		if tried[s] {
			continue
		}
		tried[s] = true
		if f.room[s] > 0 {
			f.room[s]--
			f.in[s][line]++
			return true
		}
		for other, n := range f.in[s] {
			if n > 0 && other != line && f.add(other, tried) {
				f.in[s][other]--
				f.in[s][line]++
				return true
			}
		}
	}
	return false
}
