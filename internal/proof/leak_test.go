package proof_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
)

// leakSeed fixes how far each client gets, and how it ends its connection.
const leakSeed = 33

func TestClientsThatComeAndGoLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	cycles := long(2_000, 20_000)
	f := openFleet(t, 1)
	s := f.at(0)
	v := &shortLivedClients{url: s.url, order: f.newWorkload().placeOrders(t, 1)[0]}
	for range 16 { // each may have ten sockets whose end the server hasn't noticed yet
		v.tokens = append(v.tokens, f.account(auth.RoleCook))
	}
	require.NoError(t, v.run(t.Context(), 200, 1), "to open what the server keeps open, such as connections to the database")
	before := s.atRest(t)

	err := v.run(t.Context(), cycles, 2)

	require.NoError(t, err)
	after := s.atRest(t)
	t.Logf("seed %d: %d connections; before %+v, after %+v", leakSeed, cycles, before, after)
	require.LessOrEqual(t, abs(after.goroutines-before.goroutines), 10)
	require.LessOrEqual(t, abs(after.files-before.files), 10)
}

// shortLivedClients connect, get some way, and end the connection without a closing handshake.
type shortLivedClients struct {
	url, order string
	tokens     []string
}

// run connects n times, with each token once at a time. It fails if a client didn't get as far as intended.
func (v *shortLivedClients) run(ctx context.Context, n int, stream uint64) error {
	var busy sync.WaitGroup
	var started atomic.Int64
	errs := make([]error, len(v.tokens))
	for i := range errs {
		random := rand.New(rand.NewPCG(leakSeed, stream<<8+uint64(i)))
		busy.Go(func() {
			for errs[i] == nil && int(started.Add(1)) <= n {
				errs[i] = v.runOne(ctx, v.tokens[i], random)
			}
		})
	}
	busy.Wait()
	return errors.Join(errs...)
}

func (v *shortLivedClients) runOne(ctx context.Context, token string, random *rand.Rand) error {
	ctx, done := context.WithCancel(ctx)
	defer done()
	l := &clientConn{}
	leave := l.close
	if random.IntN(4) > 0 { // if all closed the connection, this side would run out of ports
		leave = l.cut
	}
	defer leave()
	init := map[string]any{"type": "connection_init"}
	subscribe := map[string]any{"id": "1", "type": "subscribe", "payload": changesOf(v.order, "").request()}
	switch random.IntN(8) {
	case 0:
		return v.sendText(ctx, l, "")
	case 1:
		return v.sendText(ctx, l, "POST /graphql HTTP/1.1\r\nHost: pizz")
	case 2:
		return v.sendText(ctx, l, "POST /graphql HTTP/1.1\r\nHost: pizzeria\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"query\": \"")
	case 3:
		return v.openSocket(ctx, l)
	case 4:
		return v.openSocket(ctx, l, init)
	case 5:
		return v.openSocket(ctx, l, init, subscribe)
	case 6:
		return v.watch(ctx, l, bySocket, token, leave)
	default:
		return v.watch(ctx, l, byEvents, token, leave)
	}
}

// sendText sends a text and waits for no answer.
func (v *shortLivedClients) sendText(ctx context.Context, l *clientConn, text string) error {
	conn, err := l.dial(ctx, strings.TrimSuffix(strings.TrimPrefix(v.url, "http://"), "/graphql"))
	if err == nil {
		_, err = io.WriteString(conn, text)
	}
	return err
}

// openSocket upgrades to a socket, sends messages, and waits for no answer.
func (v *shortLivedClients) openSocket(ctx context.Context, l *clientConn, messages ...map[string]any) error {
	conn, _, err := websocket.Dial(ctx, v.url, &websocket.DialOptions{HTTPClient: l.client(), Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { _ = conn.CloseNow() })
	for _, message := range messages {
		if err := wsjson.Write(ctx, conn, message); err != nil {
			return err
		}
	}
	return nil
}

// watch subscribes, and ends the connection on the first item.
func (v *shortLivedClients) watch(ctx context.Context, l *clientConn, by transport, token string, leave func()) error {
	items := 0
	ended := by(ctx, l.client(), v.url, token, changesOf(v.order, ""), func(item) {
		items++
		leave()
	})
	if items == 0 {
		return fmt.Errorf("no item came, but %q", ended)
	}
	return nil
}
