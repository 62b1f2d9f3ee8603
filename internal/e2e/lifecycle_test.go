package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A delivery paid by card: placed, paid, cooked, brought, come back, brought again.
func TestADeliveryFromPlacingToTheDoor(t *testing.T) {
	s := open(t)
	customer, cook, driver, manager := s.signIn("customer"), s.signIn("cook"), s.signIn("driver"), s.signIn("manager")
	before := manager.stock()
	start := cook.asOf()
	kitchen := cook.connect().kitchen(start)

	placed := customer.placed(s.delivery(portion{"Margherita", "MEDIUM", 2}, portion{"Cola", "ONE_SIZE", 1}).
		card("tok_ok").with("tip", 200).with("specialInstructions", "Ring twice."))

	// 2 x 9.90 + 3.20 = 23.00; 8.25 % of it is 1.8975; with fee and tip.
	require.Equal(t, totals{Subtotal: 2300, DeliveryFee: 350, Tax: 190, Tip: 200, Total: 3040}, placed.Totals)
	require.Equal(t, payment{Method: "CARD", Status: "AUTHORIZED", Amount: 3040}, placed.Payment)
	require.Equal(t, "CONFIRMED", placed.Status)
	require.Equal(t, []string{"CANCELLED"}, placed.AllowedTransitions, "what the customer may do")
	require.Equal(t, []string{"PREPARING", "REJECTED", "CANCELLED"}, cook.order(placed.ID).AllowedTransitions)
	require.Empty(t, driver.order(placed.ID).AllowedTransitions)
	require.Equal(t, 3, placed.ItemsCount)
	require.Equal(t, "1 Oven Lane", placed.DeliveryAddress["street"])
	require.True(t, placed.EstimatedDeliveryAt.After(*placed.EstimatedReadyAt))
	require.Equal(t, placed, *customer.order(placed.ID))
	require.EqualValues(t, 3040, s.charges(placed.ID).Held)
	reserved := manager.stock()
	require.Equal(t, before["Pizza dough (g)"].Reserved+500, reserved["Pizza dough (g)"].Reserved)
	require.Equal(t, before["Pizza dough (g)"].OnHand, reserved["Pizza dough (g)"].OnHand)

	stream := customer.connect().order(placed.ID, "")
	first := stream.expect(placed.ID, 1, "CONFIRMED")[0] // the current state comes first
	require.Equal(t, "SYSTEM", first.Event.Actor.Role)

	cooking := cook.moves(placed.ID, "startPreparingOrder")
	require.Equal(t, "CAPTURED", cooking.Payment.Status, "taken when the kitchen starts")
	cook.moves(placed.ID, "markOrderReady")
	driver.moves(placed.ID, "dispatchOrder")
	driver.accepted(driver.move("returnOrder", placed.ID, "reason", "Nobody at home."))
	delivered := driver.moves(placed.ID, "dispatchOrder", "completeOrder")

	require.Equal(t, "DELIVERED", delivered.Status)
	require.Empty(t, delivered.AllowedTransitions)
	all := []string{
		"PLACED", "CONFIRMED", "PREPARATION_STARTED", "READY", "DISPATCHED", "RETURNED", "DISPATCHED", "DELIVERED",
	}
	live := append([]change{first}, stream.expect(placed.ID, 2, all[2:]...)...)
	require.Equal(t, "COOK", live[1].Event.Actor.Role)
	require.Equal(t, "DRIVER", live[4].Event.Actor.Role)
	require.Equal(t, "Nobody at home.", live[4].Event.Reason)
	require.Equal(t, delivered.forCustomers(), live[6].Order)
	changes := kitchen.expect(placed.ID, 0, all...)
	stream.expectNothing()
	kitchen.expectNothing()

	t.Run("both feeds go on from every cursor", func(t *testing.T) {
		mine, theirs := customer.connect(), cook.connect()
		for i, c := range live {
			mine.order(placed.ID, c.Cursor).expect(placed.ID, 2+i, all[2+i:]...)
		}
		mine.order(placed.ID, start).expect(placed.ID, 0, all...)
		for i, c := range changes {
			theirs.kitchen(c.Cursor).expect(placed.ID, 1+i, all[1+i:]...)
		}
	})

	after := manager.stock()
	require.Equal(t, before["Pizza dough (g)"].Reserved, after["Pizza dough (g)"].Reserved)
	require.Equal(t, before["Pizza dough (g)"].OnHand-500, after["Pizza dough (g)"].OnHand)
	require.Equal(t, before["Cola, bottle (pieces)"].OnHand-1, after["Cola, bottle (pieces)"].OnHand)
	require.Equal(t, 1, s.charges(placed.ID).Charges)
	require.EqualValues(t, 3040, s.charges(placed.ID).Captured)

	history := customer.history(nil)
	require.Equal(t, 1, history.TotalOrders)
	require.EqualValues(t, 3040, history.TotalSpent)
	require.Equal(t, []favorite{{MenuItemID: s.menu["Margherita"], Name: "Margherita", Quantity: 2}}, history.FavoritePizzas)
	require.Equal(t, placed.ID, history.Orders.Nodes[0].ID)
	require.Equal(t, []popular{{MenuItemID: s.menu["Margherita"], Name: "Margherita", Quantity: 2, Revenue: 1980}}, manager.popular("TODAY"))
}

// A pickup paid in cash, which is collected at the counter.
func TestAPickupFromPlacingToTheCounter(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	start := customer.asOf()

	placed := customer.placed(s.pickup(portion{"Margherita", "SMALL", 1}, portion{"Margherita", "LARGE", 1}))

	require.Equal(t, totals{Subtotal: 2080, Tax: 172, Total: 2252}, placed.Totals) // 171.6 of tax
	require.Equal(t, payment{Method: "CASH", Status: "PENDING", Amount: 2252}, placed.Payment)
	require.Nil(t, placed.DeliveryAddress)
	require.Nil(t, placed.EstimatedDeliveryAt)
	require.Equal(t, "CONFIRMED", placed.Status)
	kitchen, stream := cook.connect().kitchen(start), customer.connect().order(placed.ID, start)

	ready := cook.moves(placed.ID, "startPreparingOrder", "markOrderReady")
	require.Equal(t, []string{"PICKED_UP", "CANCELLED"}, ready.AllowedTransitions)
	require.Equal(t, "PENDING", ready.Payment.Status)
	manager := s.signIn("manager")
	refused := manager.refused(manager.move("dispatchOrder", placed.ID))
	require.Equal(t, "InvalidTransitionError", refused.Type)
	require.Equal(t, "READY", refused.From)
	require.Equal(t, []string{"PICKED_UP", "CANCELLED"}, refused.Allowed)
	done := cook.moves(placed.ID, "completeOrder")

	require.Equal(t, "CAPTURED", done.Payment.Status)
	require.Zero(t, s.charges(placed.ID).Charges, "cash is no business of the gateway")
	all := []string{"PLACED", "CONFIRMED", "PREPARATION_STARTED", "READY", "PICKED_UP"}
	stream.expect(placed.ID, 0, all...)
	changes := kitchen.expect(placed.ID, 0, all...)
	for i, paid := range []string{"PENDING", "PENDING", "PENDING", "PENDING", "CAPTURED"} {
		require.Equal(t, paid, changes[i].Order.Payment.Status, changes[i].Event.Type)
	}
	stale := cook.refused(cook.move("cancelOrder", placed.ID, "expectedVersion", 4, "reason", "Too late."))
	require.Equal(t, "VersionConflictError", stale.Type)
	require.Equal(t, 5, stale.CurrentVersion)
}

func TestAKitchenDisplayWithoutACursorBeginsNowAndFiltersByState(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	earlier := customer.placed(s.margherita())
	display := cook.connect().subscribe(watchKitchen, vars{"statuses": []string{"PREPARING", "CANCELLED"}})

	// The display has no first message that tells when it stands, so orders are started until one shows.
	for i := 0; len(display.messages) == 0 && i < 50; i++ {
		cook.moves(customer.placed(s.margherita()).ID, "startPreparingOrder")
	}
	first := display.next()

	require.NotEqual(t, earlier.ID, first.Order.ID)
	require.Equal(t, "PREPARING", first.Event.To)
	for len(display.messages) > 0 {
		require.Equal(t, "PREPARING", display.next().Event.To)
	}
	customer.moves(earlier.ID, "cancelOrder")
	cancelled := display.next()
	for cancelled.Event.To == "PREPARING" {
		cancelled = display.next()
	}
	require.Equal(t, earlier.ID, cancelled.Order.ID)
	require.Equal(t, "CANCELLED", cancelled.Event.To)
}
