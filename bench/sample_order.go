package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"

	"pizzeria/bench/load"
	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postal"
)

// sampleOrder is one of the orders that are placed over and over, and the customer who places it.
type sampleOrder struct {
	customer auth.Actor
	token    string
	items    []ordering.ItemRequest
	location uuid.UUID // zero: the only one
}

// command returns the command that places the order, with a new idempotency key.
func (s sampleOrder) command() ordering.PlaceOrder {
	return ordering.PlaceOrder{
		By: s.customer, IdempotencyKey: uuid.NewString(), PaymentMethod: payment.Cash, Details: ordering.Details{Fulfillment: ordering.Delivery},
		DeliveryAddress: &postal.Address{Street: "1 Via Roma", City: "Springfield", PostalCode: "12345"}, Items: s.items,
	}
}

// body returns the body of the GraphQL request that places the order.
func (s sampleOrder) body(key string) []byte {
	input := s.input()
	input["idempotencyKey"], input["paymentMethod"] = key, "CASH"
	return request(placeMutation, map[string]any{"input": input})
}

// input is what is ordered, where it goes and how.
func (s sampleOrder) input() map[string]any {
	var items []map[string]any
	for _, i := range s.items {
		items = append(items, map[string]any{"menuItemId": i.MenuItemID, "size": i.Size, "quantity": i.Quantity})
	}
	input := map[string]any{
		"fulfillment": "DELIVERY", "items": items,
		"deliveryAddress": map[string]any{"street": "1 Via Roma", "city": "Springfield", "postalCode": "12345"},
	}
	if s.location != uuid.Nil {
		input["locationId"] = s.location
	}
	return input
}

// placeOrderRequests returns a function that makes a request to place one of the sample orders, picked at random, with a new
// idempotency key.
func placeOrderRequests(url string, sampleOrders []sampleOrder) func() []byte {
	const marked = "00000000-0000-4000-8000-000000000000"
	parts := make([][2][]byte, len(sampleOrders)) // before and after the key
	for i, s := range sampleOrders {
		before, after, _ := bytes.Cut(load.Post(url, s.token, s.body(marked)), []byte(marked))
		parts[i] = [2][]byte{before, after}
	}
	return func() []byte {
		chosen := parts[rand.IntN(len(parts))] //nolint:gosec // no secret
		return fmt.Appendf(nil, "%s%s%s", chosen[0], uuid.NewString(), chosen[1])
	}
}
