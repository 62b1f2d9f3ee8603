package e2e_test

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"time"

	"github.com/stretchr/testify/require"
)

type order struct {
	ID                  string
	Number              int
	Version             int
	Status              string
	Fulfillment         string
	Source              string
	Customer            struct{ ID, Name string }
	DeliveryAddress     map[string]any
	Items               []orderItem
	ItemsCount          int
	Currency            string
	Totals              totals
	Payment             payment
	Timeline            []event
	AllowedTransitions  []string
	SpecialInstructions *string
	PlacedAt            time.Time
	ScheduledFor        *time.Time
	Promise             promise
	EstimatedReadyAt    *time.Time
	EstimatedDeliveryAt *time.Time
}

type orderItem struct {
	ID, MenuItemID, Name, Size string
	Quantity                   int
	UnitPrice, Total           int64
	Instructions               *string
	Options                    []orderOption
	SecondHalf                 *struct {
		MenuItemID, Name string
		Options          []orderOption
	}
	Allergens []string
}

type orderOption struct {
	OptionID, GroupName, Name, Portion, Amount string
	IsDefault                                  bool
}

type totals struct{ Subtotal, Discount, DeliveryFee, Tax, Tip, Total int64 }

type payment struct {
	Method, Status   string
	Amount, Refunded int64
	NextAction       *struct{ ClientSecret, URL *string }
}

type event struct {
	Version int
	Type    string
	From    string // "" for null
	To      string
	Actor   actor
	Reason  string
	At      time.Time
	Promise *promise
}

type promise struct {
	Likely, Latest time.Time
	Reason         string
}

// actor has no name ("") if the client may not see it.
type actor struct{ Role, Name string }

const orderFragment = ` fragment full on Order {
	id number version status fulfillment source customer { id name } deliveryAddress { street city postalCode notes }
	items { id menuItemId name size quantity unitPrice total instructions
		options { optionId groupName name portion amount isDefault } secondHalf { menuItemId name options { optionId groupName name portion amount isDefault } } allergens
	} itemsCount currency
	totals { subtotal discount deliveryFee tax tip total } payment { method status amount refunded nextAction { clientSecret url } }
	timeline { version type from to actor { role name } reason at promise { likely latest reason } } allowedTransitions specialInstructions
	placedAt scheduledFor promise { likely latest reason } estimatedReadyAt estimatedDeliveryAt
}`

// outcome is an OrderPayload; raw is the payload as it was sent.
type outcome struct {
	Order      *order
	GuestToken string // "" for null, and where it isn't asked for
	UserErrors []refusal
	raw        string
}

// change sends a mutation whose field is named `done` and answers an OrderPayload.
func (p *person) change(mutation string, v vars) outcome {
	p.Helper()
	data := ask[struct{ Done json.RawMessage }](p, mutation+orderFragment+refusedFragment, v)
	var done outcome
	require.NoError(p, json.Unmarshal(data.Done, &done))
	done.raw = string(data.Done)
	return done
}

// refused returns the only refusal of a command that changed nothing.
func (p *person) refused(o outcome) refusal {
	p.Helper()
	require.Nil(p, o.Order, o.raw)
	require.Len(p, o.UserErrors, 1, o.raw)
	return o.UserErrors[0]
}

func (p *person) accepted(o outcome) order {
	p.Helper()
	require.Empty(p, o.UserErrors, o.raw)
	require.NotNil(p, o.Order)
	return *o.Order
}

// basket is a PlaceOrderInput.
type basket vars

type portion struct {
	dish, size string
	quantity   int
}

// pickup returns an order that is paid in cash, with an idempotency key of its own.
func (s *shop) pickup(portions ...portion) basket {
	s.Helper()
	items := make([]vars, len(portions))
	for i, p := range portions {
		require.NotEmpty(s, s.menu[p.dish], p.dish)
		items[i] = vars{"menuItemId": s.menu[p.dish], "size": p.size, "quantity": p.quantity}
	}
	return basket{"idempotencyKey": rand.Text(), "items": items, "fulfillment": "PICKUP", "paymentMethod": "CASH"}
}

func (s *shop) delivery(portions ...portion) basket {
	s.Helper()
	return s.pickup(portions...).with("fulfillment", "DELIVERY").
		with("deliveryAddress", vars{"street": "1 Oven Lane", "city": "Naples", "postalCode": "80100"})
}

// margherita returns the smallest possible order: 9.90 before tax.
func (s *shop) margherita() basket {
	s.Helper()
	return s.pickup(portion{"Margherita", "MEDIUM", 1})
}

func (b basket) with(field string, value any) basket {
	changed := maps.Clone(b)
	changed[field] = value
	return changed
}

func (b basket) card(token string) basket {
	return b.with("paymentMethod", "CARD").with("paymentToken", token)
}

const placeOrder = `mutation($in: PlaceOrderInput!) { done: placeOrder(input: $in) { order { ...full } userErrors { ...refused } } }`

func (p *person) place(b basket) outcome {
	p.Helper()
	return p.change(placeOrder, vars{"in": b})
}

// placed places an order that must be accepted.
func (p *person) placed(b basket) order {
	p.Helper()
	return p.accepted(p.place(b))
}

// pay tries another card.
func (p *person) pay(orderID, token string) outcome {
	p.Helper()
	return p.change(`mutation($in: ProcessPaymentInput!) {
		done: processPayment(input: $in) { order { ...full } userErrors { ...refused } }
	}`, vars{"in": vars{"idempotencyKey": rand.Text(), "orderId": orderID, "paymentToken": token}})
}

// move sends one of the mutations that take an OrderActionInput. more are further fields of the input, in pairs.
func (p *person) move(mutation, orderID string, more ...any) outcome {
	p.Helper()
	input := vars{"orderId": orderID}
	for i := 0; i < len(more); i += 2 {
		input[more[i].(string)] = more[i+1]
	}
	return p.change(`mutation($in: OrderActionInput!) {
		done: `+mutation+`(input: $in) { order { ...full } userErrors { ...refused } }
	}`, vars{"in": input})
}

// moves sends one mutation after the other. All must be accepted.
func (p *person) moves(orderID string, mutations ...string) (last order) {
	p.Helper()
	for _, mutation := range mutations {
		last = p.accepted(p.move(mutation, orderID))
	}
	return last
}

// order returns one order; nil if the person may see none.
func (p *person) order(id string) *order {
	p.Helper()
	return ask[struct{ Order *order }](p, `query($id: ID!) { order(id: $id) { ...full } }`+orderFragment, vars{"id": id}).Order
}

// eventually waits until an order satisfies the condition.
func (p *person) eventually(id string, wanted func(*order) bool) order {
	p.Helper()
	var found *order
	require.Eventually(p, func() bool { found = p.order(id); return wanted(found) }, 2*soon, 50*time.Millisecond)
	return *found
}
