// Package pgbench repeats what the server sends to Postgres without the server: it records the statements of a command,
// writes them as a pgbench script and runs that.
package pgbench

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
)

// Statement is one statement as it was sent, with its arguments.
type Statement struct {
	SQL       string
	Arguments []any
}

// Recorder is a tracer of connections that keeps what is sent on them.
type Recorder struct {
	mu   sync.Mutex
	sent []Statement
}

// TraceQueryStart implements pgx.QueryTracer.
func (r *Recorder) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	arguments := data.Args
	if len(arguments) > 0 {
		if _, ok := arguments[0].(pgx.QueryResultFormatsByOID); ok { // what database/sql says to pgx stands in front
			arguments = arguments[1:]
		}
	}
	r.sent = append(r.sent, Statement{data.SQL, arguments})
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (r *Recorder) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// Take returns what was sent since the last call.
func (r *Recorder) Take() []Statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	sent := r.sent
	r.sent = nil
	return sent
}
