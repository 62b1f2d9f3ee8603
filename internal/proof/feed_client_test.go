package proof_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// display is a client that stays, and notes when things come.
type display struct {
	items chan shown
	ended chan string // what the server said in the end
}

type shown struct {
	item
	at time.Time
}

// display subscribes at a server. It shows what comes after the cursor, or after this call.
func (f *fleet) display(at *program, by transport, token string, wants subscription) *display {
	f.t.Helper()
	if wants.after == "" {
		wants.after = f.now()
	}
	ctx, cancel := context.WithCancel(f.t.Context())
	d := &display{items: make(chan shown, 100_000), ended: make(chan string, 1)}
	client := (&line{}).client()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		d.ended <- by(ctx, client, at.url, token, wants, func(i item) { d.items <- shown{i, time.Now()} })
	}()
	f.t.Cleanup(func() {
		cancel()
		<-gone
	})
	return d
}

// next returns what comes next.
func (d *display) next(t *testing.T) shown {
	t.Helper()
	select {
	case next := <-d.items:
		return next
	case said := <-d.ended:
		require.Fail(t, "the feed is over", said)
	case <-time.After(time.Minute):
		require.Fail(t, "nothing comes")
	}
	return shown{}
}

// await returns when the event came.
func (d *display) await(t *testing.T, order string, version int) time.Time {
	t.Helper()
	for {
		if next := d.next(t); next.Order.ID == order && next.Event.Version == version {
			return next.at
		}
	}
}

// ending waits for the end and returns what the server said.
func (d *display) ending(t *testing.T) string {
	t.Helper()
	select {
	case said := <-d.ended:
		return said
	case <-time.After(time.Minute):
		require.Fail(t, "the feed goes on")
		return ""
	}
}

// spans are times measured.
type spans []time.Duration

func (s spans) median() time.Duration { return slices.Sorted(slices.Values(s))[len(s)/2] }

func (s spans) String() string {
	return fmt.Sprintf("median %.1f ms, longest %.1f ms of %d", ms(s.median()), ms(slices.Max(s)), len(s))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
