package postgres_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

// forThisDatabase changes the database that a pool is connected to.
func forThisDatabase(change string) string {
	return "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I " + strings.ReplaceAll(change, "'", "''") + "', current_database()); END $$"
}

func TestADatabaseThatCannotKeepWhatIsNeededIsRefusedInOneLine(t *testing.T) {
	t.Parallel()
	for says, change := range map[string]string{
		`the server has no collation "und-x-icu"`:         `DELETE FROM pg_catalog.pg_collation WHERE collname = 'und-x-icu'`,
		"the database is read only":                       forThisDatabase("SET default_transaction_read_only = on"),
		"can't work with: standard_conforming_strings is": forThisDatabase("SET standard_conforming_strings = off"),
		"can't work with: default_transaction_isolation":  forThisDatabase("SET default_transaction_isolation = 'serializable'"),
		"can't work with: search_path is":                 forThisDatabase("SET search_path = 'elsewhere'"),
		"can't work with: session_replication_role is":    forThisDatabase("SET session_replication_role = 'replica'"),
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			db := newDatabase(t)
			exec(t, db.Pool, change)
			refused(t, with(t, db.DSN, func(u *url.URL) {
				q := u.Query()
				q.Set("target_session_attrs", "any")
				u.RawQuery = q.Encode()
			}), says)
		})
	}
}

func refused(t *testing.T, dsn, says string) {
	t.Helper()
	_, err := postgres.Connect(t.Context(), dsn, postgres.Options{MaxConns: 1, WaitFor: -1})
	require.ErrorContains(t, err, says)
	require.NotContains(t, err.Error(), "\n")
}

func TestADatabaseOfAnotherEncodingIsRefused(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	name := "test_latin_" + strings.ToLower(db.Pool.Config().ConnConfig.Database[5:])
	exec(t, db.Pool, fmt.Sprintf("CREATE DATABASE %s ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0", name))
	defer exec(t, db.Pool, "DROP DATABASE "+name)

	refused(t, with(t, db.DSN, func(u *url.URL) { u.Path = "/" + name }), "the database's encoding is LATIN1, and texts are UTF8")
}

func TestAnOlderServerIsRefused(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	require.NoError(t, postgres.CheckSince(t.Context(), db.Pool, 15))
	require.ErrorContains(t, postgres.CheckSince(t.Context(), db.Pool, 99), ", and 99 or later is needed")
}

// A standby is told from a primary whatever the URL wants.
func TestAStandbyIsRefused(t *testing.T) {
	t.Parallel()
	standby := pgtest.NewStandby(t)
	refused(t, standby, "a standby, or else made so, to which nothing can be written")
	refused(t, standby+"&target_session_attrs=any", "the server is a standby, which can't be written to")
}

// A role that owns nothing in the database can use it, and not migrate it.
func TestARoleThatMayNotMigrateIsToldBeforeAnythingIsDone(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	name := db.Pool.Config().ConnConfig.Database
	role := "role_" + name
	exec(t, db.Pool, "CREATE ROLE "+role+" LOGIN")
	defer exec(t, db.Pool, "DROP OWNED BY "+role+"; DROP ROLE "+role)
	as := with(t, db.DSN, func(u *url.URL) {
		q := u.Query()
		q.Set("user", role)
		u.RawQuery = q.Encode()
	})
	schema := program(t, "v1.5.0", 2)

	_, err := schema.Migrate(t.Context(), as, atWork(""), discard)
	require.ErrorContains(t, err, "can change it: migrate as that role, or REASSIGN OWNED to "+role)
	exec(t, db.Pool, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
	_, err = schema.Migrate(t.Context(), as, atWork(""), discard)
	require.EqualError(t, err, fmt.Sprintf("the role %[1]s may not make schemas and tables in the database %[2]s: ALTER DATABASE %[2]s OWNER TO %[1]s", role, name))

	exec(t, db.Pool, "ALTER DATABASE "+name+" OWNER TO "+role+"; ALTER SCHEMA public OWNER TO "+role)
	_, err = schema.Migrate(t.Context(), as, atWork(""), discard)
	require.NoError(t, err)
	exec(t, db.Pool, "ALTER DATABASE "+name+" OWNER TO CURRENT_USER; ALTER SCHEMA public OWNER TO CURRENT_USER; GRANT USAGE ON SCHEMA public TO "+role)
	_, err = schema.Migrate(t.Context(), as, atWork(""), discard)
	require.NoError(t, err, "nothing is due")
}

func TestRoomIsWhatServerDatabaseAndRoleAllow(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	room := func() int {
		conns, err := postgres.Room(t.Context(), db.Pool)
		require.NoError(t, err)
		return conns
	}
	var all int
	require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT current_setting('max_connections')::integer`).Scan(&all))
	require.Less(t, room(), all)
	exec(t, db.Pool, forThisDatabase("CONNECTION LIMIT 7"))
	require.Equal(t, 7, room())
}

func TestSettingsThatLoseWhatWasAcknowledgedAreNamed(t *testing.T) {
	t.Parallel()
	fast, durable := newDatabase(t), open(t, pgtest.NewOwn(t).DSN(), postgres.Options{MaxConns: 1})
	lines, err := postgres.Unlike(t.Context(), fast.Pool, postgres.Durable(false))
	require.NoError(t, err)
	require.Equal(t, []string{
		"fsync is off and should be on", "full_page_writes is off and should be on", "synchronous_commit is off and should be on or remote_apply or remote_write or local",
	}, lines)
	lines, err = postgres.Unlike(t.Context(), durable, postgres.Durable(false))
	require.NoError(t, err)
	require.Empty(t, lines)
	lines, err = postgres.Unlike(t.Context(), fast.Pool, postgres.Durable(true))
	require.NoError(t, err)
	require.Len(t, lines, 2, "storage that tears no page needs no copies of pages")
	require.NotContains(t, strings.Join(lines, " "), "full_page_writes")
}
