package simulator_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/platform/pgtest"
)

func TestServersOnOneDatabaseChargeAKeyOnce(t *testing.T) {
	t.Parallel()
	store := simulator.NewPostgres(pgtest.New(t).Pool)
	servers := []string{start(t, store), start(t, store), start(t, store)}
	answers := make([]string, len(servers))
	var calls sync.WaitGroup
	for i, base := range servers {
		calls.Go(func() {
			_, answers[i] = send(t, "POST", base+"/v1/payment_intents", secret, "key", order+"&payment_method=tok_ok")
		})
	}
	calls.Wait()

	require.Contains(t, answers[0], `"status":"requires_capture"`)
	for _, answer := range answers {
		require.Equal(t, answers[0], answer)
	}
	charged, err := store.Entries(t.Context(), "o1")
	require.NoError(t, err)
	require.Len(t, charged, 1)
}

func TestTheLedgerIsAppendOnly(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	send(t, "POST", start(t, simulator.NewPostgres(db.Pool))+"/v1/payment_intents", secret, "key", order+"&payment_method=tok_ok")
	for _, statement := range []string{
		"UPDATE simulated_gateway.ledger SET amount = 1", "DELETE FROM simulated_gateway.ledger",
		"INSERT INTO simulated_gateway.ledger (intent_id, order_id, kind, amount, at) SELECT intent_id, order_id, kind, amount, at FROM simulated_gateway.ledger",
	} {
		_, err := db.Pool.Exec(t.Context(), statement)
		require.Error(t, err, statement)
	}
}

func TestAStoreThatFailsAnswersAnErrorAndStoresNothing(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	base := start(t, simulator.NewPostgres(db.Pool)) + "/v1/payment_intents"
	_, err := db.Pool.Exec(t.Context(), "ALTER TABLE simulated_gateway.ledger ADD CONSTRAINT broken CHECK (amount = 1)")
	require.NoError(t, err)
	failed, body := send(t, "POST", base, secret, "key", order+"&payment_method=tok_ok")
	require.Equal(t, 500, failed.StatusCode)
	require.Contains(t, body, `"type":"api_error"`)
	require.NotContains(t, body, "broken")

	_, err = db.Pool.Exec(t.Context(), "ALTER TABLE simulated_gateway.ledger DROP CONSTRAINT broken")
	require.NoError(t, err)
	repeated, _ := send(t, "POST", base, secret, "key", order+"&payment_method=tok_ok")
	require.Equal(t, 200, repeated.StatusCode)
	require.Empty(t, repeated.Header.Get("Idempotent-Replayed"))
}
