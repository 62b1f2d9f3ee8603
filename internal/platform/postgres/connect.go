package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	pgxuuid "github.com/vgarvardt/pgx-google-uuid/v5"
	driver "gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Options of a pool; the zero value serves commands and queries.
type Options struct {
	// MaxConns is 0 for pgx's default: the number of processors, at least 4.
	MaxConns int32
	// NoTimeouts leaves out the time limits: for work that takes long by nature, such as refreshing a read model.
	NoTimeouts bool
	// Application is the name by which Postgres and its users know the connections; "pizzeria" unless told.
	Application string
	// WaitFor is how long to try to reach a database that is down; 0 means 30 s, less than 0 a single try.
	WaitFor time.Duration
	// Log receives a line for each failed try. Nil discards.
	Log *slog.Logger
	// Tracer traces each statement, unless it is nil.
	Tracer pgx.QueryTracer
}

// ConnsFor is how many connections serve commands and queries best where Postgres has so many processors: enough that one
// works while others wait for a disk or a row, and few enough that those who wait don't take turns with those who work, and that
// Postgres as it comes, which takes 100 from all programs together, has room for them.
func ConnsFor(processors int) int32 { return int32(min(max(8, 4*processors), 72)) }

// limits end what would block others: a slow statement, the wait for a row that is locked, a transaction whose
// owner is busy elsewhere. All are in milliseconds.
var limits = map[string]string{
	"statement_timeout":                   "3000",
	"lock_timeout":                        "1000",
	"idle_in_transaction_session_timeout": "5000",
}

// unlimited sets what others may limit for our role, our database, or in the URL: a read model takes minutes to build, and who
// builds it holds a lock by a session that is idle meanwhile.
var unlimited = map[string]string{
	"statement_timeout":                   "0",
	"lock_timeout":                        "0",
	"idle_in_transaction_session_timeout": "0",
	"idle_session_timeout":                "0",
}

// setParameters overrides those given, however the URL writes their names.
func setParameters(given, parameters map[string]string) {
	maps.DeleteFunc(given, func(name, _ string) bool { return parameters[strings.ToLower(name)] != "" })
	maps.Copy(given, parameters)
}

func isUnlimited(given map[string]string) bool {
	for name, value := range unlimited {
		if given[name] != value {
			return false
		}
	}
	return true
}

// Connect opens a pool and returns it once the database has answered. Settings that the DSN gives itself stay as they
// are, but for time limits where the options say that there are none. It tries again while the database is down or
// starting, and fails at once on what waiting cannot help, such as a wrong password or a database that does not exist. The
// caller closes the pool.
func Connect(ctx context.Context, dsn string, o Options) (*pgxpool.Pool, error) {
	config, err := poolConfig(dsn, o)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open database pool: %w", err)
	}
	if err := awaitDatabase(ctx, pool, o); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

func poolConfig(dsn string, o Options) (*pgxpool.Config, error) {
	config, err := parseURL(dsn)
	if err != nil {
		return nil, fmt.Errorf("read database URL: %w", err)
	}
	if o.MaxConns > 0 {
		config.MaxConns = o.MaxConns
	}
	// A connection that was idle is asked whether it is still there before it is lent.
	config.PingTimeout = closeTimeout
	setDialTimeouts(&config.ConnConfig.Config)
	params := map[string]string{"application_name": "pizzeria", "timezone": "UTC"}
	given := config.ConnConfig.RuntimeParams
	if o.NoTimeouts {
		setParameters(given, unlimited)
	} else {
		maps.Copy(params, limits)
	}
	for name := range given {
		delete(params, strings.ToLower(name))
	}
	maps.Copy(given, params)
	if o.Application != "" {
		given["application_name"] = o.Application
	}
	config.ConnConfig.Tracer = o.Tracer
	config.AfterConnect = registerTypes
	return config, nil
}

// registerTypes makes pgx return instants in UTC instead of the machine's own time zone, and pass ids as the 16 bytes they
// are: it would try that, fail, and take the way by their text.
func registerTypes(_ context.Context, conn *pgx.Conn) error {
	pgxuuid.Register(conn.TypeMap())
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

func awaitDatabase(ctx context.Context, pool *pgxpool.Pool, o Options) error {
	log := cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	deadline := time.Now().Add(cmp.Or(o.WaitFor, 30*time.Second))
	pause := 250 * time.Millisecond
	for try := 1; ; try++ {
		err := pool.Ping(ctx)
		if err == nil {
			err = checkSession(ctx, pool)
		}
		if _, final := errors.AsType[unusable](err); err == nil || final {
			return err
		}
		left := time.Until(deadline).Round(time.Millisecond)
		if ctx.Err() != nil || !mayRecover(err) || left <= 0 {
			return fmt.Errorf("connect to database after %d tries: %w", try, err)
		}
		pause = min(2*pause, 2*time.Second, left)
		log.Warn("database is not reachable, trying again", "try", try, "in", pause, "giving_up_in", left, "error", err)
		select {
		case <-ctx.Done():
			return fmt.Errorf("connect to database after %d tries: %w", try, errors.Join(context.Cause(ctx), err))
		case <-time.After(pause):
		}
	}
}

// mayRecover: no answer at all may be a server that is down. An answer is final, except for these.
func mayRecover(err error) bool {
	var answer *pgconn.PgError
	if !errors.As(err, &answer) {
		return true
	}
	switch answer.Code {
	case "57P03", "57P01", "57P02", "53300": // starting, stopping, crashed, full
		return true
	}
	return false
}

// OpenGORM puts GORM on the pool. Close its *sql.DB before the pool. A statement ends after 3 s with
// context.DeadlineExceeded at the latest, a transaction by InTx as a whole, unless the pool has NoTimeouts. Read with Raw and
// Find: Row, Rows and Scan have no such end, and Scan writes each statement out with its values, for a log that nobody
// reads. GORM logs nothing: its errors are returned, and its own log would show the values of customers' data.
func OpenGORM(pool *pgxpool.Pool) (*gorm.DB, error) {
	conns := stdlib.OpenDBFromPool(pool)
	db, err := gorm.Open(driver.New(driver.Config{Conn: conns}), &gorm.Config{
		PrepareStmt:            false, // pgx prepares already
		QueryFields:            true,
		SkipDefaultTransaction: true,
		TranslateError:         false,
		Logger:                 logger.Discard,
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open GORM: %w", err), conns.Close())
	}
	given := pool.Config().ConnConfig.RuntimeParams
	if _, limited := given["statement_timeout"]; limited && !isUnlimited(given) {
		if err := db.Use(budget{limit: statementTimeout}); err != nil {
			return nil, errors.Join(fmt.Errorf("open GORM: %w", err), conns.Close())
		}
	}
	return db, nil
}
