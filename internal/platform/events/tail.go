package events

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// retryPause is the time between a failure to read or deliver and the next try.
const retryPause = 250 * time.Millisecond

// Consumer takes what a tail reads. Its methods are called one at a time.
type Consumer interface {
	// Deliver takes the next batch, whole or not at all: after an error, its events come again.
	Deliver(ctx context.Context, batch Batch) error
	// Reset tells that the tail goes on from another place: events may be missing in between.
	Reset()
}

// TailOptions may be left zero.
type TailOptions struct {
	Poll   time.Duration // the longest time between two looks at the log; 250 ms
	Rest   time.Duration // the shortest one, so that a busy shop's commits are read several at a time; 3 ms
	Page   int           // the most events in a batch; 256
	MaxGap int           // the most events to catch up with after an interruption; 10,000
	Log    *slog.Logger  // nil discards
}

// Tail follows the log: one in each server process. Wake-ups, its own and those by NOTIFY from other servers, are only
// hints: it looks on its own as well.
type Tail struct {
	log     *Log
	o       TailOptions
	name    string // distinguishes its notifications from those of others
	woken   chan struct{}
	hints   chan struct{}
	cursor  Cursor
	lastErr atomic.Pointer[error]
}

// NewTail prepares to follow the log from now on. Call it before the first subscription to its consumer.
func NewTail(ctx context.Context, log *Log, o TailOptions) (*Tail, error) {
	o = TailOptions{
		Poll: cmp.Or(o.Poll, 250*time.Millisecond), Rest: cmp.Or(o.Rest, 3*time.Millisecond),
		Page: cmp.Or(o.Page, 256), MaxGap: cmp.Or(o.MaxGap, 10_000), Log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	start, err := log.Now(ctx)
	if err != nil {
		return nil, fmt.Errorf("start to follow the events: %w", err)
	}
	return &Tail{
		log: log, o: o, name: rand.Text(), cursor: start,
		woken: make(chan struct{}, 1), hints: make(chan struct{}, 1),
	}, nil
}

// Wake tells that something was committed. It returns at once and can be called from anywhere, as often as one likes.
func (t *Tail) Wake() {
	signal(t.woken)
	signal(t.hints)
}

// Healthy returns why the log can't be read at the moment, or nil.
func (t *Tail) Healthy() error {
	if err := t.lastErr.Load(); err != nil {
		return *err
	}
	return nil
}

// Run follows the log until ctx ends. It goes on after every failure of the database.
func (t *Tail) Run(ctx context.Context, to Consumer) {
	var both sync.WaitGroup
	both.Go(func() { t.listen(ctx) })
	both.Go(func() { t.notify(ctx) })
	t.follow(ctx, to)
	both.Wait()
}

func (t *Tail) follow(ctx context.Context, to Consumer) {
	for ctx.Err() == nil {
		err := t.advance(ctx, to)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && t.lastErr.Swap(nil) != nil:
			t.o.Log.InfoContext(ctx, "following the events again")
		case err != nil && t.lastErr.Swap(&err) == nil:
			t.o.Log.WarnContext(ctx, "can't follow the events, trying again", "error", err)
		}
		if err != nil {
			sleep(ctx, retryPause) // hints would only make it spin
			continue
		}
		sleep(ctx, t.o.Rest)
		select {
		case <-ctx.Done():
		case <-t.woken:
		case <-time.After(t.o.Poll):
		}
	}
}

// advance reads and delivers all there is.
func (t *Tail) advance(ctx context.Context, to Consumer) error {
	if t.Healthy() != nil {
		if err := t.bridge(ctx, to); err != nil {
			return err
		}
	}
	for more := true; more; {
		var err error
		if more, err = t.step(ctx, to); err != nil {
			return err
		}
	}
	return nil
}

// step reads and delivers one batch. The cursor moves only after a delivery: nothing is lost by an error.
func (t *Tail) step(ctx context.Context, to Consumer) (more bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	batch, err := t.log.Read(ctx, t.cursor, Filter{}, t.o.Page)
	if err != nil {
		return false, t.restart(ctx, to, err)
	}
	if len(batch.Events) > 0 {
		if err := to.Deliver(ctx, batch); err != nil {
			return false, fmt.Errorf("deliver events: %w", err)
		}
	}
	t.cursor = batch.Next
	return batch.More, nil
}

// bridge gives up a gap that would take too long to catch up with.
func (t *Tail) bridge(ctx context.Context, to Consumer) error {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	gap, err := t.log.Gap(ctx, t.cursor, Filter{}, t.o.MaxGap)
	if err == nil && gap > t.o.MaxGap {
		err = errTooFar
	}
	if err != nil {
		return t.restart(ctx, to, err)
	}
	return nil
}

var errTooFar = errors.New("the log has grown too far meanwhile")

// restart goes on from the log's end where an error says that there is no way from here to there.
func (t *Tail) restart(ctx context.Context, to Consumer, why error) error {
	if !errors.Is(why, ErrOtherDatabase) && !errors.Is(why, ErrFuture) && !errors.Is(why, errTooFar) {
		return why
	}
	now, err := t.log.Now(ctx)
	if err != nil {
		return err
	}
	t.o.Log.WarnContext(ctx, "following the events from another place", "reason", why)
	t.cursor = now
	to.Reset()
	return nil
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
