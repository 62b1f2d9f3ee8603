package server

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhereCustomersMayCome(t *testing.T) {
	t.Parallel()
	for address, public := range map[string]bool{
		"127.0.0.1:8080": false, "localhost:8080": false, "LOCALHOST:0": false, "[::1]:8080": false, "127.9.9.9:80": false, "[::ffff:127.0.0.1]:80": false,
		":8080": true, "0.0.0.0:8080": true, "[::]:8080": true, "10.0.0.1:8080": true, "192.168.1.4:80": true, "shop.example:8080": true, "pizzeria:80": true,
		"localhost.example:80": true, "127.0.0.1.nip.io:80": true,
	} {
		config, err := readConfig(map[string]string{"PIZZERIA_ADDR": address}, noFile)
		require.NoError(t, err)
		require.Equal(t, public, config.Public(), address)
		require.Equal(t, !public, bool(config.Playground), address)
		_, err = config.ForDemo(false)
		require.Equal(t, public, err != nil, address)
		require.Equal(t, public, config.ForShop() != nil, "no gateway at %s", address)
	}
	for name, c := range map[string]struct {
		environment        map[string]string
		public, playground bool
		refused            bool
	}{
		"by default":              {nil, false, true, false},
		"a real key":              {map[string]string{"PIZZERIA_STRIPE_API_KEY": "sk_live_x"}, true, false, false},
		"a key for tests":         {map[string]string{"PIZZERIA_STRIPE_API_KEY": "sk_test_x"}, true, false, false},
		"the simulated key":       {map[string]string{"PIZZERIA_STRIPE_API_KEY": SimulatedKey}, false, true, false},
		"a simulated one, apart":  {map[string]string{"PIZZERIA_STRIPE_API_BASE": "http://10.0.0.1:1"}, false, true, false},
		"apart, public":           {map[string]string{"PIZZERIA_STRIPE_API_BASE": "http://10.0.0.1:1", "PIZZERIA_ADDR": ":1"}, true, false, true},
		"behind a proxy":          {map[string]string{"PIZZERIA_TRUSTED_PROXIES": "127.0.0.1"}, true, false, true},
		"behind one, simulated":   {map[string]string{"PIZZERIA_TRUSTED_PROXIES": "127.0.0.1", "PIZZERIA_PAYMENTS": "simulated"}, true, false, false},
		"with a playground":       {map[string]string{"PIZZERIA_ADDR": ":1", "PIZZERIA_PAYMENTS": "simulated", "PIZZERIA_PLAYGROUND": "on"}, true, true, false},
		"alone, without one":      {map[string]string{"PIZZERIA_PLAYGROUND": "off"}, false, false, false},
		"Stripe, and its webhook": {map[string]string{"PIZZERIA_PAYMENTS": "stripe", "PIZZERIA_STRIPE_API_KEY": "sk_live_x"}, true, false, false},
	} {
		config, err := readConfig(c.environment, noFile)
		require.NoError(t, err, name)
		require.Equal(t, c.public, config.Public(), name)
		require.Equal(t, c.playground, bool(config.Playground), name)
		require.Equal(t, c.refused, config.ForShop() != nil, name)
	}
}

func TestThePublicDemoListensOnAllAddresses(t *testing.T) {
	t.Parallel()
	for given, listens := range map[string]string{"": ":8080", "127.0.0.1:9": ":9", "localhost:9": ":9", "10.0.0.1:9": "10.0.0.1:9", ":9": ":9"} {
		config, err := readConfig(map[string]string{"PIZZERIA_ADDR": given}, noFile)
		require.NoError(t, err)

		config, err = config.ForDemo(true)

		require.NoError(t, err)
		require.Equal(t, listens, config.Addr)
		require.True(t, bool(config.Playground))
		require.False(t, config.Local)
		require.Equal(t, "127.0.0.1:8081", config.AdminAddr)
	}
}
