package orderview

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// keptBefore is the answer to a request as it was kept before orders had documents.
const keptBefore = `{"ID":"00000000-0000-0000-0000-000000000001","Number":7,"Version":2,"Status":"CONFIRMED","Fulfillment":"DELIVERY",
	"CustomerID":"00000000-0000-0000-0000-000000000002","CustomerName":"Gia \"\u003cb\u003e\"","CustomerPhone":"+1 555",
	"DeliveryAddress":{"street":"1 Oven Lane","city":"Naples","postalCode":"80100","notes":null},
	"Items":[{"id":"00000000-0000-0000-0000-000000000003","menuItemId":"00000000-0000-0000-0000-000000000004","name":"Margherita",
		"size":"LARGE","quantity":2,"unitPrice":1200,"total":2400,"instructions":null}],"ItemsCount":2,
	"SubtotalCents":2400,"DiscountCents":1,"DeliveryFeeCents":350,"TaxCents":198,"TipCents":100,"TotalCents":3047,
	"Payment":{"id":"00000000-0000-0000-0000-000000000005","method":"CARD","status":"AUTHORIZED","amount":3047,"refunded":0},
	"Timeline":[{"version":1,"type":"PLACED","from":null,"to":"PENDING","actor":"CUSTOMER","reason":null,"at":"2026-11-20T18:30:00.123456Z"},
		{"version":2,"type":"CONFIRMED","from":"PENDING","to":"CONFIRMED","actor":"SYSTEM","reason":"paid","at":"2026-11-20T18:30:00.123456Z"}],
	"SpecialInstructions":null,"PlacedAt":"2026-11-20T18:30:00.123456Z","EstimatedReadyAt":"2026-11-20T18:45:00Z","EstimatedDeliveryAt":null}`

func TestAnswersKeptBeforeOrdersHadDocuments(t *testing.T) {
	t.Parallel()
	var order Order
	require.NoError(t, json.Unmarshal([]byte(keptBefore), &order))

	require.Equal(t, uuid.UUID{15: 1}, order.ID)
	require.Equal(t, uuid.UUID{15: 2}, order.CustomerID)
	require.Equal(t, 2, order.Version)
	require.EqualValues(t, "CONFIRMED", order.Status)
	require.EqualValues(t, "DELIVERY", order.Fulfillment)
	require.Equal(t, time.Date(2026, 11, 20, 18, 30, 0, 123456000, time.UTC), order.PlacedAt)
	require.JSONEq(t, `{"id":"00000000-0000-0000-0000-000000000001","number":7,"version":2,"status":"CONFIRMED","fulfillment":"DELIVERY",
		"customer":{"id":"00000000-0000-0000-0000-000000000002","name":"Gia \"<b>\"","phone":"+1 555"},
		"deliveryAddress":{"street":"1 Oven Lane","city":"Naples","postalCode":"80100","notes":null},
		"items":[{"id":"00000000-0000-0000-0000-000000000003","menuItemId":"00000000-0000-0000-0000-000000000004","name":"Margherita",
			"size":"LARGE","quantity":2,"unitPrice":1200,"total":2400,"instructions":null}],"itemsCount":2,
		"totals":{"subtotal":2400,"discount":1,"deliveryFee":350,"tax":198,"tip":100,"total":3047},
		"payment":{"id":"00000000-0000-0000-0000-000000000005","method":"CARD","status":"AUTHORIZED","amount":3047,"refunded":0},
		"timeline":[{"version":1,"type":"PLACED","from":null,"to":"PENDING","actor":"CUSTOMER","reason":null,"at":"2026-11-20T18:30:00.123456Z"},
			{"version":2,"type":"CONFIRMED","from":"PENDING","to":"CONFIRMED","actor":"SYSTEM","reason":"paid","at":"2026-11-20T18:30:00.123456Z"}],
		"specialInstructions":null,"placedAt":"2026-11-20T18:30:00.123456Z","estimatedReadyAt":"2026-11-20T18:45:00Z","estimatedDeliveryAt":null}`,
		string(order.Document))
}

func TestAnswersAreKeptAsDocuments(t *testing.T) {
	t.Parallel()
	var first, again Order
	require.NoError(t, json.Unmarshal([]byte(keptBefore), &first))

	kept, err := json.Marshal(&first)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(kept, &again))

	require.Equal(t, &first, &again)
	require.JSONEq(t, string(first.Document), string(kept))
}
