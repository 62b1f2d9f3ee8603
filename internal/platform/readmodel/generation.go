package readmodel

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// State of a generation. It is built from one to the next, and each is committed with what it says.
type State string

// The states.
const (
	Prepared State = "prepared" // its relations exist, empty
	Followed State = "followed" // every change of what it reads is written to it
	Filled   State = "filled"   // its snapshot has been computed
	Verified State = "verified" // it has been compared with its definition
	InUse    State = "in_use"   // public.<model>_view and the others show it
	Retired  State = "retired"  // it was in use, and is still kept exact
	Dropping State = "dropping" // nothing is written to it any more
	Dropped  State = "dropped"  // only its number and hash remain
)

// Querier is a pool, a connection or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Generation is one definition of a model, as it is built in the database.
type Generation struct {
	Model  string
	Number int
	Kind   Kind
	Hash   string
	State  State

	version string // of the program that brought it; "" if it had none
	breaks  bool   // it took columns away, or changed their type
}

// Name is what its relations' names begin with: order_2.
func (g Generation) Name() string { return fmt.Sprintf("%s_%d", g.Model, g.Number) }

// relation returns the quoted name of one of its relations: source, snapshot, fresh, view or progress.
func (g Generation) relation(suffix string) string {
	return pgx.Identifier{"readmodel", g.Name() + "_" + suffix}.Sanitize()
}

// exact tells whether its view equals its definition, and is kept so by refreshes. One that is filled may still show what was
// computed before all its triggers were there, until its builder has swept that; and the builder would wait for a refresh to end.
func (g Generation) exact() bool {
	return g.Kind != Plain && slices.Contains([]State{Verified, InUse, Retired}, g.State)
}

// Generations lists all that there are and were, by model and number.
func Generations(ctx context.Context, db Querier) ([]Generation, error) {
	rows, err := db.Query(ctx, `
		SELECT g.model, g.number, g.kind, g.hash, g.state, coalesce(g.version, ''), g.breaks
		FROM readmodel.generations AS g
		ORDER BY g.model COLLATE "C", g.number`)
	if err != nil {
		return nil, fmt.Errorf("list generations of read models: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g Generation, err error) {
		err = row.Scan(&g.Model, &g.Number, &g.Kind, &g.Hash, &g.State, &g.version, &g.breaks)
		return g, err
	})
	if err != nil {
		return nil, fmt.Errorf("list generations of read models: %w", err)
	}
	return all, nil
}

// Models lists the generations in use, one a model, by name.
func Models(ctx context.Context, db Querier) ([]Generation, error) {
	all, err := Generations(ctx, db)
	return slices.DeleteFunc(all, func(g Generation) bool { return g.State != InUse }), err
}
