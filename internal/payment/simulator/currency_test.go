package simulator_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment/simulator"
)

const unpriced = "capture_method=manual&confirm=true&payment_method=tok_ok&metadata[order_id]=o1"

func TestAmountsAreCountedAsAtStripe(t *testing.T) {
	t.Parallel()
	base := start(t, simulator.NewMemory())
	for asked, refused := range map[string]string{
		"amount=50&currency=usd":           "",
		"amount=49&currency=usd":           "amount_too_small",
		"amount=99999999&currency=usd":     "",
		"amount=100000000&currency=usd":    "amount_too_large",
		"amount=999999999999&currency=idr": "",
		"amount=50&currency=jpy":           "",
		"amount=49&currency=jpy":           "amount_too_small",
		"amount=17499&currency=huf":        "amount_too_small",
		"amount=17501&currency=huf":        "",
		"amount=1250&currency=kwd":         "",
		"amount=1251&currency=kwd":         "parameter_invalid_integer",
		"amount=500&currency=isk":          "",
		"amount=550&currency=isk":          "parameter_invalid_integer",
		"amount=101&currency=ugx":          "parameter_invalid_integer",
		"amount=5&currency=mga":            "",
		"amount=1000&currency=iqd":         "parameter_invalid",
		"amount=1000&currency=xxx":         "parameter_invalid",
		"amount=1000&currency=EUR":         "parameter_invalid",
	} {
		got, body := send(t, "POST", base+"/v1/payment_intents", secret, "", unpriced+"&"+asked)
		if refused == "" {
			require.Equal(t, http.StatusOK, got.StatusCode, asked)
			continue
		}
		require.Equal(t, http.StatusBadRequest, got.StatusCode, asked)
		require.Contains(t, body, `"code":"`+refused+`"`, asked)
	}
}

func TestARefundIsCountedInTheSameUnits(t *testing.T) {
	t.Parallel()
	base := start(t, simulator.NewMemory())
	id := intentID(t, base, "amount=1250&currency=kwd&payment_method=tok_ok")
	captured, _ := send(t, "POST", base+"/v1/payment_intents/"+id+"/capture", secret, "", "")
	require.Equal(t, http.StatusOK, captured.StatusCode)
	odd, body := send(t, "POST", base+"/v1/refunds", secret, "", "payment_intent="+id+"&amount=255")
	require.Equal(t, http.StatusBadRequest, odd.StatusCode, body)
	even, body := send(t, "POST", base+"/v1/refunds", secret, "", "payment_intent="+id+"&amount=250")
	require.Equal(t, http.StatusOK, even.StatusCode, body)
}

func TestTheBankWritesAmountsForPeople(t *testing.T) {
	t.Parallel()
	base := start(t, simulator.NewMemory())
	for asked, written := range map[string]string{
		"amount=123450&currency=usd": "USD 1,234.50", "amount=500&currency=jpy": "JPY 500", "amount=1250&currency=kwd": "KWD 1.250",
		"amount=500&currency=isk": "ISK 5", "amount=5&currency=mga": "MGA 5.00",
	} {
		id := intentID(t, base, asked+"&payment_method=tok_requires_action")
		_, page := send(t, "GET", base+"/_bank/"+id, "", "", "")
		require.Contains(t, page, "reserve "+written+" on", asked)
	}
}

// intentID makes an intent, and returns its id.
func intentID(t *testing.T, base, asked string) string {
	t.Helper()
	got, body := send(t, "POST", base+"/v1/payment_intents", secret, "", "capture_method=manual&confirm=true&"+asked)
	require.Equal(t, http.StatusOK, got.StatusCode, body)
	var intent struct{ ID string }
	require.NoError(t, json.Unmarshal([]byte(body), &intent))
	return intent.ID
}
