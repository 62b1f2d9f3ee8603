package fleet

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestAServerIsGoneWhenItsHeartHasNotBeatenForLong(t *testing.T) {
	t.Parallel()
	one, other := heartbeat{Server{ID: uuid.New()}, 7}, heartbeat{Server{ID: uuid.New()}, 90}
	start := time.Now()
	var w watch
	look := func(after time.Duration, all ...heartbeat) (alive, gone int) {
		a, g := w.look(all, start.Add(after))
		return len(a), len(g)
	}
	requireSeen := func(wantAlive, wantGone int, after time.Duration, all ...heartbeat) {
		t.Helper()
		alive, gone := look(after, all...)
		require.Equal(t, []int{wantAlive, wantGone}, []int{alive, gone})
	}

	requireSeen(2, 0, 0, one, other) // who is seen for the first time is taken to be alive
	one.beats++
	requireSeen(2, 0, goneAfter, one, other)
	requireSeen(1, 1, goneAfter+time.Second, one, other)
	other.beats = 1 // it has begun anew, say after its row was removed
	requireSeen(2, 0, 2*goneAfter, one, other)
	requireSeen(1, 0, 2*goneAfter+time.Second, other)
	one.beats++
	requireSeen(2, 0, 9*goneAfter, one, heartbeat{other.Server, 2})
}
