package proof_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// feedClient holds one subscription open, and notes when each item arrives.
type feedClient struct {
	items chan timedItem
	ended chan string // how the server ended the subscription
}

type timedItem struct {
	item
	at time.Time
}

// subscribe opens a subscription at a server. Its items are those after the cursor of wants or, without one, after this
// call.
func (f *fleet) subscribe(at *program, by transport, token string, wants subscription) *feedClient {
	f.t.Helper()
	if wants.after == "" {
		wants.after = f.now()
	}
	ctx, cancel := context.WithCancel(f.t.Context())
	d := &feedClient{items: make(chan timedItem, 100_000), ended: make(chan string, 1)}
	client := (&clientConn{}).client()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		d.ended <- by(ctx, client, at.url, token, wants, func(i item) { d.items <- timedItem{i, time.Now()} })
	}()
	f.t.Cleanup(func() {
		cancel()
		<-gone
	})
	return d
}

// next returns the next item.
func (d *feedClient) next(t *testing.T) timedItem {
	t.Helper()
	select {
	case next := <-d.items:
		return next
	case said := <-d.ended:
		require.Fail(t, "the feed is over", said)
	case <-time.After(time.Minute):
		require.Fail(t, "nothing comes")
	}
	return timedItem{}
}

// await returns when the event arrived.
func (d *feedClient) await(t *testing.T, order string, version int) time.Time {
	t.Helper()
	for {
		if next := d.next(t); next.Order.ID == order && next.Event.Version == version {
			return next.at
		}
	}
}

// awaitEnd waits until the subscription ends, and returns how the server ended it.
func (d *feedClient) awaitEnd(t *testing.T) string {
	t.Helper()
	select {
	case said := <-d.ended:
		return said
	case <-time.After(time.Minute):
		require.Fail(t, "the feed goes on")
		return ""
	}
}

// durations are measurements of one quantity.
type durations []time.Duration

func (s durations) median() time.Duration { return slices.Sorted(slices.Values(s))[len(s)/2] }

func (s durations) String() string {
	return fmt.Sprintf("median %.1f ms, longest %.1f ms of %d", ms(s.median()), ms(slices.Max(s)), len(s))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
