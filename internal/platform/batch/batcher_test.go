package batch_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/batch"
)

// table answers each key with twice the key, if it is even. Each statement sends its keys to asked, and then waits for
// its result.
type table struct {
	asked   chan []int
	results chan error
}

func newTable() *table { return &table{asked: make(chan []int), results: make(chan error)} }

func (s *table) read(ctx context.Context, keys []int) (map[int]int, error) {
	s.asked <- slices.Sorted(slices.Values(keys))
	select {
	case err := <-s.results:
		if err != nil {
			return nil, err
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	found := map[int]int{}
	for _, k := range keys {
		if k%2 == 0 {
			found[k] = 2 * k
		}
	}
	return found, nil
}

type answer struct {
	value int
	found bool
	err   error
}

func ask(ctx context.Context, r *batch.Batcher[int, int], key int) <-chan answer {
	got := make(chan answer, 1)
	go func() {
		value, found, err := r.One(ctx, key)
		got <- answer{value, found, err}
	}()
	return got
}

// observedContext is a context that closes waits once somebody waits for its end.
type observedContext struct {
	context.Context
	waits chan struct{}
	once  sync.Once
}

func (o *observedContext) Done() <-chan struct{} {
	o.once.Do(func() { close(o.waits) })
	return o.Context.Done()
}

// askWhileRunning asks for the keys while a statement runs, and returns once all callers wait.
func askWhileRunning(ctx context.Context, r *batch.Batcher[int, int], keys ...int) (all []<-chan answer) {
	for _, key := range keys {
		caller := &observedContext{Context: ctx, waits: make(chan struct{})}
		all = append(all, ask(caller, r, key))
		<-caller.waits
	}
	return all
}

func TestCallersThatComeMeanwhileShareTheNextStatement(t *testing.T) {
	t.Parallel()
	s := newTable()
	r := batch.New(1, s.read)
	first := ask(t.Context(), r, 2)
	require.Equal(t, []int{2}, <-s.asked)
	others := askWhileRunning(t.Context(), r, 4, 5, 2, 4)

	s.results <- nil
	require.Equal(t, answer{4, true, nil}, <-first)
	require.Equal(t, []int{2, 4, 5}, <-s.asked, "2 again: the statement before may have begun before it was asked")
	s.results <- nil

	require.Equal(t, answer{8, true, nil}, <-others[0])
	require.Equal(t, answer{0, false, nil}, <-others[1])
	require.Equal(t, answer{4, true, nil}, <-others[2])
	require.Equal(t, answer{8, true, nil}, <-others[3])
}

func TestSoManyStatementsAtOnce(t *testing.T) {
	t.Parallel()
	s := newTable()
	r := batch.New(2, s.read)
	all := []<-chan answer{ask(t.Context(), r, 2), ask(t.Context(), r, 4)}
	first, second := <-s.asked, <-s.asked
	require.ElementsMatch(t, []int{2, 4}, append(first, second...))
	all = append(all, askWhileRunning(t.Context(), r, 6, 8)...)

	s.results <- nil
	require.Equal(t, []int{6, 8}, <-s.asked)
	s.results <- nil
	s.results <- nil

	for i, got := range all {
		require.Equal(t, answer{4 * (i + 1), true, nil}, <-got)
	}
	again := ask(t.Context(), r, 10)
	require.Equal(t, []int{10}, <-s.asked, "at once, as nothing is under way")
	s.results <- nil
	require.True(t, (<-again).found)
}

func TestAFailureIsForThoseWhoShareIt(t *testing.T) {
	t.Parallel()
	s, broken := newTable(), errors.New("broken")
	r := batch.New(1, s.read)
	first := ask(t.Context(), r, 2)
	<-s.asked
	others := askWhileRunning(t.Context(), r, 4, 6)
	s.results <- broken
	<-s.asked
	last := askWhileRunning(t.Context(), r, 8)
	s.results <- broken
	<-s.asked
	s.results <- nil

	for _, got := range append(others, first) {
		require.ErrorIs(t, (<-got).err, broken)
	}
	require.Equal(t, answer{16, true, nil}, <-last[0])
}

func TestACancelledCallerCancelsNoOther(t *testing.T) {
	t.Parallel()
	s := newTable()
	r := batch.New(1, s.read)
	first := ask(t.Context(), r, 2)
	<-s.asked
	leaving, leave := context.WithCancel(t.Context())
	gone := askWhileRunning(leaving, r, 4)[0]
	stays := askWhileRunning(t.Context(), r, 6)[0]

	leave()
	require.ErrorIs(t, (<-gone).err, context.Canceled)
	s.results <- nil
	<-first
	require.Equal(t, []int{4, 6}, <-s.asked)
	s.results <- nil

	require.Equal(t, answer{12, true, nil}, <-stays)
}

func TestAPanicIsAnErrorForThoseWhoWait(t *testing.T) {
	t.Parallel()
	began, results := make(chan struct{}), make(chan struct{})
	r := batch.New(1, func(_ context.Context, keys []int) (map[int]int, error) {
		began <- struct{}{}
		<-results
		if keys[0] == 4 {
			panic("four")
		}
		return nil, nil
	})
	first := ask(t.Context(), r, 2)
	<-began
	second := askWhileRunning(t.Context(), r, 4)[0]
	results <- struct{}{}
	require.NoError(t, (<-first).err)

	<-began
	results <- struct{}{}
	err := (<-second).err
	require.ErrorContains(t, err, "panicked: four")
	require.ErrorContains(t, err, "batcher_test.go", "where it was")

	third := ask(t.Context(), r, 6)
	<-began
	results <- struct{}{}
	require.NoError(t, (<-third).err)
}
