package proof_test

import (
	"math/rand/v2"

	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
)

// amend changes some lines of an order, or takes them off, and adds another dish.
func (h *history) amend(a server, random *rand.Rand, key string) error {
	cmd := ordering.AmendOrder{
		By: pick(random, append([]auth.Actor{cook, manager}, h.shop.customers...)), IdempotencyKey: key, OrderID: h.pickRecent(random, &h.orders),
		Reason: new("Because."),
	}
	found, err := a.Order.Handle(h.t.Context(), orderview.ByID{ID: cmd.OrderID, By: manager})
	if err != nil || found == nil {
		return err
	}
	order, err := found.Detail()
	if err != nil {
		return err
	}
	cmd.ExpectedVersion = order.Version
	for i, item := range order.Items {
		switch random.IntN(3) {
		case 0:
			cmd.Change = append(cmd.Change, ordering.ItemChange{ItemID: item.ID, Quantity: new(1 + random.IntN(3))})
		case 1:
			if i > 0 {
				cmd.Remove = append(cmd.Remove, item.ID)
			}
		}
	}
	if random.IntN(3) == 0 || len(cmd.Change)+len(cmd.Remove) == 0 {
		cmd.Add = []ordering.ItemRequest{{MenuItemID: h.pickRecent(random, &h.dishes), Size: menu.Medium, Quantity: 1}}
	}
	if order.Payment.Method == "CARD" {
		cmd.PaymentToken = new(pick(random, paymentTokens[3:]))
	}
	_, err = a.AmendOrder.Handle(h.t.Context(), cmd)
	return err
}
