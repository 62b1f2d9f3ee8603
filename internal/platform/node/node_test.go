package node_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/node"
	"pizzeria/internal/platform/pgtest"
)

type testNode struct {
	id    uuid.UUID
	owner uuid.UUID
}

func (*testNode) IsNode() {}

// counter counts statements.
type counter struct{ n atomic.Int64 }

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	c.n.Add(1)
	return ctx
}

func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// fixture has three types of nodes, with ten nodes each, all of which have an owner.
type fixture struct {
	handler    *node.Handler
	statements *counter
	pool       *pgxpool.Pool
}

func open(t *testing.T) *fixture {
	t.Helper()
	w := &fixture{statements: &counter{}}
	config, err := pgxpool.ParseConfig(pgtest.New(t).DSN)
	require.NoError(t, err)
	config.ConnConfig.Tracer = w.statements
	w.pool, err = pgxpool.NewWithConfig(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(w.pool.Close)
	var types []node.Type
	for _, name := range []string{"A", "B", "C"} {
		_, err := w.pool.Exec(t.Context(), `
			CREATE TABLE public.`+name+` (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner uuid NOT NULL DEFAULT gen_random_uuid());
			INSERT INTO public.`+name+` (owner) SELECT gen_random_uuid() FROM generate_series(1, 10)`)
		require.NoError(t, err)
		types = append(types, node.Of(name, name, w.reader(name), func(by auth.Actor, n *testNode) bool { return by.MaySee(n.owner) }))
	}
	w.handler = node.NewHandler(w.pool, types...)
	return w
}

func (w *fixture) reader(table string) func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*testNode, error) {
	return func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*testNode, error) {
		rows, err := w.pool.Query(ctx, `SELECT x.id, x.owner FROM public.`+table+` AS x WHERE x.id = ANY ($1)`, ids)
		if err != nil {
			return nil, err
		}
		found := map[uuid.UUID]*testNode{}
		var one testNode
		_, err = pgx.ForEachRow(rows, []any{&one.id, &one.owner}, func() error {
			found[one.id] = &testNode{one.id, one.owner}
			return nil
		})
		return found, err
	}
}

func (w *fixture) ids(t *testing.T, table string) (ids []uuid.UUID) {
	t.Helper()
	rows, err := w.pool.Query(t.Context(), `SELECT x.id FROM public.`+table+` AS x`)
	require.NoError(t, err)
	ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	require.NoError(t, err)
	return ids
}

var staff = auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCook}}

func TestOneStatementTellsTheTypesOfAnyNumberOfIDs(t *testing.T) {
	t.Parallel()
	w := open(t)
	a, b := w.ids(t, "A"), w.ids(t, "B")
	for name, c := range map[string]struct {
		ids        []uuid.UUID
		statements int64
	}{
		"none":             {nil, 1},
		"an unknown one":   {[]uuid.UUID{uuid.New()}, 1},
		"one":              {a[:1], 2},
		"the same ones":    {append(a[:10:10], a...), 2},
		"two types":        {append(a[:10:10], b...), 3},
		"two types, mixed": {[]uuid.UUID{a[0], b[0], uuid.New(), a[1], b[1]}, 3},
	} {
		before := w.statements.n.Load()
		found, err := w.handler.Handle(t.Context(), node.ByIDs{By: staff, IDs: c.ids})
		require.NoError(t, err)
		require.Equal(t, c.statements, w.statements.n.Load()-before, name)
		require.Len(t, found, len(c.ids))
		for i, n := range found {
			if n != nil {
				require.Equal(t, c.ids[i], n.(*testNode).id, name)
			} else {
				require.NotContains(t, append(a[:10:10], b...), c.ids[i], name)
			}
		}
	}
}

func TestNobodySeesWhatIsAnothers(t *testing.T) {
	t.Parallel()
	w := open(t)
	ids := w.ids(t, "A")[:2]
	all, err := w.handler.Handle(t.Context(), node.ByIDs{By: staff, IDs: ids})
	require.NoError(t, err)
	owner := auth.Actor{ID: all[1].(*testNode).owner, Roles: []auth.Role{auth.RoleCustomer}}

	found, err := w.handler.Handle(t.Context(), node.ByIDs{By: owner, IDs: ids})

	require.NoError(t, err)
	require.Equal(t, []node.Node{nil, all[1]}, found)
}

func TestTooManyIDsAreRefused(t *testing.T) {
	t.Parallel()
	w := open(t)
	_, err := w.handler.Handle(t.Context(), node.ByIDs{By: staff, IDs: make([]uuid.UUID, 101)})
	require.True(t, fault.Is(err, fault.BadUserInput))
	_, err = w.handler.Handle(t.Context(), node.ByIDs{By: staff, IDs: make([]uuid.UUID, 100)})
	require.NoError(t, err)
}
