package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// oldestMajor is the oldest Postgres that the project's SQL runs on.
const oldestMajor = 15

// unusable is why a database can't be used, however often it is tried.
type unusable string

func (e unusable) Error() string { return "the database can't be used: " + string(e) }

// session is what a server, a database and a role are like, as far as the program needs them to be otherwise at times.
type session struct {
	Major    int
	Encoding string
	ICU      bool // whether texts can be sorted by ICU
	ReadOnly bool
	Standby  bool
	Setting  *string // one that can't be worked with, and its value
}

// checkSession refuses, in one line, a server or a database that can't keep what the program writes, and what a role, a database
// or the server sets by itself, as checkParameter does for the URL.
func checkSession(ctx context.Context, db Querier) error { return checkSince(ctx, db, oldestMajor) }

func checkSince(ctx context.Context, db Querier, oldest int) error {
	rows, err := db.Query(ctx, `
		SELECT
			pg_catalog.current_setting('server_version_num')::integer / 10000,
			pg_catalog.current_setting('server_encoding'),
			EXISTS (SELECT FROM pg_catalog.pg_collation AS c WHERE c.collname = 'und-x-icu'),
			pg_catalog.current_setting('transaction_read_only') = 'on',
			pg_catalog.pg_is_in_recovery(),
			(
				SELECT pg_catalog.min(s.name || ' is ' || s.setting)
				FROM pg_catalog.pg_settings AS s
				WHERE s.name = 'default_transaction_isolation' AND s.setting <> 'read committed'
					OR s.name = 'session_replication_role' AND s.setting <> 'origin'
					OR s.name = 'standard_conforming_strings' AND s.setting <> 'on'
					OR s.name = 'search_path' AND coalesce(pg_catalog.current_schema(), '') <> 'public'
			)`)
	if err != nil {
		return fmt.Errorf("look at the database: %w", err)
	}
	s, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[session])
	if err != nil {
		return fmt.Errorf("look at the database: %w", err)
	}
	switch {
	case s.Major < oldest:
		return unusable(fmt.Sprintf("the server is Postgres %d, and %d or later is needed", s.Major, oldest))
	case s.Encoding != "UTF8":
		return unusable(fmt.Sprintf("the database's encoding is %s, and texts are UTF8: make it with ENCODING 'UTF8' TEMPLATE template0", s.Encoding))
	case !s.ICU:
		return unusable(`the server has no collation "und-x-icu", by which texts are sorted: use a Postgres that was built with ICU`)
	case s.Standby:
		return unusable("the server is a standby, which can't be written to: name the primary")
	case s.ReadOnly:
		return unusable("the database is read only: the role, the database or the server sets default_transaction_read_only")
	case s.Setting != nil:
		return unusable(fmt.Sprintf("the role, the database or the server sets what the program can't work with: %s", *s.Setting))
	}
	return nil
}

// Durable are the settings without which what was acknowledged can be lost, with their values. Storage that writes a page whole or
// not at all, as ZFS does, needs no full_page_writes.
func Durable(wholePages bool) map[string][]string {
	durable := map[string][]string{
		"fsync":              {"on"},
		"synchronous_commit": {"on", "remote_apply", "remote_write", "local"}, // each waits for the disk
	}
	if !wholePages {
		durable["full_page_writes"] = []string{"on"}
	}
	return durable
}

// Unlike names the settings of a session that have none of the values given, each in a line that says what they should be.
func Unlike(ctx context.Context, db Querier, wanted map[string][]string) (lines []string, err error) {
	var names []string
	for name := range wanted {
		names = append(names, name)
	}
	rows, err := db.Query(ctx, `
		SELECT s.name, s.setting
		FROM pg_catalog.pg_settings AS s
		WHERE s.name = ANY ($1)
		ORDER BY s.name COLLATE "C"`, names)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	var name, value string
	_, err = pgx.ForEachRow(rows, []any{&name, &value}, func() error {
		if good := wanted[name]; !slices.Contains(good, value) {
			lines = append(lines, name+" is "+value+" and should be "+strings.Join(good, " or "))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return lines, nil
}

// Room is how many connections the role can have to the database at most, all programs together.
func Room(ctx context.Context, db Querier) (conns int, err error) {
	rows, err := db.Query(ctx, `
		SELECT least(
			pg_catalog.current_setting('max_connections')::integer
				- pg_catalog.current_setting('superuser_reserved_connections')::integer
				- coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::integer,
			nullif(r.rolconnlimit, -1),
			nullif(d.datconnlimit, -1)
		)
		FROM pg_catalog.pg_roles AS r, pg_catalog.pg_database AS d
		WHERE r.rolname = current_user AND d.datname = pg_catalog.current_database()`)
	if err == nil {
		conns, err = pgx.CollectExactlyOneRow(rows, pgx.RowTo[int])
	}
	if err != nil {
		return 0, fmt.Errorf("ask how many connections there may be: %w", err)
	}
	return conns, nil
}

// mayMigrate refuses, in one line, a role that can't change the tables: it couldn't add any, or those there are are another's.
func mayMigrate(ctx context.Context, db Querier) error {
	rows, err := db.Query(ctx, `
		SELECT
			current_user::text,
			pg_catalog.current_database()::text,
			pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'),
			pg_catalog.has_schema_privilege('public', 'CREATE'),
			(
				SELECT c.oid::regclass || ' belongs to ' || pg_catalog.pg_get_userbyid(c.relowner)
				FROM pg_catalog.pg_class AS c
				WHERE c.relnamespace IN (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname IN ('public', 'readmodel', 'simulated_gateway'))
					AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')
					AND NOT EXISTS ( -- an extension's, as pg_stat_statements is
						SELECT FROM pg_catalog.pg_depend AS d
						WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
					)
				ORDER BY c.relname COLLATE "C"
				LIMIT 1
			)`)
	if err != nil {
		return fmt.Errorf("look at the role's rights: %w", err)
	}
	may, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[struct {
		Role, Database         string
		MakeSchema, MakeTables bool
		Others                 *string
	}])
	switch {
	case err != nil:
		return fmt.Errorf("look at the role's rights: %w", err)
	case may.Others != nil:
		return &SchemaError{fmt.Sprintf("%s, and only its owner can change it: migrate as that role, or REASSIGN OWNED to %s", *may.Others, may.Role)}
	case !may.MakeSchema || !may.MakeTables:
		return &SchemaError{fmt.Sprintf("the role %[1]s may not make schemas and tables in the database %[2]s: ALTER DATABASE %[2]s OWNER TO %[1]s",
			may.Role, may.Database)}
	}
	return nil
}
