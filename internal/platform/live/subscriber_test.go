package live

import (
	"testing"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/platform/events"
)

func TestNoNewEventIsMissedWhateverIsTaken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := newQueue(rapid.Bool().Draw(t, "latest"), rapid.IntRange(1, 5).Draw(t, "limit"))
		for range rapid.IntRange(0, 80).Draw(t, "steps") {
			switch what := rapid.IntRange(0, 40).Draw(t, "what"); {
			case what == 0:
				q.drop()
			case what <= 20:
				q.happen(rapid.IntRange(0, len(q.orders)-1).Draw(t, "order"))
			default:
				q.takeOne(t)
			}
			require.LessOrEqual(t, q.queue.Len(), q.limit)
		}
		for q.queue.Len() > 0 {
			q.takeOne(t)
		}

		d, err := q.take()
		require.Nil(t, d)
		if q.dropped {
			require.ErrorIs(t, err, ErrFellBehind)
			return
		}
		require.NoError(t, err)
		require.Equal(t, q.newest(len(q.happened)), q.seen, "the end is the newest of each order")
	})
}

// queue is a subscriber, and what happened to orders, which here are numbers.
type queue struct {
	*subscriber
	orders   [5]uuid.UUID
	happened []events.Recorded
	queued   int               // how many of them came before the subscription ended
	seen     map[uuid.UUID]int // the version that the reader has of each order
	at       int64             // the reader's position
}

func newQueue(latest bool, limit int) *queue {
	q := &queue{
		subscriber: newSubscriber(events.Filter{Latest: latest}, limit, newMetrics(prometheus.NewRegistry())),
		seen:       map[uuid.UUID]int{},
	}
	for i := range q.orders {
		q.orders[i] = uuid.UUID{byte(i + 1)}
	}
	return q
}

// happen gives an order its next version. Positions are 1, 2, 3 ...
func (q *queue) happen(order int) {
	e := events.Recorded{ID: q.orders[order], Position: int64(len(q.happened) + 1)}
	e.Version = q.newest(len(q.happened))[e.ID] + 1
	q.happened = append(q.happened, e)
	q.push(&delivery{event: e})
	if !q.dropped {
		q.queued = len(q.happened)
	}
}

// newest lists the last version of each order up to a position.
func (q *queue) newest(position int) map[uuid.UUID]int {
	versions := map[uuid.UUID]int{}
	for _, e := range q.happened[:position] {
		versions[e.ID] = e.Version
	}
	return versions
}

// takeOne takes what waits, if anything. Wherever the reader stops, it can go on: of each order it has what is newest up
// to its position, or a successor is behind that.
func (q *queue) takeOne(t *rapid.T) {
	if q.queue.Len() == 0 {
		return
	}
	d, err := q.take()
	require.NoError(t, err)
	e := d.event
	require.Greater(t, e.Position, q.at, "in the order of the feed")
	require.Greater(t, e.Version, q.seen[e.ID], "never an older version after a newer one")
	q.at, q.seen[e.ID] = e.Position, e.Version
	upTo, all := q.newest(int(q.at)), q.newest(len(q.happened))
	if !q.only.Latest {
		require.Equal(t, upTo, q.seen, "every event")
		return
	}
	require.Equal(t, q.newest(q.queued)[e.ID], e.Version, "the newest")
	for order, version := range upTo {
		require.True(t, q.seen[order] == version || all[order] > version, "order %s version %d is missed", order, version)
	}
}

func TestAwaitIsNotifiedOnce(t *testing.T) {
	t.Parallel()
	q := newQueue(false, 2)
	woken := 0
	wake := func() { woken++ }

	require.True(t, q.await(wake))
	q.happen(0)
	q.happen(0)
	require.Equal(t, 1, woken)
	require.False(t, q.await(wake), "there is something")
	for range 2 {
		_, err := q.take()
		require.NoError(t, err)
	}
	require.True(t, q.await(wake))
	q.drop()
	require.Equal(t, 2, woken)
	require.False(t, q.await(wake), "there won't be more")
}
