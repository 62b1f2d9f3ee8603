package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestAnInvalidOrderIsRefusedAndNothingIsWritten(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	pizza := func(field string, value any) []vars {
		return []vars{
			{"menuItemId": s.menu["Cola"], "size": "ONE_SIZE", "quantity": 1},
			vars(basket{"menuItemId": s.menu["Margherita"], "size": "SMALL", "quantity": 1}.with(field, value)),
		}
	}
	address := func(field string, value any) vars {
		return vars(basket{"street": "1 Oven Lane", "city": "Naples", "postalCode": "80100"}.with(field, value))
	}
	pickup, delivery := s.margherita(), s.delivery(portion{"Margherita", "SMALL", 1})
	rows := s.countWrittenRows()

	for name, c := range map[string]struct {
		basket basket
		path   string
	}{
		"no lines":            {pickup.with("items", []vars{}), "items"},
		"51 lines":            {pickup.with("items", slices.Repeat(pizza("quantity", 1)[1:], 51)), "items"},
		"unknown item":        {pickup.with("items", pizza("menuItemId", uuid.NewString())), "items 1 menuItemId"},
		"no id":               {pickup.with("items", pizza("menuItemId", "Margherita")), "items 1 menuItemId"},
		"size not sold":       {pickup.with("items", pizza("size", "ONE_SIZE")), "items 1 size"},
		"endless wish":        {pickup.with("items", pizza("instructions", strings.Repeat("x", 501))), "items 1 instructions"},
		"unstorable wish":     {pickup.with("items", pizza("instructions", "a\x00b")), "items 1 instructions"},
		"unstorable text":     {pickup.with("specialInstructions", "\x00"), "specialInstructions"},
		"no address":          {delivery.with("deliveryAddress", nil), "deliveryAddress"},
		"no street":           {delivery.with("deliveryAddress", address("street", " ")), "deliveryAddress street"},
		"no city":             {delivery.with("deliveryAddress", address("city", "")), "deliveryAddress city"},
		"endless postal code": {delivery.with("deliveryAddress", address("postalCode", strings.Repeat("1", 501))), "deliveryAddress postalCode"},
		"nothing in address":  {delivery.with("deliveryAddress", vars{"street": "", "city": "", "postalCode": ""}), "deliveryAddress street"},
		"unstorable notes":    {delivery.with("deliveryAddress", address("notes", "\x00")), "deliveryAddress notes"},
		"card without token":  {pickup.with("paymentMethod", "CARD"), "paymentToken"},
		"empty token":         {pickup.card(""), "paymentToken"},
		"unstorable token":    {pickup.card("\x00"), "paymentToken"},
		"no key":              {pickup.with("idempotencyKey", ""), "idempotencyKey"},
		"overlong key":        {pickup.with("idempotencyKey", strings.Repeat("k", 256)), "idempotencyKey"},
		"unstorable key":      {pickup.with("idempotencyKey", "\x00"), "idempotencyKey"},
	} {
		if key := c.basket["idempotencyKey"]; key == pickup["idempotencyKey"] || key == delivery["idempotencyKey"] {
			c.basket = c.basket.with("idempotencyKey", uuid.NewString())
		}
		done := customer.place(c.basket)
		require.Len(t, done.UserErrors, 1, name)
		refused := customer.refused(done)
		require.Equal(t, "InvalidInputError", refused.Type, name)
		require.Equal(t, "BAD_USER_INPUT", refused.Code, name)
		require.Equal(t, c.path, strings.Join(refused.Path, " "), name)
		require.NotEmpty(t, refused.Message, name)
	}
	require.Equal(t, rows, s.countWrittenRows())
	require.Empty(t, customer.orders(nil).Nodes)
}

func TestTheLimitsOfAnOrderAreAllowed(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	lines := slices.Repeat([]portion{{"Cola", "ONE_SIZE", 50}}, 50)
	basket := s.pickup(lines...).with("tip", 866_000).with("idempotencyKey", strings.Repeat("é", 255))

	placed := customer.placed(basket)

	require.Equal(t, 2500, placed.ItemsCount)
	require.EqualValues(t, 2500*320, placed.Totals.Subtotal)
	require.EqualValues(t, 866_000+866_000, placed.Totals.Total)
}

func TestVariablesThatDontFitNeverReachACommand(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	rows := s.countWrittenRows()
	for name, basket := range map[string]basket{
		"unknown fulfillment":  s.margherita().with("fulfillment", "DRONE"),
		"missing method":       s.margherita().with("paymentMethod", nil),
		"items without a size": s.margherita().with("items", []vars{{"menuItemId": s.menu["Cola"], "quantity": 1}}),
	} {
		refused := customer.do(placeOrder+orderFragment+refusedFragment, vars{"in": basket})
		require.Equal(t, "BAD_USER_INPUT", refused.code(), name)
	}
	require.Equal(t, rows, s.countWrittenRows())
}

func TestReasonsAndVersionsOfMovesAreChecked(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita())
	for _, reason := range []string{strings.Repeat("x", 501), "\x00"} {
		require.Equal(t, []string{"reason"}, customer.refused(customer.move("cancelOrder", placed.ID, "reason", reason)).Path)
	}
	stale := customer.refused(customer.move("cancelOrder", placed.ID, "expectedVersion", 1))
	require.Equal(t, "VERSION_CONFLICT", stale.Code)
	require.Equal(t, 2, stale.CurrentVersion)
	require.Equal(t, placed, *customer.order(placed.ID))
}
