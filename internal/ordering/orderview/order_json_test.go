package orderview

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

const kept = `{"id":"00000000-0000-0000-0000-000000000001","number":7,"version":2,"status":"CONFIRMED","fulfillment":"DELIVERY","source":"PHONE","specialInstructions":null,"scheduledFor":null,` +
	`"customer":{"id":"00000000-0000-0000-0000-000000000002","name":"Gia \"<b>\" ` + "\u2028" + `","phone":"+1 555","email":null},` +
	`"deliveryAddress":{"street":"1 Oven Lane","city":"Naples","postalCode":"80100","notes":null},` +
	`"items":[{"id":"00000000-0000-0000-0000-000000000003","menuItemId":"00000000-0000-0000-0000-000000000004","name":"Margherita",` +
	`"size":"LARGE","quantity":2,"unitPrice":1200,"total":2400,"discount":0,"instructions":null,"options":[],"secondHalf":null,"allergens":["MILK"]}],"itemsCount":2,` +
	`"location":{"id":"00000000-0000-0000-0000-000000000006"},"currency":"USD",` +
	`"totals":{"subtotal":2400,"discount":1,"deliveryFee":350,"tax":198,"tip":100,"total":3047,"taxIncluded":false},"priceLines":null,"taxes":null,"coupons":null,` +
	`"payment":{"id":"00000000-0000-0000-0000-000000000005","method":"CARD","status":"AUTHORIZED","amount":3047,"refunded":0,` +
	`"nextAction":{"clientSecret":null,"url":"https://bank.example/3ds?id=1"}},` +
	`"refunds":[{"id":"00000000-0000-0000-0000-000000000006","amount":300,"status":"SUCCEEDED","reason":"late","at":"2026-11-20T18:30:00.123456Z",` +
	`"actor":{"role":"MANAGER","name":"Mia"}}],` +
	`"timeline":[{"version":1,"type":"PLACED","from":null,"to":"PENDING","actor":{"role":"CUSTOMER","name":"Gia"},"reason":null,"at":"2026-11-20T18:30:00.123456Z",` +
	`"promise":{"likely":"2026-11-20T18:45:00Z","latest":"2026-11-20T19:00:00Z","reason":"It takes 15 minutes."}},` +
	`{"version":2,"type":"CONFIRMED","from":"PENDING","to":"CONFIRMED","actor":{"role":"SYSTEM","name":null},"reason":"paid","at":"2026-11-20T18:30:00.123456Z","promise":null}],` +
	`"amendments":[],"pendingAmendment":null,` +
	`"placedAt":"2026-11-20T18:30:00.123456Z","estimatedReadyAt":"2026-11-20T18:45:00Z","estimatedDeliveryAt":null,` +
	`"promise":{"likely":"2026-11-20T18:45:00Z","latest":"2026-11-20T19:00:00Z","reason":"It takes 15 minutes."}}`

func TestAnswersAreKeptAsDocuments(t *testing.T) {
	t.Parallel()
	written, err := json.Marshal(&Order{Document: []byte(kept)})
	require.NoError(t, err)

	var order Order
	require.NoError(t, json.Unmarshal(written, &order))

	require.True(t, bytes.Equal([]byte(kept), order.Document), "%s", order.Document)
	require.Equal(t, uuid.UUID{15: 1}, order.ID)
	require.Equal(t, uuid.UUID{15: 2}, order.CustomerID)
	require.Equal(t, uuid.UUID{15: 6}, order.LocationID)
	require.Equal(t, 2, order.Version)
	require.EqualValues(t, "CONFIRMED", order.Status)
	require.EqualValues(t, "DELIVERY", order.Fulfillment)
	require.Equal(t, time.Date(2026, 11, 20, 18, 30, 0, 123456000, time.UTC), order.PlacedAt)
}
