package e2e_test

import (
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/transport"
)

// Two clients stop reading. Once their connections are full, the server queues all events for one of them, and only the
// newest of each order for the other.
func TestAClientThatStallsGetsTheLatestOrEverything(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	first, second, big := customer.placed(s.margherita()), customer.placed(s.margherita()), customer.placed(s.longestOrder())
	manager.moves(big.ID, "startPreparingOrder", "markOrderReady")
	start := manager.asOf()
	stalling := s.serveStalling()
	watching := manager.through(stalling.runningServer)
	witness, one, other := watching.connect().kitchen(start), watching.withSmallBuffers().connect(), watching.withSmallBuffers().connect()
	every := one.subscribe(watchInMode, after(start))
	latest := other.subscribe(watchInMode, after(start).and("mode", "LATEST"))
	manager.moves(big.ID, "dispatchOrder")
	for _, f := range []*feed{witness, every, latest} {
		f.readUntil(big.ID, 5)
	}
	resume, resumeOther := one.pause(), other.pause()

	moved := stalling.moveUntilFull(witness, manager, big.ID, one, other)
	for _, move := range []string{"startPreparingOrder", "markOrderReady", "completeOrder"} {
		manager.moves(first.ID, move)
		manager.moves(second.ID, move)
	}
	happened := slices.Concat(moved, witness.readUntil(second.ID, 5))
	resume()
	resumeOther()

	require.Equal(t, happened, every.readUntil(second.ID, 5))
	got := map[string][]int{}
	for _, e := range latest.readUntil(second.ID, 5) {
		got[e.order] = append(got[e.order], e.version)
	}
	require.Equal(t, []int{5}, got[first.ID])
	require.Equal(t, []int{5}, got[second.ID])
	require.IsIncreasing(t, got[big.ID])
	require.Less(t, len(got[big.ID]), len(moved))
	require.Equal(t, moved[len(moved)-1].version, got[big.ID][len(got[big.ID])-1])
	every.expectNothing()
	latest.expectNothing()
}

const watchInMode = `subscription($after: Cursor, $mode: DeliveryMode) {
	feed: kitchenFeed(after: $after, mode: $mode) { ... on OrderChanged { cursor event { version } order { id } } }
}`

// withSmallBuffers returns the same session with connections that buffer little.
func (p *person) withSmallBuffers() *person {
	p.Helper()
	dialer := &net.Dialer{Control: func(_, _ string, conn syscall.RawConn) error {
		var failed error
		err := conn.Control(func(fd uintptr) {
			failed = errors.Join( // the server's buffer follows the size of segments
				syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 16<<10),
				syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, 1400),
			)
		})
		return errors.Join(err, failed)
	}}
	copied := *p
	copied.http = &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
	return &copied
}

// longestOrder returns the longest order that is allowed: 100 KB.
func (s *shop) longestOrder() basket {
	s.Helper()
	items := make([]vars, 50)
	for i := range items {
		items[i] = vars{"menuItemId": s.menu["Cola"], "size": "ONE_SIZE", "quantity": 1, "instructions": strings.Repeat("🍕", 500)}
	}
	return s.delivery().with("items", items)
}

// receivedEvent is an event that a client received.
type receivedEvent struct {
	order   string
	version int
}

// readUntil reads up to and including the given event, and returns the events that came.
func (f *feed) readUntil(orderID string, version int) (all []receivedEvent) {
	f.Helper()
	for last := (receivedEvent{orderID, version}); len(all) == 0 || all[len(all)-1] != last; {
		c := f.next()
		all = append(all, receivedEvent{c.Order.ID, c.Event.Version})
	}
	return all
}

// moveUntilFull dispatches and returns an order until the connections of the paused sockets are full, and the server
// delivers further events only to the witness. It returns the events.
func (s *stallingServer) moveUntilFull(witness *feed, p *person, order string, paused ...*socket) (moved []receivedEvent) {
	p.Helper()
	for alone, moves := 0, []string{"returnOrder", "dispatchOrder"}; alone < 3; moves[0], moves[1] = moves[1], moves[0] {
		require.Less(p, len(moved), 100, "the connections hold everything")
		for _, socket := range paused {
			socket.subscribe(`query($id: ID!) { order(id: $id) { items { instructions } again: items { instructions } } }`, vars{"id": order})
		}
		before := s.delivered(p.T)
		version := p.accepted(p.move(moves[0], order, "reason", "Nobody at home.")).Version
		moved = append(moved, witness.readUntil(order, version)...)
		giveUp := time.Now().Add(300 * time.Millisecond)
		for s.delivered(p.T) < before+3 && time.Now().Before(giveUp) {
			time.Sleep(10 * time.Millisecond)
		}
		if alone++; s.delivered(p.T) > before+1 {
			alone = 0
		}
	}
	return moved
}

// stallingServer is a second server over the shop's database. It lets its clients stall for any time, and queues any
// number of events for them.
type stallingServer struct {
	*runningServer
	registry *prometheus.Registry
}

func (s *shop) serveStalling() *stallingServer {
	s.Helper()
	registry := prometheus.NewRegistry()
	return &stallingServer{registry: registry, runningServer: s.serveBare(registry, transport.Options{
		Timing: transport.Timing{Write: time.Hour, Ping: time.Hour}, Connections: transport.ConnectionLimits{QueueMessages: 1e6, QueueBytes: 1e9},
	})}
}

// delivered counts the events that the server has handed to streams.
func (s *stallingServer) delivered(t *testing.T) int {
	t.Helper()
	families, err := s.registry.Gather()
	require.NoError(t, err)
	for _, family := range families {
		if family.GetName() == "pizzeria_live_events_delivered_total" {
			return int(family.GetMetric()[0].GetCounter().GetValue())
		}
	}
	require.Fail(t, "not counted")
	return 0
}
