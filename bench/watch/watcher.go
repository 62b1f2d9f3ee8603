// Package watch holds subscriptions open over graphql-transport-ws, thousands of them, and notes when events come.
package watch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/google/uuid"
)

// Event is one version of an order.
type Event struct {
	Order   uuid.UUID
	Version int
}

// Arrival is an event that came over a socket.
type Arrival struct {
	Event
	At time.Time
}

// Watcher is one socket with one subscription.
type Watcher struct {
	conn  *websocket.Conn
	ended chan error // has one once the socket has ended

	mu       sync.Mutex
	arrivals []Arrival
}

const selection = `{ ... on OrderChanged { cursor event { version type to at } order { id number status } } }`

// Kitchen subscribes to the changes of all orders.
func Kitchen(ctx context.Context, url, token string) (*Watcher, error) {
	return open(ctx, url, token, `subscription { kitchenFeed `+selection+` }`, nil)
}

// Order subscribes to one order. Its current state comes first.
func Order(ctx context.Context, url, token string, id uuid.UUID) (*Watcher, error) {
	return open(ctx, url, token, `subscription ($id: ID!) { orderStatusChanged(orderId: $id) `+selection+` }`, map[string]any{"id": id})
}

func open(ctx context.Context, url, token, query string, variables any) (_ *Watcher, err error) {
	conn, _, err := websocket.Dial(ctx, //nolint:bodyclose // the library does
		"ws"+strings.TrimPrefix(url, "http"), &websocket.DialOptions{
			Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Authorization": {"Bearer " + token}},
		})
	if err != nil {
		return nil, fmt.Errorf("open a socket: %w", err)
	}
	defer func() {
		if err != nil {
			_ = conn.CloseNow()
			err = fmt.Errorf("subscribe: %w", err)
		}
	}()
	if err := wsjson.Write(ctx, conn, map[string]any{"type": "connection_init"}); err != nil {
		return nil, err
	}
	var answer struct{ Type string }
	if err := wsjson.Read(ctx, conn, &answer); err != nil {
		return nil, err
	}
	if answer.Type != "connection_ack" {
		return nil, fmt.Errorf("answered %q", answer.Type)
	}
	err = wsjson.Write(ctx, conn, map[string]any{
		"id": "1", "type": "subscribe", "payload": map[string]any{"query": query, "variables": variables},
	})
	if err != nil {
		return nil, err
	}
	w := &Watcher{conn: conn, ended: make(chan error, 1)}
	go func() { w.ended <- w.read() }()
	return w, nil
}

// read notes the time before it looks at what has come.
func (w *Watcher) read() error {
	for {
		_, data, err := w.conn.Read(context.Background())
		at := time.Now()
		if err != nil {
			return err
		}
		var m struct {
			Type    string
			Payload struct {
				Data map[string]struct {
					Event struct{ Version int }
					Order struct{ ID uuid.UUID }
				}
			}
		}
		if err := json.Unmarshal(data, &m); err != nil {
			return fmt.Errorf("read a message: %w", err)
		}
		if m.Type != "next" {
			return fmt.Errorf("got %.200s", data)
		}
		for _, change := range m.Payload.Data {
			w.mu.Lock()
			w.arrivals = append(w.arrivals, Arrival{Event{change.Order.ID, change.Event.Version}, at})
			w.mu.Unlock()
		}
	}
}

// Arrivals returns what has come so far, in order.
func (w *Watcher) Arrivals() []Arrival {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.arrivals)
}

// Close ends the socket. It fails if it has ended before.
func (w *Watcher) Close() error {
	select {
	case err := <-w.ended:
		return fmt.Errorf("a socket ended: %w", err)
	default:
	}
	_ = w.conn.CloseNow()
	<-w.ended
	return nil
}
