package bench_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/auth"
	"pizzeria/internal/bench"
	"pizzeria/internal/live"
	"pizzeria/internal/server"
)

const (
	subscribers = 1_000
	deliveries  = 50
)

// fanOut times from the answer of a command until the last of many readers in the same process has its event.
func (l *lab) fanOut(b *testing.B, database string) {
	pool := l.connect(b, database, 2*clients)
	shop := open(b, pool)
	ctx, cancel := context.WithCancel(b.Context())
	var running, arrived sync.WaitGroup
	running.Go(func() { shop.Run(ctx) })
	for range subscribers {
		feed, err := shop.Feed.Kitchen(ctx, cook, nil, "", live.Every)
		require.NoError(b, err)
		running.Go(func() {
			for _, err := range feed {
				if err != nil {
					return
				}
				arrived.Done()
			}
		})
	}
	placing := sqlLoad.clients(b, l, database)[0]
	var took bench.Series
	for range deliveries {
		arrived.Add(subscribers)
		require.NoError(b, placing.place(b.Context()))
		committed := time.Now()
		hint(b, placing.(*sqlClient).conn)
		arrived.Wait()
		took = append(took, micros(time.Since(committed)))
	}
	cancel()
	running.Wait()
	fmt.Fprintf(l.out, "\nFrom commit, elsewhere, to the last of %d readers in one process: median %.1f ms\n", subscribers, took.Median()/1000)
	b.ReportMetric(took.Median()/1000, "ms/event")
	b.ReportMetric(0, "ns/op")
}

// hint tells the servers on a database, as another server would, that there are events.
func hint(b *testing.B, conn *pgx.Conn) {
	_, err := conn.Exec(b.Context(), `SELECT pg_catalog.pg_notify('order_events', 'bench')`)
	require.NoError(b, err)
}

// commitToSocket times from a commit that another server made until the event is read from a socket of the whole server.
func (l *lab) commitToSocket(b *testing.B, database string) {
	config, err := server.ReadConfig(map[string]string{"ADDR": "127.0.0.1:0", "ADMIN_ADDR": "127.0.0.1:0", "RATE_LIMIT": "off"})
	require.NoError(b, err)
	s, err := server.Start(b.Context(), config, l.dsn(database), slog.New(slog.DiscardHandler))
	require.NoError(b, err)
	ctx, stop := context.WithCancel(b.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- s.Serve(ctx) }()

	kitchen := l.watchKitchen(b, s.URL(), l.signIn(b, database))
	placing := sqlLoad.clients(b, l, database)[0]
	var took bench.Series
	for range deliveries {
		require.NoError(b, placing.place(b.Context()))
		committed := time.Now()
		hint(b, placing.(*sqlClient).conn)
		kitchen.next(b)
		took = append(took, micros(time.Since(committed)))
	}
	stop()
	require.NoError(b, <-stopped)
	fmt.Fprintf(l.out, "From commit, elsewhere, to one socket of a server: median %.1f ms\n", took.Median()/1000)
	b.ReportMetric(took.Median()/1000, "ms/event")
	b.ReportMetric(0, "ns/op")
}

// signIn returns the token of a new session of the demo cook.
func (l *lab) signIn(b *testing.B, database string) string {
	token := auth.NewToken()
	hash, _ := auth.HashToken(token)
	pool := l.connect(b, database, 1)
	l.exec(b, pool, `
		INSERT INTO public.sessions (token_sha256, account_id, created_at, expires_at)
		SELECT $1, a.customer_id, now(), now() + interval '1 hour'
		FROM public.accounts AS a
		WHERE a.email = 'cook@example.com'`, hash[:])
	return token
}

type socket struct{ conn *websocket.Conn }

func (l *lab) watchKitchen(b *testing.B, url, token string) socket {
	conn, _, err := websocket.Dial(b.Context(), "ws"+strings.TrimPrefix(url, "http")+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Authorization": {"Bearer " + token}},
	})
	require.NoError(b, err)
	b.Cleanup(func() { _ = conn.CloseNow() })
	conn.SetReadLimit(1 << 20)
	send := func(message map[string]any) { require.NoError(b, wsjson.Write(b.Context(), conn, message)) }
	send(map[string]any{"type": "connection_init"})
	send(map[string]any{"id": "1", "type": "subscribe", "payload": map[string]any{
		"query": `subscription { kitchenFeed { ... on OrderChanged { cursor event { type } order { id number status } } } }`,
	}})
	kitchen := socket{conn}
	require.Equal(b, "connection_ack", kitchen.read(b))
	time.Sleep(time.Second) // a subscription isn't acknowledged
	return kitchen
}

// next waits for an event.
func (s socket) next(b *testing.B) {
	for s.read(b) != "next" {
	}
}

func (s socket) read(b *testing.B) (kind string) {
	ctx, cancel := context.WithTimeout(b.Context(), 10*time.Second)
	defer cancel()
	var m struct{ Type string }
	require.NoError(b, wsjson.Read(ctx, s.conn, &m))
	return m.Type
}
