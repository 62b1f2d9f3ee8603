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

// Two clients stop reading. Once their connections are full, what happens waits in the server: for one of them all of
// it, for the other the newest of each order.
func TestAClientThatStallsGetsTheLatestOrEverything(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	first, second, big := customer.placed(s.margherita()), customer.placed(s.margherita()), customer.placed(s.bigDelivery())
	manager.moves(big.ID, "startPreparingOrder", "markOrderReady")
	start := manager.asOf()
	stalling := s.serveStalling()
	watching := manager.through(stalling.running)
	witness, one, other := watching.connect().kitchen(start), watching.narrow().connect(), watching.narrow().connect()
	every := one.subscribe(watchInMode, after(start))
	latest := other.subscribe(watchInMode, after(start).and("mode", "LATEST"))
	manager.moves(big.ID, "dispatchOrder")
	for _, f := range []*feed{witness, every, latest} {
		f.until(big.ID, 5)
	}
	goOn, goOnToo := one.pause(), other.pause()

	moved := stalling.moveUntilStuck(witness, manager, big.ID, one, other)
	for _, move := range []string{"startPreparingOrder", "markOrderReady", "completeOrder"} {
		manager.moves(first.ID, move)
		manager.moves(second.ID, move)
	}
	happened := slices.Concat(moved, witness.until(second.ID, 5))
	goOn()
	goOnToo()

	require.Equal(t, happened, every.until(second.ID, 5))
	got := map[string][]int{}
	for _, e := range latest.until(second.ID, 5) {
		got[e.order] = append(got[e.order], e.version)
	}
	require.Equal(t, []int{5}, got[first.ID])
	require.Equal(t, []int{5}, got[second.ID])
	require.IsIncreasing(t, got[big.ID])
	require.Less(t, len(got[big.ID]), len(moved))
	require.Equal(t, moved[len(moved)-1].version, got[big.ID][len(got[big.ID])-1])
	every.quiet()
	latest.quiet()
}

const watchInMode = `subscription($after: Cursor, $mode: DeliveryMode) {
	feed: kitchenFeed(after: $after, mode: $mode) { ... on OrderChanged { cursor event { version } order { id } } }
}`

// narrow is the same session over connections that hold little.
func (p *person) narrow() *person {
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
	twin := *p
	twin.http = &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
	return &twin
}

// bigDelivery is the longest order that is allowed: 100 KB.
func (s *shop) bigDelivery() basket {
	s.Helper()
	items := make([]vars, 50)
	for i := range items {
		items[i] = vars{"menuItemId": s.menu["Cola"], "size": "ONE_SIZE", "quantity": 1, "instructions": strings.Repeat("🍕", 500)}
	}
	return s.delivery().with("items", items)
}

// seen is an event that a client got.
type seen struct {
	order   string
	version int
}

// until reads to an event and returns what came, that event included.
func (f *feed) until(orderID string, version int) (all []seen) {
	f.Helper()
	for last := (seen{orderID, version}); len(all) == 0 || all[len(all)-1] != last; {
		c := f.next()
		all = append(all, seen{c.Order.ID, c.Event.Version})
	}
	return all
}

// moveUntilStuck sends a big order back and out, and returns what happened, until only the witness is given any more of
// that: the paused sockets are full of answers.
func (s *stallingServer) moveUntilStuck(witness *feed, p *person, order string, paused ...*socket) (moved []seen) {
	p.Helper()
	for alone, moves := 0, []string{"returnOrder", "dispatchOrder"}; alone < 3; moves[0], moves[1] = moves[1], moves[0] {
		require.Less(p, len(moved), 100, "the connections hold everything")
		for _, socket := range paused {
			socket.subscribe(`query($id: ID!) { order(id: $id) { items { instructions } again: items { instructions } } }`, vars{"id": order})
		}
		before := s.given(p.T)
		version := p.accepted(p.move(moves[0], order, "reason", "Nobody at home.")).Version
		moved = append(moved, witness.until(order, version)...)
		giveUp := time.Now().Add(300 * time.Millisecond)
		for s.given(p.T) < before+3 && time.Now().Before(giveUp) {
			time.Sleep(10 * time.Millisecond)
		}
		if alone++; s.given(p.T) > before+1 {
			alone = 0
		}
	}
	return moved
}

// patientServer is a second server over the shop's database. It lets its clients stall for as long as they like, and
// would queue whatever it is handed for them.
type stallingServer struct {
	*running
	registry *prometheus.Registry
}

func (s *shop) serveStalling() *stallingServer {
	s.Helper()
	registry := prometheus.NewRegistry()
	return &stallingServer{registry: registry, running: s.serveBare(registry, transport.Options{
		Timing: transport.Timing{Write: time.Hour, Ping: time.Hour}, Connections: transport.ConnectionLimits{QueueMessages: 1e6, QueueBytes: 1e9},
	})}
}

// given counts the events that the server has handed to streams.
func (s *stallingServer) given(t *testing.T) int {
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
