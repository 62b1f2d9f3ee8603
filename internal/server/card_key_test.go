package server

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPublishableKeyIsOneOfTheSecretKeysMode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ secret, publishable, says string }{
		"both live":                 {"sk_live_x", "pk_live_x", ""},
		"both for tests":            {"sk_test_x", "pk_test_51H_x", ""},
		"a restricted key":          {"rk_live_x", "pk_live_x", ""},
		"cash only":                 {"sk_live_x", "", ""},
		"no money moves":            {"", "pk_live_x", "of no use without Stripe's secret key: set PIZZERIA_STRIPE_API_KEY"},
		"the simulated key":         {SimulatedKey, "pk_test_x", "of no use without Stripe's secret key"},
		"tests, where money moves":  {"sk_live_x", "pk_test_x", "contradict each other"},
		"money, where tests are":    {"rk_test_x", "pk_live_x", "contradict each other"},
		"a secret key in its place": {"sk_live_x", "sk_live_visible", "every visitor can read it"},
		"another thing":             {"sk_live_x", "pk_live_visible' x", "begins with pk_live_ or pk_test_"},
	} {
		_, err := readConfig(map[string]string{"PIZZERIA_STRIPE_API_KEY": c.secret, "PIZZERIA_STRIPE_PUBLISHABLE_KEY": c.publishable}, noFile)
		if c.says == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, "PIZZERIA_STRIPE_PUBLISHABLE_KEY", name)
		require.ErrorContains(t, err, c.says, name)
		require.NotContains(t, err.Error(), "visible", name)
		require.NotContains(t, err.Error(), "\n", name)
	}
}

func TestThePublishableKeyFromAFile(t *testing.T) {
	t.Parallel()
	read := func(path string) ([]byte, error) {
		if path != "/cards" {
			return nil, errors.New("no such file")
		}
		return []byte("pk_live_x\n"), nil
	}
	config, err := readConfig(map[string]string{"PIZZERIA_STRIPE_API_KEY": "sk_live_x", "PIZZERIA_STRIPE_PUBLISHABLE_KEY_FILE": "/cards"}, read)
	require.NoError(t, err)
	require.Equal(t, "pk_live_x", config.StripeCardKey)
}
