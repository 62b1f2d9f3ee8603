// Package readmodel keeps the read models small in their exact level: it moves what changed since the last refresh into
// the frozen one, and proves on request that a model's view equals its definition. The writes themselves are
// followed by triggers; docs/decisions/0002-snapshot-and-fresh.md tells why.
package readmodel

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Querier is a pool, a connection or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Model is one registered read model. Its relations are public.<Name>_source, _snapshot, _fresh and _view.
type Model struct {
	Name string
	// IsSum tells that contributions to groups are kept, rather than rows computed anew.
	IsSum bool
}

// Models lists the registered models by name.
func Models(ctx context.Context, db Querier) ([]Model, error) {
	rows, err := db.Query(ctx, `SELECT m.name, m.kind = 'sum' FROM readmodel.models AS m ORDER BY m.name`)
	if err != nil {
		return nil, fmt.Errorf("list read models: %w", err)
	}
	models, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Model])
	if err != nil {
		return nil, fmt.Errorf("list read models: %w", err)
	}
	return models, nil
}

// relation returns the quoted name of one of the model's four relations.
func (m Model) relation(suffix string) string {
	return pgx.Identifier{"public", m.Name + "_" + suffix}.Sanitize()
}
