package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

// InTx runs fn in one transaction, which commits if fn returns nil and rolls back if it fails or panics. opts may be
// nil for the database's defaults. fn's error is returned as it is. OpenGORM says how long it may take.
func InTx(ctx context.Context, db *gorm.DB, opts *sql.TxOptions, fn func(tx *gorm.DB) error) error {
	ctx, cancel := within(ctx, db)
	defer cancel()
	tx := db.WithContext(ctx).Begin(opts)
	if tx.Error != nil {
		return fmt.Errorf("begin transaction: %w", tx.Error)
	}
	defer tx.Rollback() // without effect after the commit

	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit().Error; err != nil {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
			err = ctx.Err() // it was rolled back because its time was over
		}
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// Retryable says whether the whole transaction was refused only because of another one at the same time
// (serialization failure, deadlock, a lock it waited for too long, as which a deadlock can end too, or the rollback of
// another change to a row), or marked as LostRace, and may be run again from its start.
func Retryable(err error) bool {
	if _, lost := errors.AsType[*lostRace](err); lost {
		return true
	}
	var refusal *pgconn.PgError
	if !errors.As(err, &refusal) {
		return false
	}
	switch refusal.Code {
	case "40001", "40P01", "55P03":
		return true
	}
	return refusal.Code == "XX000" && strings.HasPrefix(refusal.Message, rolledBackMeanwhile)
}

// LostRace marks the error of a transaction that decided on what it had read before it began, and that another one has changed
// since: read anew, it may succeed.
func LostRace(err error) error { return &lostRace{err} }

type lostRace struct{ error }

func (l *lostRace) Unwrap() error { return l.error }

// rolledBackMeanwhile is what Postgres says to who changes a row that others refer to, in the moment in which another
// change to it is rolled back: one half of it has seen that already, the other hasn't. It is an internal error to
// Postgres, and has no code of its own. Twelve clients of PostgreSQL 15 that did nothing else met it twice in 60,000
// transactions.
const rolledBackMeanwhile = "new multixact has more than one updating member"

// Constraint returns which integrity rule of the database err broke: the SQLSTATE (23505 unique, 23503 foreign key,
// 23514 check, 23502 not null) and the constraint's name, which is empty for not null.
func Constraint(err error) (sqlstate, name string, ok bool) {
	var refusal *pgconn.PgError
	if !errors.As(err, &refusal) || !strings.HasPrefix(refusal.Code, "23") {
		return "", "", false
	}
	return refusal.Code, refusal.ConstraintName, true
}
