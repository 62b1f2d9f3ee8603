package proof_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Two servers find 1.2 million expired keys, while an open snapshot keeps Postgres from removing the deleted rows. All
// expired keys are deleted, customers order meanwhile, and younger keys stay.
func TestOldKeysAreSweptHoweverManyThereAre(t *testing.T) {
	t.Parallel()
	s := open(t)
	insertKeys(t, s, 1_200_000, "8 days")
	insertKeys(t, s, 1_000, "6 days")
	holdSnapshot(t, s)

	one := s.serve(t)
	s.serve(t)
	pizza := dish(t, one, "Margherita", stock(t, one, "Dough", 1_000_000))
	placed := 0
	for end := time.Now().Add(5 * time.Minute); hasOldKeys(t, s); {
		require.True(t, time.Now().Before(end), "the sweep doesn't end")
		_, err := one.PlaceOrder.Handle(t.Context(), pickup(s.customers[0], pizza, fmt.Sprint("meanwhile ", placed), ""))
		require.NoError(t, err)
		placed++
	}

	require.Eventually(t, func() bool { // the other server may be about to commit its last ones
		var left int
		err := s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.idempotency_keys`).Scan(&left)
		return err == nil && left == 1_000+2+placed // the dish and its ingredient have keys, too
	}, time.Minute, 100*time.Millisecond)
	t.Logf("%d orders meanwhile", placed)
}

func insertKeys(t *testing.T, s *shop, n int, age string) {
	t.Helper()
	execute(t, s.db.DSN, fmt.Sprintf(`
		INSERT INTO public.idempotency_keys
			(actor_id, command, key, request_hash, subject_id, answer, locked_until, created_at)
		SELECT '%s', 'placeOrder', '%s ' || n, sha256(''), gen_random_uuid(), '{}', at, at
		FROM generate_series(1, %d) AS n, LATERAL (SELECT now() - interval '%s' - n * interval '1 ms' AS at) AS at`,
		s.customers[0].ID, age, n, age))
}

// hasOldKeys returns whether the newest of the expired keys is left, which is deleted last.
func hasOldKeys(t *testing.T, s *shop) (left bool) {
	t.Helper()
	err := s.db.Pool.QueryRow(t.Context(), `
		SELECT EXISTS (
			SELECT FROM public.idempotency_keys AS k
			WHERE k.actor_id = $1 AND k.command = 'placeOrder' AND k.key = '8 days 1'
		)`, s.customers[0].ID).Scan(&left)
	require.NoError(t, err)
	return left
}

// holdSnapshot keeps a snapshot open until the test ends.
func holdSnapshot(t *testing.T, s *shop) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.db.DSN)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	_, err = conn.Exec(t.Context(), "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM public.orders")
	require.NoError(t, err)
}
