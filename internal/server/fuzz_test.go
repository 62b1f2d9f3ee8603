package server

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// FuzzReadConfig reads whatever environment, a variable a line: it is refused in one line, or it can be
// served with.
func FuzzReadConfig(f *testing.F) {
	for _, environment := range []string{
		"", "PIZZERIA_ADDR=:8080", "PIZZERIA_ADDR=nowhere", "PIZZERIA_DATABASE_URL=postgres://u:secret@h/d", "PIZZERIA_DATABASE_URL=postgres://u:secret@h:x/d", "PIZZERIA_DATABASE_MAX_CONNS=-1",
		"PIZZERIA_RATE_LIMIT=off", "PIZZERIA_RATE_LIMIT=NaN", "PIZZERIA_RATE_LIMIT=1e999", "PIZZERIA_RATE_LIMIT=-0", "PIZZERIA_PLAYGROUND=maybe", "PIZZERIA_TRUSTED_ORIGINS=*", "PIZZERIA_TRUSTED_ORIGINS=https://a.example,null",
		"PIZZERIA_TRUSTED_PROXIES=10.0.0.0/8,::/0", "PIZZERIA_TRUSTED_PROXIES=10.0.0.1", "PIZZERIA_LIMIT_TOKENS=off", "PIZZERIA_LIMIT_TOKENS=0", "PIZZERIA_LIMIT_BODY_BYTES=off", "PIZZERIA_LIMIT_QUEUE_BYTES=9999999999",
		"PIZZERIA_LIMIT_SIGN_IN_ACCOUNT=10/30s", "PIZZERIA_LIMIT_SIGN_IN_ACCOUNT=0/0s", "PIZZERIA_LIMIT_SIGN_IN_ADDRESS=1/-1s", "PIZZERIA_ABANDON_AFTER=0s",
		"PIZZERIA_STRIPE_API_BASE=ftp://x", "PIZZERIA_LOG_LEVEL=loud", "PIZZERIA_STRIPE_WEBHOOK_SECRET=whsec_a,whsec_b", "PIZZERIA_ABANDON_AFTER=9223372036855s",
		"PIZZERIA_ADRR=:8080", "PIZZERIA_\x00=1", "PIZZERIA_PORT=1", "PIZZERIA_ADDR_FILE=:8080", "PIZZERIA_PAYMENTS=simulated\nPIZZERIA_ADDR=:1", "PIZZERIA_ADMIN_HOSTS=a b,c",
		"PIZZERIA_DATABASE_URL=host=h\nPIZZERIA_DATABASE_PASSWORD=a'b\\c d", "PIZZERIA_DATABASE_URL=postgres://h/d?x=y\nPIZZERIA_DATABASE_PASSWORD=&a=b#%+",
		"PIZZERIA_DATABASE_URL=postgres://u?x@h/d\nPIZZERIA_DATABASE_PASSWORD=a", "PIZZERIA_DATABASE_URL=application_name=a://b\nPIZZERIA_DATABASE_PASSWORD=a",
		"PIZZERIA_DATABASE_URL=host=h user=\nPIZZERIA_DATABASE_PASSWORD=a", "PIZZERIA_DATABASE_URL=host=h user=u\\\nPIZZERIA_DATABASE_PASSWORD=a",
		"PIZZERIA_PUBLIC_URL=https://shop.example", "PIZZERIA_TRUSTED_PROXIES=fe80::1%eth0 ::ffff:1.2.3.4/97",
	} {
		f.Add(environment)
	}
	f.Fuzz(func(t *testing.T, text string) {
		environment := map[string]string{}
		for line := range strings.Lines(text) {
			name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
			environment[name] = value
		}
		config, err := readConfig(environment, func(path string) ([]byte, error) { return []byte(path), nil })
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
		if password := config.DatabasePassword; password != "" {
			database, err := pgx.ParseConfig(config.DatabaseURL)
			require.NoError(t, err)
			require.Equal(t, password, database.Password)
		}
	})
}
