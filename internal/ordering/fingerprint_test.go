package ordering_test

import (
	"encoding/hex"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/cqrs"
)

// Keys outlive an upgrade: what clients sent to one version and repeat at the next must be the same request. A new field
// changes nothing here; one whose value by default isn't zero has a type with IsZero, and the tag omitzero.
func TestARequestThatIsRepeatedAtAnotherVersionIsTheSame(t *testing.T) {
	t.Parallel()
	token, dish := "tok_ok", uuid.MustParse("00000000-0000-0000-0000-000000000007")
	place, err := cqrs.Fingerprint(ordering.PlaceOrder{
		OrderID: uuid.New(), IdempotencyKey: "k", Details: ordering.Details{Fulfillment: ordering.Pickup}, PaymentMethod: payment.Card, PaymentToken: &token, Tip: 100,
		Items: []ordering.ItemRequest{{MenuItemID: dish, Size: "MEDIUM", Quantity: 2}},
	})
	require.NoError(t, err)
	pay, err := cqrs.Fingerprint(ordering.ProcessPayment{AttemptID: uuid.New(), IdempotencyKey: "k", OrderID: dish, PaymentToken: token})
	require.NoError(t, err)

	require.Equal(t, "aec34c01c4c0a92d", hex.EncodeToString(place[:8]))
	require.Equal(t, "c7204c9030b53532", hex.EncodeToString(pay[:8]))
}
