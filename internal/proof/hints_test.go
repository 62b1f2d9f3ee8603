package proof_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/auth"
)

// hintsSeed fixes the pauses between commands, which spread them over the time between two polls of the log.
const hintsSeed = 32

func TestAnOrderPlacedAtOneServerIsStreamedByAnother(t *testing.T) {
	t.Parallel()
	f := openFleet(t, 2)
	w, random := f.newWorkload(), rand.New(rand.NewPCG(hintsSeed, 1))
	other := f.subscribe(f.at(1), bySocket, f.account(auth.RoleCook), allChanges(""))

	var took durations
	for range long(40, 1000) {
		done, err := w.place(t.Context(), f.at(0).url)
		answered := time.Now()
		require.NoError(t, err)
		took = append(took, max(0, other.await(t, done.Order.ID, 1).Sub(answered)))
		time.Sleep(time.Duration(random.Int64N(int64(100 * time.Millisecond))))
	}

	t.Logf("seed %d: from the answer at one server to a socket of the other: %s", hintsSeed, took)
	require.Less(t, took.median(), long(time.Second, 100*time.Millisecond), "no faster than without hints")
}

// A server that polls the log finds the events that no notification told it of.
func TestTheFeedNeedsNoHints(t *testing.T) {
	t.Parallel()
	f := openFleet(t, 2)
	w := f.newWorkload()
	order := w.placeOrders(t, 1)[0]

	t.Run("because the writer gives none", func(t *testing.T) {
		random := rand.New(rand.NewPCG(hintsSeed, 2))
		feed := f.subscribe(f.at(0), byEvents, f.account(auth.RoleCook), allChanges(""))
		silent := &ordering.MoveOrderHandler{Orders: orderstore.New(f.db.Gorm), Now: func() time.Time { return time.Now().UTC() }}
		id := uuid.MustParse(order)
		round := []ordering.Action{ordering.Dispatch, ordering.Return}
		version := 2 // placed and confirmed
		var took durations
		for i := range long(20, 500) {
			action := round[i%2]
			if i < 2 {
				action = []ordering.Action{ordering.StartPreparing, ordering.MarkReady}[i]
			}
			_, err := silent.Handle(t.Context(), ordering.MoveOrder{OrderID: id, Action: action, By: manager})
			committed := time.Now()
			require.NoError(t, err)
			version++
			took = append(took, max(0, feed.await(t, order, version).Sub(committed)))
			time.Sleep(time.Duration(random.Int64N(int64(100 * time.Millisecond))))
		}
		t.Logf("seed %d: from commit to an event stream, by looking alone: %s", hintsSeed, took)
		require.Less(t, took.median(), 2*time.Second)
	})

	t.Run("because the listening connection is cut", func(t *testing.T) {
		feed := f.subscribe(f.at(1), bySocket, f.account(auth.RoleCook), allChanges(""))
		cutting, stop := context.WithCancel(t.Context())
		var busy sync.WaitGroup
		defer busy.Wait()
		defer stop()
		var cuts int
		busy.Go(func() { cuts = f.cutListeners(cutting) })
		var took durations
		for range long(20, 500) {
			done, err := w.place(t.Context(), f.at(0).url)
			answered := time.Now()
			require.NoError(t, err)
			took = append(took, max(0, feed.await(t, done.Order.ID, 1).Sub(answered)))
		}
		stop()
		busy.Wait()
		t.Logf("from the answer at one server to a socket of the other, %d times cut off: %s", cuts, took)
		require.Less(t, took.median(), 2*time.Second)
		require.Positive(t, cuts)
	})
}

// cutListeners ends, again and again until ctx ends, the connections on which servers listen for notifications of
// commits.
func (f *fleet) cutListeners(ctx context.Context) (cuts int) {
	for ctx.Err() == nil {
		done, err := f.db.Pool.Exec(f.t.Context(), `
			SELECT pg_terminate_backend(a.pid)
			FROM pg_stat_activity AS a
			WHERE a.datname = current_database() AND a.application_name = 'pizzeria-listen'`)
		if err != nil {
			f.t.Errorf("cut the listeners: %v", err)
			return cuts
		}
		cuts += int(done.RowsAffected())
		time.Sleep(5 * time.Millisecond)
	}
	return cuts
}
