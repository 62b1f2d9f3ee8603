// Command rawlimit is the fastest that net/http and pgx do: it passes answers through that are stored ready made, and
// knows neither GraphQL nor users. The real server is measured against it: both get the same requests, give the same
// bodies and have as many connections to the same database.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/bench/reference"
	"pizzeria/internal/platform/postgres"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := serve(ctx, os.Getenv("DATABASE_URL"))
	stop()
	if err != nil {
		log.Fatalf("rawlimit: %s", err)
	}
}

func serve(ctx context.Context, dsn string) error {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return fmt.Errorf("read database URL: %w", err)
	}
	config.MaxConns = postgres.ConnsFor(runtime.GOMAXPROCS(0))
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("open database pool: %w", err)
	}
	defer pool.Close()
	return reference.Serve(ctx, "raw limit", routes(pool))
}

func routes(pool *pgxpool.Pool) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /order", pass(func(r *http.Request, body []byte) ([]byte, error) {
		var request struct{ Variables struct{ ID uuid.UUID } }
		if err := json.Unmarshal(body, &request); err != nil {
			return nil, err
		}
		document, err := one(r.Context(), pool, `SELECT o.document FROM raw_limit.orders AS o WHERE o.id = $1`, request.Variables.ID)
		return fmt.Appendf(nil, `{"data":{"order":%s}}`, document), err
	}))
	mux.Handle("POST /menu", pass(func(r *http.Request, _ []byte) ([]byte, error) {
		return one(r.Context(), pool, `SELECT m.document FROM raw_limit.menu AS m`)
	}))
	for _, table := range []string{"page", "list"} {
		mux.Handle("POST /"+table, pass(func(r *http.Request, _ []byte) ([]byte, error) { return list(r.Context(), pool, table) }))
	}
	return mux
}

func pass(read func(r *http.Request, body []byte) ([]byte, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			body, err = read(r, body)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	})
}

func one(ctx context.Context, pool *pgxpool.Pool, sql string, arguments ...any) (document []byte, err error) {
	err = pool.QueryRow(ctx, sql, arguments...).Scan(&document)
	return document, err
}

// list is a page of the newest orders, as a table has them.
func list(ctx context.Context, pool *pgxpool.Pool, table string) ([]byte, error) {
	rows, err := pool.Query(ctx, `
		SELECT o.document
		FROM raw_limit.`+table+` AS o
		ORDER BY o.placed_at DESC, o.id DESC
		LIMIT 20`)
	if err != nil {
		return nil, err
	}
	var document []byte
	all := []byte(`{"data":{"orders":{"nodes":[`)
	_, err = pgx.ForEachRow(rows, []any{&document}, func() error {
		all = append(append(all, document...), ',')
		return nil
	})
	if err != nil {
		return nil, err
	}
	return append(all[:len(all)-1], "]}}}"...), nil
}
