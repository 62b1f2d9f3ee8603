package transport

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	interval = parts * time.Second
	moment   = time.Millisecond
)

// visits counts how often each member was visited, and how many at once.
type visits struct {
	mu    sync.Mutex
	of    map[int]int
	sizes []int
}

func (v *visits) add(members []int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sizes = append(v.sizes, len(members))
	for _, m := range members {
		v.of[m]++
	}
}

func joinedBy[M comparable](t *testing.T, r *round[M], members ...M) {
	t.Helper()
	for _, m := range members {
		r.join(m)
		t.Cleanup(func() { r.leave(m) })
	}
}

// elapse lets time pass, and everything happen that is due by then.
func elapse(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func numbers(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func TestThoseWhoJoinTogetherAreVisitedApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seen := visits{of: map[int]int{}}
		r := newRound(interval, seen.add)
		joinedBy(t, r, numbers(3*parts)...)

		elapse(interval + moment)

		require.Len(t, seen.of, 3*parts, "everybody within an interval")
		require.Equal(t, slices.Repeat([]int{3}, parts), seen.sizes)
	})
}

func TestALongVisitDelaysNoOtherPart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seen, goOn := visits{of: map[int]int{}}, make(chan struct{})
		end := sync.OnceFunc(func() { close(goOn) })
		t.Cleanup(end)
		r := newRound(interval, func(members []int) {
			seen.add(members)
			if slices.Contains(members, 0) {
				<-goOn
			}
		})
		joinedBy(t, r, numbers(parts)...)

		elapse(3*interval + moment)
		for _, m := range numbers(parts)[1:] {
			require.Equal(t, 3, seen.of[m])
		}
		require.Equal(t, 1, seen.of[0], "its visit is still under way")

		end()
		elapse(interval)
		require.Equal(t, 2, seen.of[0])
		require.Equal(t, 4, seen.of[1])
	})
}

func TestNobodyIsVisitedAfterLeaving(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seen := visits{of: map[int]int{}}
		r := newRound(interval, seen.add)
		joinedBy(t, r, 1, 2)
		elapse(interval + moment)

		r.leave(1)
		elapse(interval)
		require.Equal(t, map[int]int{1: 1, 2: 2}, seen.of)
		r.leave(2)
		elapse(interval)
		require.Equal(t, map[int]int{1: 1, 2: 2}, seen.of)
		joinedBy(t, r, 3)
		elapse(interval + moment)
		require.Equal(t, map[int]int{1: 1, 2: 2, 3: 1}, seen.of)
	})
}
