package proof_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/privatepg"
)

// A machine gets another version of Postgres: the shop isn't opened with an empty database, and after the upgrade it
// has all its data.
func TestShopIsUpgradedToAnotherPostgres(t *testing.T) {
	t.Parallel()
	folder := pgtest.Folder(t)
	older, newer := withPostgres(t, folder, 15), withPostgres(t, folder, 17)
	run(t, older, "seed")
	first := serve(t, older...)
	session, pizza := signIn(t, first.url, "customer@example.com"), firstPizza(t, first.url)
	told, err := order(t.Context(), first.url, session, pizza, "told", "tok_ok")
	require.NoError(t, err)
	require.Zero(t, first.interrupt(t), "%s", first.errs)

	status, said := refused(t, newer, "serve")
	require.Equal(t, 1, status)
	require.Contains(t, said, "the data are of Postgres 15, and at hand is Postgres 17")
	require.NoDirExists(t, filepath.Join(folder, "postgres-17"))
	require.Contains(t, run(t, newer, "upgrade-data"), "are data of Postgres 17 now")
	require.Contains(t, run(t, newer, "upgrade-data"), "no newer one is at hand")

	second := serve(t, newer...)
	require.Contains(t, run(t, newer, "verify"), "order")
	again, err := order(t.Context(), second.url, session, pizza, "told", "tok_ok")
	require.NoError(t, err)
	require.Equal(t, told, again, "sessions and keys are kept")
	next, err := order(t.Context(), second.url, session, pizza, "next", "tok_ok")
	require.NoError(t, err)
	require.Equal(t, told.Order.Number+1, next.Order.Number, "numbers go on")
	require.Len(t, ledgerTotals(t, second.ledger), 2)
	require.Zero(t, second.interrupt(t), "%s", second.errs)
}

// withPostgres returns the environment of a shop whose machine has the given version of Postgres.
func withPostgres(t *testing.T, folder string, major int) []string {
	t.Helper()
	bin, err := privatepg.Fetch(t.Context(), major)
	require.NoError(t, err)
	return []string{"PIZZERIA_DATA_DIR=" + folder, "PIZZERIA_PG_BIN=" + bin}
}

// refused runs the program, which must fail, and returns its status and output.
func refused(t *testing.T, environment []string, arguments ...string) (status int, said string) {
	t.Helper()
	folder, err := built()
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(folder, "pizzeria"), arguments...)
	cmd.Env = slices.Concat(environment, inherited())
	out, err := cmd.CombinedOutput()
	require.Error(t, err, "%s", out)
	return cmd.ProcessState.ExitCode(), string(out)
}
