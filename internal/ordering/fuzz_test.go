package ordering

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault/faulttest"
	"pizzeria/internal/platform/postal"
)

// texts are what attackers write where people write.
var texts = []string{
	"", " ", "Ring twice.", "\x00", "a\xffb", "\u202eesrever", "'; DROP TABLE orders; --", "<script>", "%s%n", strings.Repeat("é", 500),
	strings.Repeat("x", 501), "${jndi:ldap://x}", "\r\nSet-Cookie: x", "\ufeff", "\U0010ffff",
}

// FuzzPlaceOrder places arbitrary orders. Each is refused without a fault, or adds up.
func FuzzPlaceOrder(f *testing.F) {
	for i, text := range texts {
		f.Add(text, text, text, text, 1+i, 1, int64(990), int64(100), byte(i))
	}
	f.Add("k", "tok_ok", "", "1 Oven Lane", math.MinInt, 50, int64(100_000_000), int64(math.MaxInt64), byte(0xff))
	f.Add("k", "tok_ok", "", "1 Oven Lane", 50, 50, int64(100_000_000), int64(100_000_000), byte(0))
	f.Add("081 555 0101", "a@b.example", "", "1 Oven Lane", 1, 1, int64(990), int64(0), byte(32))
	f.Add("k", "", "", "", 1<<32, 51, int64(0), int64(-1), byte(3))
	f.Fuzz(func(t *testing.T, key, token, wish, street string, quantity, lines int, price, tip int64, kind byte) {
		for _, prefix := range []string{"", faulttest.Marker} {
			key, token, wish, street := prefix+key, prefix+token, prefix+wish, prefix+street
			dish := menu.Dish{
				ID: uuid.UUID{1}, Name: "Margherita", Available: kind&8 == 0, Preparation: 240 * time.Minute,
				Prices: map[menu.Size]int64{menu.Large: price & math.MaxInt64 % 100_000_001},
				Recipe: []menu.Ingredient{{ID: uuid.UUID{2}, Quantity: 1_000_000}},
			}
			item := ItemRequest{MenuItemID: dish.ID, Size: menu.Large, Quantity: quantity, Instructions: &wish}
			if kind&16 != 0 {
				item.Size = menu.Size(wish)
			}
			cmd := PlaceOrder{
				OrderID: uuid.UUID{3}, By: customer, IdempotencyKey: key, Details: Details{Fulfillment: Delivery, SpecialInstructions: &wish}, PaymentMethod: payment.Card,
				PaymentToken: &token, Tip: tip,
				DeliveryAddress: &postal.Address{Street: street, City: street, PostalCode: street, Notes: &wish},
			}
			for range min(max(lines, 0), maxLines+1) {
				cmd.Items = append(cmd.Items, item)
			}
			if kind&1 != 0 {
				cmd.Fulfillment, cmd.DeliveryAddress = Pickup, nil
			}
			if kind&2 != 0 {
				cmd.PaymentMethod, cmd.PaymentToken = payment.Cash, nil
			}
			if kind&32 != 0 {
				cmd.Contact = &Contact{Name: street, Phone: key, Email: &token}
			}
			if faulttest.Refusal(t, cmd.Validate()) {
				continue
			}
			requireStableJSON(t, cmd, cmd.WithSubject(uuid.UUID{5}))

			onMenu := map[uuid.UUID]menu.Dish{dish.ID: dish}
			if kind&4 != 0 {
				delete(onMenu, dish.ID)
			}
			ordered, err := cmd.lines(onMenu, uuid.New)
			if faulttest.Refusal(t, err) {
				continue
			}
			place := Place{Charges: charging(10_000, 10_000)}
			order := newOrder(cmd, drafted(cmd, ordered, cmd.basket(place, noon), place), uuid.UUID{6}, noon)

			s := order.State()
			require.Equal(t, int64(len(cmd.Items)*quantity)*dish.Prices[menu.Large], s.Totals.Subtotal)
			require.Equal(t, s.Totals.Subtotal+s.Totals.DeliveryFee+s.Totals.Tax+s.Totals.Tip, s.Totals.Total)
			require.Equal(t, s.Totals.Total, s.Payment.Amount)
			require.GreaterOrEqual(t, s.Totals.Total, s.Totals.Subtotal)
			require.Equal(t, int64(len(cmd.Items)*quantity)*1_500_000, s.Needs()[dish.Recipe[0].ID])
			require.Equal(t, len(order.Events()), s.Version)
		}
	})
}

// FuzzProcessPayment pays with arbitrary tokens, for the customer's own order and for another's.
func FuzzProcessPayment(f *testing.F) {
	for i, text := range texts {
		f.Add(text, text, i%2 == 0)
	}
	f.Add("k", "tok_declined", true)
	f.Fuzz(func(t *testing.T, key, token string, own bool) {
		for _, prefix := range []string{"", faulttest.Marker} {
			cmd := ProcessPayment{AttemptID: uuid.UUID{4}, By: customer, IdempotencyKey: prefix + key, OrderID: uuid.UUID{3}, PaymentToken: prefix + token}
			if !own {
				cmd.By = stranger
			}
			if faulttest.Refusal(t, cmd.Validate()) {
				continue
			}
			requireStableJSON(t, cmd, cmd.WithSubject(uuid.UUID{5}))
			order := placed(Pickup, payment.Card).after(payment.Outcome{Status: payment.RequiresAction, IntentID: "pi_1"})
			before := order.State()

			refused := faulttest.Refusal(t, order.pay(cmd.AttemptID, cmd.By, cmd.PaymentToken, noon))

			require.Equal(t, !own, refused)
			if refused {
				require.Equal(t, before, order.State())
			}
		}
	})
}

// FuzzMoveOrder moves an order by an arbitrary action, version and reason.
func FuzzMoveOrder(f *testing.F) {
	for i, text := range texts {
		f.Add("CANCEL", text, i, byte(i))
	}
	f.Add("", "", -1, byte(0))
	f.Add("DROP", "because", math.MaxInt, byte(1))
	f.Fuzz(func(t *testing.T, action, reason string, version int, by byte) {
		for _, prefix := range []string{"", faulttest.Marker} {
			reason := prefix + reason
			cmd := MoveOrder{Action: Action(prefix + action), By: customer, Reason: &reason, ExpectedVersion: &version}
			switch by % 4 {
			case 1:
				cmd.By = stranger
			case 2:
				cmd.By = cook
			case 3:
				cmd.Reason, cmd.ExpectedVersion = nil, nil
			}
			if faulttest.Refusal(t, cmd.Validate()) {
				continue
			}
			order := placed(Delivery, payment.Cash)
			before := order.State()
			if faulttest.Refusal(t, order.Do(cmd.Action, cmd.By, cmd.Reason, cmd.ExpectedVersion, noon)) {
				require.Equal(t, before, order.State(), "a refusal changes nothing")
				continue
			}
			require.Contains(t, before.Status.Allowed(Delivery, cmd.By, cmd.By.Owns(before.ID, customer.ID)), order.State().Status)
			require.Equal(t, before.Version+1, order.State().Version)
		}
	})
}

// requireStableJSON checks what requests of one intent are compared by: it neither changes on the way through a store nor
// depends on the subject that the pipeline gives.
func requireStableJSON[C any](t *testing.T, cmd, withSubject C) {
	t.Helper()
	first, err := json.Marshal(cmd)
	require.NoError(t, err)
	var read C
	require.NoError(t, json.Unmarshal(first, &read))
	again, err := json.Marshal(read)
	require.NoError(t, err)
	subject, err := json.Marshal(withSubject)
	require.NoError(t, err)

	require.Equal(t, string(first), string(again))
	require.Equal(t, string(first), string(subject))
}
