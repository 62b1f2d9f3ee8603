package server

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// noFile is that no setting names a file.
func noFile(string) ([]byte, error) { return nil, errors.New("there is no file") }

func TestMisspeltSettingsAreNamedAndRefused(t *testing.T) {
	t.Parallel()
	for _, name := range settingNames() {
		rest := strings.TrimPrefix(name, prefix)
		slips := []string{
			strings.ToLower(name), // in small letters
			name + "S",            // a plural
			name[:len(name)-1],    // a letter short
			name[:12] + name[13:], // one in the middle
			name[:11] + name[12:13] + name[11:12] + name[13:], // two letters swapped
			name + "_FIEL",                                                                 // of its file
			prefix + "_" + rest,                                                            // a line too many
			"PIZZERIA" + rest,                                                              // none
			"PIZZARIA_" + rest, "PIZERIA_" + rest, "PIZZERRIA_" + rest, "PIZZEIRA_" + rest, // the word itself
			prefix + "MY_" + rest,
		}
		for _, slip := range slips {
			if slip == name || known(slip) {
				continue
			}

			_, err := settings(map[string]string{slip: "x"}, noFile)

			require.ErrorContains(t, err, "there is no setting "+slip, "%s for %s", slip, name)
			require.NotContains(t, err.Error(), "\n")
		}
		_, err := settings(map[string]string{strings.Replace(name, "Z", "", 1): "x"}, noFile)
		require.ErrorContains(t, err, "(is it "+name+"?)")
	}
	_, err := settings(map[string]string{"PIZZERIA_B": "", "PIZZERIA_ANYTHING\nELSE": "x", "PIZZERIA_ADR": "x"}, noFile)
	require.EqualError(t, err, `there is no setting "PIZZERIA_ANYTHING\nELSE", nor PIZZERIA_ADR (is it PIZZERIA_ADDR?), nor PIZZERIA_B`)
}

func known(name string) bool {
	_, err := settings(map[string]string{name: ""}, noFile)
	return err == nil
}

func TestVariablesOfOtherProgramsNeitherStopNorChangeAnything(t *testing.T) {
	t.Parallel()
	plain, err := readConfig(map[string]string{}, noFile)
	require.NoError(t, err)
	others := map[string]string{}
	for _, name := range []string{
		"PORT", "HOST", "PATH", "HOME", "HTTP_PROXY", "https_proxy", "NO_PROXY", "PGHOST", "PGSERVICE", "PGPASSWORD", "OTEL_SERVICE_NAME",
		"OTEL_EXPORTER_OTLP_HEADERS", "STRIPE_SECRET_KEY", "DATA_DIR", "BACKUPS", "POSTGRES_PASSWORD", "ADDRESS", "LOG", "DATABASE", "PIZZA", "PIZZA_ADDR", "PIZZERIAS", "PIZZERIABOT_TOKEN",
		"MARIOS_PIZZERIA_ADDR", "MY_PIZZERIA_DATABASE_URL", "_", "", "SHLVL", "GOGC",
		// Of Services that are called pizzeria, pizzeria-admin and pizzeria-db in the same namespace of Kubernetes.
		"PIZZERIA_SERVICE_HOST", "PIZZERIA_SERVICE_PORT", "PIZZERIA_SERVICE_PORT_HTTP", "PIZZERIA_PORT", "PIZZERIA_PORT_8080_TCP", "PIZZERIA_PORT_8080_TCP_PROTO",
		"PIZZERIA_PORT_8080_TCP_PORT", "PIZZERIA_PORT_8080_TCP_ADDR", "PIZZERIA_ADMIN_SERVICE_HOST", "PIZZERIA_ADMIN_PORT_8081_TCP_ADDR", "PIZZERIA_DB_SERVICE_PORT",
		"PIZZERIA_DB_PORT", "PIZZERIA_DNS_PORT_53_UDP_ADDR",
		// Of the tests.
		"PIZZERIA_TEST_DATABASE_URL", "PIZZERIA_URL",
	} {
		others[name] = "nonsense"
	}

	config, err := readConfig(others, noFile)

	require.NoError(t, err)
	require.Equal(t, plain, config)
	for _, name := range settingNames() {
		require.False(t, links.MatchString(name) || links.MatchString(name+file), "%s looks like a variable of Kubernetes", name)
	}
}

func TestASettingIsReadWithAndWithoutThePrefix(t *testing.T) {
	t.Parallel()
	read := func(path string) ([]byte, error) { return []byte("from " + path), nil }
	for _, name := range settingNames() {
		short := strings.TrimPrefix(name, prefix)
		alone, err := settings(map[string]string{short: "plain"}, read)
		require.NoError(t, err)
		if slices.Contains(prefixed, short) {
			require.Empty(t, alone, "%s may be another program's", short)
			continue
		}
		require.Equal(t, map[string]string{name: "plain"}, alone)
		both, err := settings(map[string]string{short: "another program's", name: "ours"}, read)
		require.NoError(t, err)
		require.Equal(t, map[string]string{name: "ours"}, both)
		byFile, err := settings(map[string]string{short + file: "/secret"}, read)
		require.NoError(t, err)
		require.Equal(t, map[string]string{name: "from /secret"}, byFile)
	}
	for slip, meant := range map[string]string{
		"DATABSE_URL": "DATABASE_URL", "DATABASE_ULR": "DATABASE_URL", "TRUSTED_ORIGIN": "TRUSTED_ORIGINS", "trusted_proxies": "TRUSTED_PROXIES",
		"RATE_LIMT": "RATE_LIMIT", "ABANDON_AFTR": "ABANDON_AFTER", "STRIPE_API_KEYS": "STRIPE_API_KEY", "LIMIT_TOKEN": "LIMIT_TOKENS", "PLAYGROUNDS": "PLAYGROUND",
	} {
		_, err := settings(map[string]string{slip: "x"}, read)
		require.ErrorContains(t, err, "there is no setting "+slip+" (is it "+meant+"?)")
	}
}

func TestSettingsFromFiles(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"/key": "sk_live_secret\n", "/url": "postgres://u:secret@h/d\r\n", "/hooks": "whsec_first\nwhsec_second\n", "/empty": "\n", "/bad": "postgres://u:secret@h:x/d",
	}
	read := func(path string) ([]byte, error) {
		content, found := files[path]
		if !found {
			return nil, errors.New("no such file")
		}
		return []byte(content), nil
	}
	config, err := readConfig(map[string]string{
		"PIZZERIA_STRIPE_API_KEY_FILE": "/key", "PIZZERIA_DATABASE_URL_FILE": " /url ", "PIZZERIA_STRIPE_WEBHOOK_SECRET_FILE": "/hooks", "PIZZERIA_ADDR_FILE": "",
	}, read)
	require.NoError(t, err)
	require.Equal(t, "sk_live_secret", config.StripeKey)
	require.Equal(t, "postgres://u:secret@h/d", config.DatabaseURL)
	require.Equal(t, Entries{"whsec_first", "whsec_second"}, config.WebhookSecrets)

	for says, environment := range map[string]map[string]string{
		"PIZZERIA_STRIPE_API_KEY and PIZZERIA_STRIPE_API_KEY_FILE are both set": {"PIZZERIA_STRIPE_API_KEY": "sk", "PIZZERIA_STRIPE_API_KEY_FILE": "/key"},
		"PIZZERIA_DATABASE_URL_FILE: no such file":                              {"PIZZERIA_DATABASE_URL_FILE": "/none"},
		`PIZZERIA_DATABASE_URL_FILE: the file "/empty" is empty`:                {"PIZZERIA_DATABASE_URL_FILE": "/empty"},
		"PIZZERIA_DATABASE_URL: it is no address":                               {"PIZZERIA_DATABASE_URL_FILE": "/bad"},
	} {
		_, err := readConfig(environment, read)
		require.ErrorContains(t, err, says)
		require.NotContains(t, err.Error(), "secret")
		require.NotContains(t, err.Error(), "\n")
	}
}

func TestAFileIsNotReadWithoutEnd(t *testing.T) {
	t.Parallel()
	_, err := ReadConfig(map[string]string{"PIZZERIA_STRIPE_API_KEY_FILE": "/dev/zero"})
	require.ErrorContains(t, err, "PIZZERIA_STRIPE_API_KEY_FILE: the file is too large")
}
