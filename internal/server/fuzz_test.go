package server

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzReadConfig reads whatever environment, a variable a line: it is refused in one line, or it can be
// served with.
func FuzzReadConfig(f *testing.F) {
	for _, environment := range []string{
		"", "ADDR=:8080", "ADDR=nowhere", "DATABASE_URL=postgres://u:secret@h/d", "DATABASE_URL=postgres://u:secret@h:x/d", "DATABASE_MAX_CONNS=-1",
		"RATE_LIMIT=off", "RATE_LIMIT=NaN", "RATE_LIMIT=1e999", "RATE_LIMIT=-0", "PLAYGROUND=maybe", "TRUSTED_ORIGINS=*", "TRUSTED_ORIGINS=https://a.example,null",
		"TRUSTED_PROXIES=10.0.0.0/8,::/0", "TRUSTED_PROXIES=10.0.0.1", "LIMIT_TOKENS=off", "LIMIT_TOKENS=0", "LIMIT_BODY_BYTES=off", "LIMIT_QUEUE_BYTES=9999999999",
		"LIMIT_SIGN_IN_ACCOUNT=10/30s", "LIMIT_SIGN_IN_ACCOUNT=0/0s", "LIMIT_SIGN_IN_ADDRESS=1/-1s", "ABANDON_AFTER=0s",
		"STRIPE_API_BASE=ftp://x", "LOG_LEVEL=loud", "STRIPE_WEBHOOK_SECRET=whsec_a,whsec_b", "ABANDON_AFTER=9223372036855s",
	} {
		f.Add(environment)
	}
	f.Fuzz(func(t *testing.T, text string) {
		environment := map[string]string{}
		for line := range strings.Lines(text) {
			name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
			environment[name] = value
		}
		config, err := ReadConfig(environment)
		if err != nil {
			require.NotContains(t, err.Error(), "\n")
			return
		}
		require.True(t, config.AbandonAfter > 0 && config.DatabaseMaxConns >= 4)
		rate := config.RateLimit.rate()
		require.True(t, config.RateLimit == 0 || rate.PerSecond > 0 && rate.Burst > 0)
		limits := config.Limits.documents(false)
		require.False(t, limits.Introspection)
		for _, origin := range config.TrustedOrigins {
			require.NotContains(t, origin, "*")
		}
	})
}
