package transport_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport"
)

// bell is a source that counts how often it has been rung.
type bell struct {
	mu     sync.Mutex
	rung   int
	taken  int
	err    error // ends it, after what was rung before
	wake   func()
	closed bool
}

// listen subscribes to a bell of its own, the next of the shop's.
func (s *shop) listen(ctx context.Context, f graphql.CollectedField) graphql.ResponseHandler {
	b := &bell{}
	results := transport.Subscribe(ctx, b)
	s.bells <- b
	return func(ctx context.Context) *graphql.Response {
		select {
		case tick, ok := <-results:
			if !ok {
				return nil
			}
			return encoded(object{f.Alias: tick})
		case <-ctx.Done():
			return nil
		}
	}
}

// Next leaves the time for something to come before Await.
func (b *bell) Next(ctx context.Context) (object, bool, error) {
	tick, some, err := b.next(ctx)
	if !some && err == nil {
		time.Sleep(100 * time.Microsecond)
	}
	return tick, some, err
}

func (b *bell) next(ctx context.Context) (object, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.taken < b.rung {
		b.taken++
		return object{"n": b.taken}, true, nil
	}
	return nil, false, cmp.Or(b.err, ctx.Err())
}

func (b *bell) Await(wake func()) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.taken < b.rung || b.err != nil {
		return false
	}
	b.wake = wake
	return true
}

func (b *bell) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
}

func (b *bell) ring()         { b.change(func() { b.rung++ }) }
func (b *bell) end(err error) { b.change(func() { b.err = err }) }

func (b *bell) change(how func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	how()
	if b.wake != nil {
		b.wake()
		b.wake = nil
	}
}

// is waits until the bell's state is what is asked for.
func (b *bell) is(t *testing.T, state func() bool) {
	t.Helper()
	require.Eventually(t, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return state()
	}, atLast, time.Millisecond)
}

func (b *bell) awaited() bool  { return b.wake != nil }
func (b *bell) isClosed() bool { return b.closed }

const bells = `subscription { bells { n } }`

func (c *client) expectRing(id string, n int) {
	c.t.Helper()
	require.JSONEq(c.t, fmt.Sprintf(`{"data":{"bells":{"n":%d}}}`, n), c.expect(id, "next"))
}

// Not parallel: it looks at the goroutines of all.
func TestAnIdleSubscriptionHasNoGoroutine(t *testing.T) {
	s := start(t)
	var clients []*client
	var idle []*bell
	for range 10 {
		c := s.connect().init()
		for id := range 10 {
			c.subscribe(fmt.Sprint(id), bells)
			idle = append(idle, <-s.shop.bells)
		}
		clients = append(clients, c)
	}
	for _, b := range idle {
		b.is(t, b.awaited)
	}

	require.Eventually(t, func() bool { return goroutines("internal/platform/transport.(*socket)") == len(clients) }, atLast, 10*time.Millisecond,
		"each socket is read by one")
	require.Zero(t, goroutines("internal/platform/transport.(*operation)"))

	for _, b := range idle {
		b.ring()
	}
	for _, c := range clients {
		for range 10 {
			require.Equal(t, "next", c.receive().Type)
		}
	}
}

// goroutines counts those that are in a function.
func goroutines(in string) int {
	stacks := make([]byte, 16<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	n := 0
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if strings.Contains(stack, in) {
			n++
		}
	}
	return n
}

func TestNoWakeUpIsLost(t *testing.T) {
	t.Parallel()
	s := start(t)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var all sync.WaitGroup
	defer all.Wait()
	for i := range 40 {
		c := s.connect().init()
		c.subscribe("1", bells)
		b, random := <-s.shop.bells, rand.New(rand.NewPCG(seed, uint64(i)))
		rings := 300 + random.IntN(300)
		all.Go(func() {
			for range rings {
				b.ring()
				if random.IntN(3) == 0 { // about as long as a message takes
					time.Sleep(time.Duration(random.IntN(300)) * time.Microsecond)
				}
			}
			b.end(fault.New(fault.Unavailable, "The tower has fallen."))
		})
		all.Go(func() {
			for n := 1; n <= rings; n++ {
				var m message
				if err := c.read(&m); err != nil || string(m.Payload) != fmt.Sprintf(`{"data":{"bells":{"n":%d}}}`, n) {
					t.Errorf("instead of %d of %d: %q, %v", n, rings, m.Payload, err)
					return
				}
			}
			var m message
			if err := c.read(&m); err != nil || m.Type != "error" {
				t.Errorf("instead of the end: %v, %v", m, err)
			}
		})
	}
}

func TestAnIdleSubscriptionIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		code int
	}{
		"of an error":     {fault.New(fault.Unavailable, "The tower has fallen."), -1},
		"to come back":    {&transport.CloseError{Code: transport.CloseTryAgainLater, Reason: "fell behind"}, 1013},
		"to go elsewhere": {&transport.CloseError{Code: transport.CloseForbidden, Reason: "over"}, 4403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := start(t).connect().init()
			client.subscribe("1", bells)
			b := <-client.server.shop.bells
			b.ring()
			client.expectRing("1", 1)
			b.is(t, b.awaited)

			b.end(c.err)

			if c.code < 0 {
				require.Contains(t, client.expect("1", "error"), `"code":"UNAVAILABLE"`)
			} else {
				code, messages := client.closed()
				require.Equal(t, c.code, code)
				require.Empty(t, messages)
			}
			b.is(t, b.isClosed)
		})
	}
}

func TestTheSourceOfAnIdleSubscriptionIsClosed(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(c *client){
		"when the client ends it":  func(c *client) { c.send(`{"id":"1","type":"complete"}`) },
		"when the client is gone":  func(c *client) { _ = c.conn.CloseNow() },
		"when the server stops":    func(c *client) { go func() { _ = c.server.Shutdown(context.Background()) }() },
		"when the protocol breaks": func(c *client) { c.send("garbage") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t).connect().init()
			c.subscribe("1", bells)
			b := <-c.server.shop.bells
			b.is(t, b.awaited)
			go func() { // its answers to the server
				for c.read(&message{}) == nil {
				}
			}()

			end(c)

			b.is(t, b.isClosed)
			b.ring() // too late, and without harm
		})
	}
}

func TestAnEventStreamHasASource(t *testing.T) {
	t.Parallel()
	s := start(t)
	lines := s.stream(bells)
	b := <-s.shop.bells
	for n := 1; n <= 3; n++ {
		b.is(t, b.awaited)

		b.ring()

		for line := range lines {
			if strings.HasPrefix(line, "data:") {
				require.Equal(t, fmt.Sprintf(`data: {"data":{"bells":{"n":%d}}}`, n), line)
				break
			}
		}
	}
	b.end(fault.New(fault.Unavailable, "The tower has fallen."))
	rest := ""
	for line := range lines {
		rest += line + "\n"
	}
	require.Contains(t, rest, "UNAVAILABLE")
	require.Contains(t, rest, "event: complete")
	b.is(t, b.isClosed)
}
