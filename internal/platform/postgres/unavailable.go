package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
)

// Unavailable says whether err means that the database couldn't work now, and nothing against what was asked: it can't be
// reached, is starting or stopping, is full, can't be written to (a primary that was demoted), didn't answer in time, or gave
// it up for another transaction (Retryable). The same may succeed in a moment. It may have been done already: a connection can
// break, and time run out, between the commit and its answer. A client that has gone (context.Canceled) is another matter.
func Unavailable(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true // whatever the reason: it is no fault of what was asked
	}
	if Retryable(err) {
		return true
	}
	if answer, ok := errors.AsType[*pgconn.PgError](err); ok {
		return passing(answer.Code) || readOnly(answer)
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	for _, lost := range []error{
		context.DeadlineExceeded, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgconn.ErrConnClosed, driver.ErrBadConn,
	} {
		if errors.Is(err, lost) {
			return true
		}
	}
	return false
}

// passing tells which SQLSTATEs say something about the server's state rather than about the statement.
func passing(code string) bool {
	switch code {
	case
		"57014",                            // cancelled, for example by statement_timeout
		"57P01", "57P02", "57P03", "57P05", // stopping, crashed, starting; the session was idle for too long
		"25P03", "25P04": // the transaction was idle, or took too long
		return true
	}
	return len(code) == 5 && (code[:2] == "08" || code[:2] == "53") // connections, resources
}
