package events

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The log in memory: transactions that take ids and positions when they write and show them when they commit, in any
// order, and a reader that looks with page at any time.
type history struct {
	nextXID  uint64
	position int64
	open     map[uint64][]Recorded
	shown    []Recorded // committed, in the order of commits
}

func (h *history) write(xid uint64) {
	h.position++
	h.open[xid] = append(h.open[xid], Recorded{XID: xid, Position: h.position})
}

func (h *history) moment() moment {
	now := moment{snapshot: Snapshot{xmin: h.nextXID, xmax: h.nextXID}}
	for xid := range h.open {
		now.snapshot.running = append(now.snapshot.running, xid)
	}
	slices.Sort(now.snapshot.running)
	if len(now.snapshot.running) > 0 {
		now.snapshot.xmin = now.snapshot.running[0]
	}
	for _, e := range h.shown {
		now.newest = max(now.newest, e.XID)
	}
	return now
}

// read does what the statement does.
func (h *history) read(after Cursor, limit int) Batch {
	var rows []Recorded
	for _, e := range h.shown {
		if !after.Includes(e) && (!after.within() || after.batch.Visible(e.XID)) {
			rows = append(rows, e)
		}
	}
	slices.SortFunc(rows, func(a, b Recorded) int { return int(a.Position - b.Position) })
	return page(after, h.moment(), rows[:min(len(rows), limit)], limit)
}

func (h *history) readAll(after Cursor, limit int) []Recorded {
	var all []Recorded
	for more := true; more; {
		batch := h.read(after, limit)
		all = append(all, batch.Events...)
		after, more = batch.Next, batch.More
	}
	return all
}

func (h *history) step(t *rapid.T) {
	ids := make([]uint64, 0, len(h.open))
	for xid := range h.open {
		ids = append(ids, xid)
	}
	slices.Sort(ids)
	switch what := rapid.IntRange(0, 5).Draw(t, "what"); {
	case what <= 1 || len(ids) == 0:
		h.open[h.nextXID] = nil
		h.nextXID++
	case what <= 3:
		h.write(rapid.SampledFrom(ids).Draw(t, "writes"))
	case what == 4:
		xid := rapid.SampledFrom(ids).Draw(t, "commits")
		h.shown = append(h.shown, h.open[xid]...)
		delete(h.open, xid)
	default:
		delete(h.open, rapid.SampledFrom(ids).Draw(t, "rolls back"))
	}
}

func TestPagesGiveEachEventOnceFromEveryCursor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := &history{nextXID: 100, open: map[uint64][]Recorded{}}
		start := h.moment().cursor()
		cursor, read := start, []Recorded{}
		joined := []Cursor{}
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			h.step(t)
			if rapid.IntRange(0, 3).Draw(t, "reads") == 0 {
				batch := h.read(cursor, rapid.IntRange(1, 4).Draw(t, "limit"))
				read, cursor = append(read, batch.Events...), batch.Next
			}
			joined = append(joined, h.moment().cursor())
		}
		for more := true; more; {
			batch := h.read(cursor, 3)
			read, cursor, more = append(read, batch.Events...), batch.Next, batch.More
		}

		require.ElementsMatch(t, positions(h.shown), positions(read), "each event once")
		for i, e := range read {
			rest := h.readAll(e.Cursor, 2)
			require.ElementsMatch(t, positions(read[i+1:]), positions(rest), "from the cursor of event %d", i)
		}
		for _, j := range joined {
			seen := positions(h.shown[:0:0])
			for _, e := range h.shown {
				if j.Includes(e) {
					seen = append(seen, e.Position)
				}
			}
			for _, e := range read {
				if j.Includes(e) {
					continue
				}
				seen = append(seen, e.Position)
				rest := h.readAll(e.Cursor.Since(j), 2)
				require.ElementsMatch(t, positions(h.shown), append(positions(rest), seen...), "joined the reader at %v", j)
			}
		}
	})
}

func positions(events []Recorded) []int64 {
	all := []int64{}
	for _, e := range events {
		all = append(all, e.Position)
	}
	return all
}
