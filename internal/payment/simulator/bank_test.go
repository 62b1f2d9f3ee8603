package simulator_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/platform/pgtest"
)

func TestTheBankFinishesOrRefusesWhatTheCardAskedFor(t *testing.T) {
	t.Parallel()
	for name, store := range map[string]simulator.Store{"memory": simulator.NewMemory(), "postgres": simulator.NewPostgres(pgtest.New(t).Pool)} {
		base := start(t, store)
		bank := func(form string) (int, string) {
			response, body := send(t, "POST", base+"/_bank", "", "", form)
			return response.StatusCode, body
		}
		status, _ := bank("order=o1")
		require.Equal(t, http.StatusNotFound, status, name)
		for range 2 {
			send(t, "POST", base+"/v1/payment_intents", secret, "", order+"&payment_method=tok_requires_action")
		}

		status, body := bank("order=o1")
		require.Equal(t, http.StatusOK, status, name)
		require.Contains(t, body, `"status":"requires_capture"`, name)
		status, body = bank("order=o1&refuse=true")
		require.Equal(t, http.StatusPaymentRequired, status, name)
		require.Contains(t, body, "authentication_required", name)

		status, _ = bank("order=o1")
		require.Equal(t, http.StatusNotFound, status, name)
		charged, err := store.Entries(t.Context(), "o1")
		require.NoError(t, err)
		require.Len(t, charged, 1, name)
	}
}
