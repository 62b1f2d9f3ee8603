package postgres

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
)

// statementTimeout limits a statement or a transaction, including the wait for a connection. It holds when the database's
// own limits don't, because the database or the network is silent.
const statementTimeout = 3 * time.Second

// budget is a plugin that ends each statement in time, even if its context has no deadline.
type budget struct{ limit time.Duration }

const budgetName = "pizzeria:budget"

// Name implements gorm.Plugin.
func (budget) Name() string { return budgetName }

// Initialize implements gorm.Plugin. Row, Rows and Scan are left out: what they return is read after the callbacks.
func (b budget) Initialize(db *gorm.DB) error {
	on := db.Callback()
	return errors.Join(
		on.Create().Before("*").Register(budgetName, b.begin), on.Create().After("*").Register(budgetName+":end", b.end),
		on.Query().Before("*").Register(budgetName, b.begin), on.Query().After("*").Register(budgetName+":end", b.end),
		on.Update().Before("*").Register(budgetName, b.begin), on.Update().After("*").Register(budgetName+":end", b.end),
		on.Delete().Before("*").Register(budgetName, b.begin), on.Delete().After("*").Register(budgetName+":end", b.end),
		on.Raw().Before("*").Register(budgetName, b.begin), on.Raw().After("*").Register(budgetName+":end", b.end),
	)
}

// runningStatement is what begin leaves for end.
type runningStatement struct {
	before context.Context
	end    context.CancelFunc
}

func (b budget) begin(db *gorm.DB) {
	if _, inTx := db.Statement.ConnPool.(gorm.TxCommitter); inTx {
		return // which has its end
	}
	before := db.Statement.Context
	ctx, cancel := context.WithTimeout(before, b.limit)
	db.Statement.Context = ctx
	db.InstanceSet(budgetName, runningStatement{before, cancel})
}

func (b budget) end(db *gorm.DB) {
	if set, ok := db.InstanceGet(budgetName); ok {
		s := set.(runningStatement)
		s.end()
		db.Statement.Context = s.before
	}
}

// Bounded returns the context of a read on the pool itself.
func Bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= statementTimeout { // as queries are
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, statementTimeout)
}

// within returns the context of a transaction: it has as long as a statement.
func within(ctx context.Context, db *gorm.DB) (context.Context, context.CancelFunc) {
	if b, ok := db.Plugins[budgetName].(budget); ok {
		return context.WithTimeout(ctx, b.limit)
	}
	return ctx, func() {}
}
