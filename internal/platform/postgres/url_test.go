package postgres_test

import (
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

func TestSettingsThatCannotWorkAreRefusedInOneLine(t *testing.T) {
	t.Parallel()
	for setting, says := range map[string]string{
		"default_query_exec_mode=exec":                      "default_query_exec_mode",
		"default_query_exec_mode=simple_protocol":           "default_query_exec_mode",
		"default_query_exec_mode=describe_exec":             "default_query_exec_mode",
		"default_query_exec_mode=cache_describe":            "default_query_exec_mode",
		"statement_cache_capacity=0":                        "statement_cache_capacity",
		"description_cache_capacity=0":                      "description_cache_capacity",
		"search_path=shop":                                  "search_path",
		"default_transaction_isolation=serializable":        "default_transaction_isolation",
		"default_transaction_read_only=on":                  "default_transaction_read_only",
		"session_replication_role=replica":                  "session_replication_role",
		"synchronous_commit=off":                            "synchronous_commit",
		"client_encoding=LATIN1":                            "client_encoding",
		"standard_conforming_strings=off":                   "standard_conforming_strings",
		"options=-c%20search_path%3Dshop":                   "search_path",
		"target_session_attrs=read-only":                    "target_session_attrs",
		"target_session_attrs=standby":                      "target_session_attrs",
		"target_session_attrs=prefer-standby":               "target_session_attrs",
		"sslmode=sometimes":                                 "no address",
		"connect_timeout=soon":                              "no address",
		"pool_max_conns=many":                               "no address",
		"default_query_exec_mode=exec&pool_min_conns=1":     "default_query_exec_mode",
		"application_name=shop&statement_cache_capacity=-1": "",
	} {
		err := postgres.CheckURL("postgres://pizzeria:secret@localhost/pizzeria?" + setting)
		require.Error(t, err, setting)
		require.Contains(t, err.Error(), says, setting)
		require.NotContains(t, err.Error(), "\n", setting)
		require.NotContains(t, err.Error(), "secret", setting)
	}
	require.ErrorContains(t, postgres.CheckURL("host=localhost target_session_attrs=standby"), "target_session_attrs")
}

// What isn't refused works, all of it together: commands, queries, migrations.
func TestOtherSettingsWork(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	dsn := with(t, db.DSN, func(u *url.URL) {
		q := u.Query()
		for _, setting := range strings.Split("default_query_exec_mode=cache_statement statement_cache_capacity=1 "+
			"description_cache_capacity=1 pool_max_conns=7 pool_min_conns=1 pool_min_idle_conns=1 pool_max_conn_lifetime=1m "+
			"pool_max_conn_lifetime_jitter=1s pool_max_conn_idle_time=1m pool_health_check_period=1s "+
			"connect_timeout=5 target_session_attrs=any search_path=public synchronous_commit=on work_mem=8MB "+
			"options=-c%20enable_seqscan=on", " ") {
			name, value, _ := strings.Cut(setting, "=")
			value, err := url.QueryUnescape(value)
			require.NoError(t, err)
			q.Set(name, value)
		}
		u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20") // a plus is no space to libpq
	})

	again := pgtest.Open(t, dsn, 2)
	for id := range 3 {
		require.NoError(t, postgres.InTx(t.Context(), again.Gorm, nil, add(10+id)))
	}
	require.EqualValues(t, 3, count(t, again))
	_, err := postgres.Migrate(t.Context(), dsn, fstest.MapFS{"00002_more.sql": up("CREATE TABLE public.more (id bigint)")}, discard)
	require.NoError(t, err)
}

// A primary that turns into a standby, as its sessions see it: they are given up, and others aren't opened until one can be
// written to.
func TestSessionsOfADemotedPrimaryAreClosed(t *testing.T) {
	t.Parallel()
	server := pgtest.NewOwn(t)
	pool := open(t, server.DSN(), postgres.Options{MaxConns: 2})
	exec(t, pool, "CREATE TABLE public.written (id bigint)")

	server.Demote(t)
	var failure error
	require.Eventually(t, func() bool {
		_, failure = pool.Exec(t.Context(), "INSERT INTO public.written (id) VALUES (1)")
		return failure != nil
	}, 10*slack, slack/100)
	require.True(t, postgres.Unavailable(failure), "%v", failure)
	require.Eventually(t, func() bool { return pool.Stat().TotalConns() == 0 }, 10*slack, slack/100)
	_, err := pool.Exec(t.Context(), "SELECT 1")
	require.True(t, postgres.Unavailable(err), "%v", err)
	var answer *pgconn.PgError
	require.NotErrorAs(t, err, &answer, "it wasn't even connected to: %v", err)

	server.Promote(t)
	require.Eventually(t, func() bool {
		_, err := pool.Exec(t.Context(), "INSERT INTO public.written (id) VALUES (1)")
		return err == nil
	}, 10*slack, slack/100)
}

// A password is added to any spelling of an address, or refused: never taken for a part of something else.
func TestAPasswordIsAddedToAnAddress(t *testing.T) {
	t.Parallel()
	const password = `a'b\c &d=e#%+`
	for _, dsn := range []string{
		"postgres://u@h/d", "postgres://u:old@h/d?connect_timeout=5", "postgresql://u?x@h/d", "postgres://h1,[::1]:5433/d",
		"host=h user=u password=old", "host=h application_name=a://b", "host=h user='u u'",
	} {
		added, err := postgres.WithPassword(dsn, password)
		require.NoError(t, err, dsn)
		before, err := pgx.ParseConfig(dsn)
		require.NoError(t, err, dsn)
		after, err := pgx.ParseConfig(added)
		require.NoError(t, err, dsn)
		require.Equal(t, password, after.Password, dsn)
		require.Equal(t, []any{before.Host, before.User, before.Database}, []any{after.Host, after.User, after.Database}, dsn)
	}
	for _, dsn := range []string{"host=h user=", `host=h user=u\`} {
		_, err := postgres.WithPassword(dsn, password)
		require.ErrorContains(t, err, "no password can be added", dsn)
	}
}
