package e2e_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/platform/restore"
	"pizzeria/internal/server"
)

// restored returns the shop restored in another database, without a server.
func (s *shop) restored(dsn string) *shop {
	s.Helper()
	pgtest.Restore(s, s.db.DSN, dsn)
	other := *s
	other.db = pgtest.Open(s, dsn, 4)
	return &other
}

// requireSold compares how many pizzas the report counts.
func (s *shop) requireSold(p *person, want int) {
	s.Helper()
	counted := 0
	for _, pizza := range p.popular("ALL_TIME") {
		counted += pizza.Quantity
	}
	require.Equal(s, want, counted)
}

func (s *shop) status(orderID string) (status string) {
	s.Helper()
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT o.status FROM public.orders AS o WHERE o.id = $1`, orderID).Scan(&status))
	return status
}

func TestARestoredDumpIsExactAndActsOnceItIsAdopted(t *testing.T) {
	for where, target := range map[string]func(testing.TB) string{
		"into another database": pgtest.Empty, "into a new server": pgtest.EmptyElsewhere,
	} {
		t.Run(where, func(t *testing.T) {
			original := open(t)
			customer, manager := original.signIn("customer"), original.signIn("manager")
			for range 3 {
				customer.placed(original.margherita()) // cash: it is confirmed, and counts as sold
			}
			unpaid := customer.placed(original.margherita().card("tok_requires_action"))
			original.requireSold(manager, 3)
			before := manager.asOf()
			original.first.stop()
			_, err := original.db.Pool.Exec(t.Context(), `UPDATE public.orders AS o SET placed_at = o.placed_at - interval '1 hour' WHERE o.id = $1`, unpaid.ID)
			require.NoError(t, err)

			s := original.restored(target(t))
			s.first = s.serve(s.config)

			require.Eventually(t, func() bool {
				status, text := s.readyz(s.first)
				require.Equal(t, http.StatusServiceUnavailable, status)
				return strings.Contains(text, "shop: not ready: this data was copied from another database") && strings.Contains(text, "models: ok")
			}, time.Minute, 10*time.Millisecond)
			require.Equal(t, http.StatusServiceUnavailable, s.visitor().do(`{ menu { id } }`, nil).status)
			time.Sleep(2500 * time.Millisecond) // in which a shop would cancel what nobody paid for
			require.Equal(t, "PENDING", s.status(unpaid.ID))

			require.NoError(t, restore.Adopt(t.Context(), s.db.Pool))
			s.awaitReady(s.first)
			require.Eventually(t, func() bool { return s.status(unpaid.ID) == "CANCELLED" }, time.Minute, 50*time.Millisecond)

			customer, manager = customer.through(s.first), manager.through(s.first)
			customer.shop, manager.shop = s, s
			s.requireSold(manager, 3)
			feed := manager.connect().kitchen(before)
			require.Equal(t, "ResyncRequired", feed.next().Type)
			now := manager.connect().kitchen(manager.asOf())
			order := customer.placed(s.margherita())
			now.expect(order.ID, 0, "PLACED", "CONFIRMED")
			now.expectNothing()
			s.requireSold(manager, 4)
			s.audit()
			refreshed := server.EachModel(t.Context(), s.db.DSN, "", s.log(), func(pool *pgxpool.Pool, g readmodel.Generation) error {
				_, err := readmodel.Refresh(t.Context(), pool, g)
				return err
			})
			require.NoError(t, refreshed)
			s.requireSold(manager, 4)
			s.audit()
			s.first.stop()
			again := s.serve(s.config)
			s.awaitReady(again)
		})
	}
}
