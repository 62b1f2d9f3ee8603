package ordering

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// A client of before doesn't send what came since; its request, repeated across an upgrade, is still the same.
func TestACommandWithoutNewFieldsHashesAsBefore(t *testing.T) {
	t.Parallel()

	sent, err := json.Marshal(PlaceOrder{Details: Details{Fulfillment: Pickup}})

	require.NoError(t, err)
	require.JSONEq(t, `{
		"fulfillment": "PICKUP", "specialInstructions": null, "items": null, "deliveryAddress": null, "paymentMethod": "",
		"paymentToken": null, "tip": 0
	}`, string(sent))
}
