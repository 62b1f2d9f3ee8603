package proof_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
)

// spectator follows the kitchen's feed at one server, on one event stream that must not end.
type spectator struct {
	mu    sync.Mutex
	seen  map[string][]int // versions by order, as they came
	count int
}

// watch opens the stream, with all that has happened so far.
func (h *house) watch(t *testing.T, url string) *spectator {
	t.Helper()
	s := &spectator{seen: map[string][]int{}}
	session := signIn(t, url, "cook@example.com")
	begin, err := ask[struct{ Orders struct{ AsOf string } }](t.Context(), url, session, `{ orders { asOf } }`, nil)
	require.NoError(t, err)
	body, err := json.Marshal(map[string]any{
		"query": `subscription ($after: Cursor!) {
			kitchenFeed(after: $after) { __typename ... on OrderChanged { event { version } order { id } } }
		}`,
		"variables": map[string]any{"after": begin.Orders.AsOf},
	})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(string(body)))
	require.NoError(t, err)
	request.Header = http.Header{
		"Authorization": {"Bearer " + session}, "Content-Type": {"application/json"}, "Accept": {"text/event-stream"},
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		defer response.Body.Close()
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				s.take(t, data)
			}
		}
		if ctx.Err() == nil {
			t.Error("the stream has ended")
		}
	}()
	t.Cleanup(func() {
		stop()
		<-gone
	})
	return s
}

func (s *spectator) take(t *testing.T, data string) {
	var item struct {
		Data struct {
			KitchenFeed *struct {
				Event struct{ Version int }
				Order struct{ ID string }
			}
		}
	}
	if err := json.Unmarshal([]byte(data), &item); err != nil || item.Data.KitchenFeed == nil || item.Data.KitchenFeed.Order.ID == "" {
		t.Errorf("the stream gave %s", data)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	change := item.Data.KitchenFeed
	s.seen[change.Order.ID] = append(s.seen[change.Order.ID], change.Event.Version)
	s.count++
}

// requireEverything compares what came with the log: each order's versions, in order, none missing and none twice.
func (s *spectator) requireEverything(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	rows, err := pool.Query(t.Context(), `SELECT e.order_id::text, e.version FROM public.order_events AS e ORDER BY e.order_id, e.version`)
	require.NoError(t, err)
	written, count := map[string][]int{}, 0
	var id string
	var version int
	_, err = pgx.ForEachRow(rows, []any{&id, &version}, func() error {
		written[id] = append(written[id], version)
		count++
		return nil
	})
	require.NoError(t, err)
	require.True(t, assertSoon(func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.count >= count
	}), "%d of %d events came", s.count, count)
	s.mu.Lock()
	defer s.mu.Unlock()
	require.Equal(t, written, s.seen)
}
