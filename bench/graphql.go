package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/bench/load"
	"pizzeria/internal/platform/fault"
)

// orderInFull selects everything there is to an order.
const orderInFull = `
	id number version status fulfillment source customer { id name phone } deliveryAddress { street city postalCode notes }
	items { id menuItemId name size quantity unitPrice total instructions } itemsCount currency
	totals { subtotal discount deliveryFee tax tip total } payment { id method status amount refunded }
	timeline { version type from to actor { role name } reason at } allowedTransitions specialInstructions
	placedAt estimatedReadyAt estimatedDeliveryAt`

// orderInAList selects what a list mostly shows, which stands in columns.
const orderInAList = `
	id number version status fulfillment customer { name } itemsCount currency totals { total } placedAt estimatedDeliveryAt`

const (
	orderQuery = `query Order($id: ID!) { order(id: $id) {` + orderInFull + `} }`
	pageQuery  = `query Page { orders(first: 20) { nodes {` + orderInFull + `} } }`
	listQuery  = `query List { orders(first: 20) { nodes {` + orderInAList + `} } }`
	menuQuery  = `query Menu { menu { id name description category prices { size price } allergens isAvailable version } }`

	placeMutation = `mutation Place($input: PlaceOrderInput!) {
		placeOrder(input: $input) { order { id number status totals { total } } userErrors { code message } }
	}`
	startMutation = `mutation Start($input: OrderActionInput!) {
		startPreparingOrder(input: $input) { order { id status } userErrors { code message } }
	}`
)

// request is the body of a GraphQL request.
func request(query string, variables any) []byte {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err) // of what we wrote ourselves
	}
	return body
}

func orderRequest(id uuid.UUID) []byte { return request(orderQuery, map[string]any{"id": id}) }

func startRequest(id uuid.UUID) []byte {
	return request(startMutation, map[string]any{"input": map[string]any{"orderId": id}})
}

// checkAnswer refuses an answer with errors. It searches the bytes without decoding them, because it runs under load.
func checkAnswer(body []byte) error {
	if bytes.HasPrefix(body, []byte(`{"data":`)) && !bytes.Contains(body, []byte(`"errors":`)) {
		return nil
	}
	return fmt.Errorf("answered %.500s", body)
}

// checkCommand refuses the answer to a command that was refused. An UNAVAILABLE is counted and tried again, as clients do.
func (b *bench) checkCommand(body []byte) error {
	switch {
	case bytes.Contains(body, []byte(`"userErrors":[]`)):
		return checkAnswer(body)
	case bytes.Contains(body, []byte(`"code":"`+fault.Unavailable+`"`)):
		b.retried.Add(1)
		return load.ErrRetry
	default:
		return fmt.Errorf("answered %.500s", body)
	}
}
