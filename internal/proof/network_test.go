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

// The same house as where Postgres dies, but here it lives, and the network between it and the servers does not.
func TestToxicNetworkUnderLoad(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	network := newToxicNetwork(t, db.DSN)
	house := openHouse(t, db.DSN, network.dsn)
	house.requireOrders(50)

	network.poison(toxic{Type: "latency", Attributes: attributes{"latency": 40, "jitter": 20}})
	house.requireOrders(house.orders.Load() + 50)
	network.heal()

	for _, fault := range []struct {
		name     string
		inflict  func()
		noticing time.Duration
	}{
		{"too slow for a transaction", func() { network.poison(toxic{Type: "latency", Attributes: attributes{"latency": 1200}}) }, 5 * time.Second},
		{"stalled, and what was sent is lost", func() { network.poison(toxic{Type: "timeout", Attributes: attributes{"timeout": 0}}) }, 5 * time.Second},
		{"stalled, and what was sent arrives later", func() { network.poison(toxic{Type: "latency", Attributes: attributes{"latency": 3_600_000}}) }, 5 * time.Second},
		{"cut again and again", func() { network.poison(toxic{Type: "reset_peer", Attributes: attributes{"timeout": 5}}) }, time.Second},
		{"gone", network.disable, time.Second},
	} {
		t.Log(fault.name)
		fault.inflict()
		time.Sleep(fault.noticing)
		network.heal()
		house.requireRecovery(time.Now())
	}

	house.requireWhole(t)
}

// toxicNetwork leads to a database.
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

// poison adds the toxic in both directions.
func (n *toxicNetwork) poison(what toxic) {
	n.t.Helper()
	for _, what.Stream = range []string{"upstream", "downstream"} {
		text, err := json.Marshal(what)
		require.NoError(n.t, err)
		_, err = n.proxy.Toxics.AddToxicJson(strings.NewReader(string(text)))
		require.NoError(n.t, err)
	}
}

func (n *toxicNetwork) disable() { n.proxy.Stop() }

// heal takes away whatever is wrong.
func (n *toxicNetwork) heal() {
	n.t.Helper()
	n.proxy.Toxics.ResetToxics(context.Background())
	if err := n.proxy.Start(); err != nil {
		require.ErrorIs(n.t, err, toxiproxy.ErrProxyAlreadyStarted)
	}
}
