package proof_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// others are variables that are meant for psql, for programs that are traced in another way, and for yet others.
var others = []string{
	"PGSERVICE=nowhere", "PGSERVICEFILE=/nowhere", "PGHOST=nowhere", "PGPORT=1", "PGDATABASE=other", "PGUSER=other", "PGPASSWORD=other", "PGPASSFILE=/nowhere",
	"PGSSLMODE=nonsense", "PGSSLROOTCERT=/nowhere", "PGTARGETSESSIONATTRS=standby", "PGTZ=Nowhere/Land", "PGOPTIONS=-c nonsense", "PGAPPNAME=other",
	"PGCONNECT_TIMEOUT=nonsense", "PGMINPROTOCOLVERSION=9.9", "PGCHANNELBINDING=nonsense", "PGREQUIREAUTH=nonsense", "PGDATA=/nowhere", "PGCLIENTENCODING=LATIN1",
	"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "OTEL_RESOURCE_ATTRIBUTES=nonsense", "OTEL_TRACES_SAMPLER=nonsense",
	"HTTP_PROXY=http://127.0.0.1:1", "HTTPS_PROXY=http://127.0.0.1:1", "http_proxy=http://127.0.0.1:1", "ALL_PROXY=nonsense", "XDG_CACHE_HOME=relative", "XDG_DATA_HOME=relative",
	"PORT=1", "HOST=nowhere", "DATA_DIR=/nowhere", "CURRENCY=nonsense", "ADDRESS=nonsense", "POSTGRES_PASSWORD=other",
	"TZ=Nowhere/Land", "LC_ALL=C", "PIZZERIA_SERVICE_HOST=10.0.0.1", "PIZZERIA_PORT=tcp://10.0.0.1:8080", "NODE_OPTIONS=--nonsense",
}

func TestVariablesOfOtherProgramsAreNothingToUs(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := slices.Concat(others, []string{"PIZZERIA_DATABASE_URL=" + db.DSN})
	run(t, environment, "seed")

	s := serve(t, environment...)

	session, pizza := signIn(t, s.url, "customer@example.com"), firstPizza(t, s.url)
	placed, err := order(t.Context(), s.url, session, pizza, "despite them", "tok_ok")
	require.NoError(t, err)
	require.Equal(t, "CONFIRMED", placed.Order.Status)
	require.Zero(t, s.terminate(t), "%s", s.errs)

	own := demo(t, slices.Concat(others, []string{"PIZZERIA_DATA_DIR=" + pgtest.Folder(t)})...)
	signIn(t, own.url, "cook@example.com")
	require.Zero(t, own.terminate(t), "%s", own.errs)
}

// A service has no home, and often no account that one could be found by.
func TestNoHomeIsNeededWhereFoldersAreGiven(t *testing.T) {
	t.Parallel()
	folder, err := built()
	require.NoError(t, err)
	for name, environment := range map[string][]string{
		"data":           {"PIZZERIA_DATA_DIR=" + pgtest.Folder(t)},
		"data and cache": {"PIZZERIA_DATA_DIR=" + pgtest.Folder(t), "PIZZERIA_CACHE_DIR=" + pgtest.Folder(t)},
		"a database":     {"PIZZERIA_DATABASE_URL=" + pgtest.New(t).DSN},
	} {
		cmd := exec.Command(filepath.Join(folder, "pizzeria"), "migrate")
		cmd.Env = slices.Concat(environment, []string{"PATH=" + os.Getenv("PATH")})
		if bin := os.Getenv("PIZZERIA_PG_BIN"); bin != "" {
			cmd.Env = append(cmd.Env, "PIZZERIA_PG_BIN="+bin)
		}
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s", name, out)
	}
}
