package proof_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// Postgres stays up here, and the network between it and the servers fails in several ways.
func TestToxicNetworkUnderLoad(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	network := newToxicNetwork(t, db.DSN)
	d := deploy(t, db.DSN, network.dsn)
	d.requireOrders(50)

	network.addToxic(toxic{Type: "latency", Attributes: attributes{"latency": 40, "jitter": 20}})
	d.requireOrders(d.orders.Load() + 50)
	network.reset()

	for _, fault := range []struct {
		name     string
		start    func()
		duration time.Duration
	}{
		{"too slow for a transaction", func() { network.addToxic(toxic{Type: "latency", Attributes: attributes{"latency": 1200}}) }, 5 * time.Second},
		{"stalled, and what was sent is lost", func() { network.addToxic(toxic{Type: "timeout", Attributes: attributes{"timeout": 0}}) }, 5 * time.Second},
		{"stalled, and what was sent arrives later", func() { network.addToxic(toxic{Type: "latency", Attributes: attributes{"latency": 3_600_000}}) }, 5 * time.Second},
		{"cut again and again", func() { network.addToxic(toxic{Type: "reset_peer", Attributes: attributes{"timeout": 5}}) }, time.Second},
		{"gone", network.disable, time.Second},
	} {
		t.Log(fault.name)
		fault.start()
		time.Sleep(fault.duration)
		network.reset()
		d.requireRecovery(time.Now())
	}

	d.requireIntact(t)
}

// toxicNetwork is a proxy in front of a database.
type toxicNetwork struct {
	t     *testing.T
	proxy *toxiproxy.Proxy
	dsn   string
}

type toxic struct {
	Type       string     `json:"type"`
	Stream     string     `json:"stream"`
	Attributes attributes `json:"attributes"`
}

type attributes map[string]int

func newToxicNetwork(t *testing.T, dsn string) *toxicNetwork {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	n := &toxicNetwork{t: t, proxy: toxiproxy.NewProxy(server, "postgres", "127.0.0.1:0", pgtest.Forward(t, dsn).Address())}
	require.NoError(t, n.proxy.Start())
	t.Cleanup(n.proxy.Stop)
	n.dsn = pgtest.Through(t, dsn, n.proxy.Listen)
	return n
}

// addToxic adds a toxic, a fault of the network, in both directions.
func (n *toxicNetwork) addToxic(what toxic) {
	n.t.Helper()
	for _, what.Stream = range []string{"upstream", "downstream"} {
		text, err := json.Marshal(what)
		require.NoError(n.t, err)
		_, err = n.proxy.Toxics.AddToxicJson(strings.NewReader(string(text)))
		require.NoError(n.t, err)
	}
}

func (n *toxicNetwork) disable() { n.proxy.Stop() }

// reset removes all toxics and enables the proxy.
func (n *toxicNetwork) reset() {
	n.t.Helper()
	n.proxy.Toxics.ResetToxics(context.Background())
	if err := n.proxy.Start(); err != nil {
		require.ErrorIs(n.t, err, toxiproxy.ErrProxyAlreadyStarted)
	}
}
