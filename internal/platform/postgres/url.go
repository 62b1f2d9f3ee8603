package postgres

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// CheckURL tells in one line why a database's URL can't be used. Settings that the program can't work with are refused:
// orders might be accepted and the feed stand still.
func CheckURL(dsn string) error {
	_, err := parseURL(dsn)
	return err
}

// WithPassword adds a password to a database's URL, or to its form of keywords and values; it takes the place of another.
// A spelling that would swallow the password is refused, as keywords that end in an empty value are.
func WithPassword(dsn, password string) (string, error) {
	added := dsn + " password='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(password) + "'"
	if address, isURL := cutScheme(dsn); isURL {
		separator := "?"
		if strings.Contains(withoutUser(address), "?") {
			separator = "&"
		}
		added = dsn + separator + "password=" + strings.ReplaceAll(url.QueryEscape(password), "+", "%20")
	}
	if config, err := pgx.ParseConfig(added); err != nil || config.Password != password {
		return "", errors.New("no password can be added to it; an address that one can be added to is postgres://user@host/database")
	}
	return added, nil
}

// cutScheme returns what follows the scheme of a URL; what has none is in the form of keywords and values.
func cutScheme(dsn string) (address string, isURL bool) {
	for _, scheme := range []string{"postgres://", "postgresql://"} {
		if address, isURL = strings.CutPrefix(dsn, scheme); isURL {
			return address, true
		}
	}
	return dsn, false
}

// withoutUser returns what follows user and password, which end at an @ before the first slash and may contain a question mark.
func withoutUser(address string) string {
	if i := strings.IndexAny(address, "@/"); i >= 0 && address[i] == '@' {
		return address[i+1:]
	}
	return address
}

// parseURL reads a URL, of which libpq's form of keywords and values is another spelling. Connections are made to a server
// that can be written to, unless the URL says otherwise, and given up when it can't be any more.
func parseURL(dsn string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("it is no address of a Postgres, e.g. postgres://user@host/database") // the cause may quote a password
	}
	conn := config.ConnConfig
	switch {
	case conn.DefaultQueryExecMode != pgx.QueryExecModeCacheStatement:
		return nil, errors.New("default_query_exec_mode can only be cache_statement")
	case conn.StatementCacheCapacity < 1:
		return nil, errors.New("statement_cache_capacity is at least 1")
	case conn.DescriptionCacheCapacity < 1:
		return nil, errors.New("description_cache_capacity is at least 1")
	}
	for name, value := range conn.RuntimeParams {
		if err := checkParameter(strings.ToLower(name), value); err != nil {
			return nil, err
		}
	}
	switch attributes := sessionAttributes(dsn); attributes {
	case "":
		conn.ValidateConnect = requireWritable
	case "any", "read-write", "primary":
	default:
		return nil, fmt.Errorf("target_session_attrs can't be %s: the server writes", attributes)
	}
	closeOnFatal := conn.OnPgError
	conn.OnPgError = func(c *pgconn.PgConn, err *pgconn.PgError) bool { return closeOnFatal(c, err) && !readOnly(err) }
	return config, nil
}

func requireWritable(ctx context.Context, conn *pgconn.PgConn) error {
	if err := pgconn.ValidateConnectTargetSessionAttrsReadWrite(ctx, conn); err != nil {
		return fmt.Errorf("a standby, or else made so, to which nothing can be written: %w", err)
	}
	return nil
}

// connect makes one connection, without a pool and its timeouts.
func connect(ctx context.Context, dsn string) (*pgx.Conn, error) {
	config, err := parseURL(dsn)
	if err != nil {
		return nil, fmt.Errorf("read database URL: %w", err)
	}
	setParameters(config.ConnConfig.RuntimeParams, unlimited)
	return pgx.ConnectConfig(ctx, config.ConnConfig)
}

// required are parameters of a session that may be given, but only with one of these values.
var required = map[string][]string{
	"search_path":                   {"public"},
	"default_transaction_isolation": {"read committed"},
	"default_transaction_read_only": {"off"},
	"session_replication_role":      {"origin"},
	"synchronous_commit":            {"on", "remote_apply"},
	"client_encoding":               {"UTF8", "utf8", "UTF-8", "utf-8"},
	"standard_conforming_strings":   {"on"},
}

func checkParameter(name, value string) error {
	if name == "options" {
		for parameter := range required {
			if strings.Contains(strings.ToLower(value), parameter) {
				return fmt.Errorf("options can't set %s", parameter)
			}
		}
		return nil
	}
	if values, limited := required[name]; limited && !slices.Contains(values, value) {
		return fmt.Errorf("%s can only be %s", name, strings.Join(values, " or "))
	}
	return nil
}

var targetSessionAttributes = regexp.MustCompile(`[?&\s]target_session_attrs\s*=\s*'?([a-z-]*)`)

// sessionAttributes returns what the URL wants of the server that it leads to; "" if nothing.
func sessionAttributes(dsn string) string {
	if named := targetSessionAttributes.FindStringSubmatch(" " + dsn); named != nil {
		return named[1]
	}
	return ""
}

// Writable tells whether the database takes commands now, as a standby doesn't.
func Writable(ctx context.Context, pool *pgxpool.Pool) (yes bool, err error) {
	err = pool.QueryRow(ctx, `SELECT pg_catalog.current_setting('transaction_read_only') = 'off'`).Scan(&yes)
	if err != nil {
		return false, fmt.Errorf("ask whether the database can be written to: %w", err)
	}
	return yes, nil
}

// readOnly tells that the server behind a session can't be written to: it is a standby, or a primary that was demoted.
func readOnly(err *pgconn.PgError) bool {
	return err.Code == "25006" || err.Code == "55000" && err.Message == "recovery is in progress"
}
