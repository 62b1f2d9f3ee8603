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
	interval = slots * time.Second
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

func addMembers[M comparable](t *testing.T, wheel *timerWheel[M], members ...M) {
	t.Helper()
	for _, m := range members {
		wheel.add(m)
		t.Cleanup(func() { wheel.remove(m) })
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

func TestMembersAddedTogetherAreVisitedApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seen := visits{of: map[int]int{}}
		wheel := newTimerWheel(interval, seen.add)
		addMembers(t, wheel, numbers(3*slots)...)

		elapse(interval + moment)

		require.Len(t, seen.of, 3*slots, "everybody within an interval")
		require.Equal(t, slices.Repeat([]int{3}, slots), seen.sizes)
	})
}

func TestALongVisitDelaysNoOtherSlot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seen, resume := visits{of: map[int]int{}}, make(chan struct{})
		end := sync.OnceFunc(func() { close(resume) })
		t.Cleanup(end)
		wheel := newTimerWheel(interval, func(members []int) {
			seen.add(members)
			if slices.Contains(members, 0) {
				<-resume
			}
		})
		addMembers(t, wheel, numbers(slots)...)

		elapse(3*interval + moment)
		for _, m := range numbers(slots)[1:] {
			require.Equal(t, 3, seen.of[m])
		}
		require.Equal(t, 1, seen.of[0], "its visit is still under way")

		end()
		elapse(interval)
		require.Equal(t, 2, seen.of[0])
		require.Equal(t, 4, seen.of[1])
	})
}

func TestNoMemberIsVisitedAfterItsRemoval(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seen := visits{of: map[int]int{}}
		wheel := newTimerWheel(interval, seen.add)
		addMembers(t, wheel, 1, 2)
		elapse(interval + moment)

		wheel.remove(1)
		elapse(interval)
		require.Equal(t, map[int]int{1: 1, 2: 2}, seen.of)
		wheel.remove(2)
		elapse(interval)
		require.Equal(t, map[int]int{1: 1, 2: 2}, seen.of)
		addMembers(t, wheel, 3)
		elapse(interval + moment)
		require.Equal(t, map[int]int{1: 1, 2: 2, 3: 1}, seen.of)
	})
}
