package e2e_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A late success of the gateway holds no money of a customer who has cancelled meanwhile.
func TestCancellingWhileTheGatewayIsSilentHoldsNoMoney(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	before, start := manager.stock(), customer.asOf()
	basket := s.margherita().card("tok_timeout")
	placing := make(chan outcome, 1)
	go func() { placing <- customer.place(basket) }()
	stream := customer.connect().order(s.onlyOrder(customer), start)
	id := stream.expect(s.onlyOrder(customer), 0, "PLACED")[0].Order.ID

	cancelled := customer.accepted(customer.move("cancelOrder", id))

	require.Equal(t, "CANCELLED", cancelled.Status)
	stream.expect(id, 1, "CANCELLED")
	first := customer.accepted(<-placing)
	require.Equal(t, "CANCELLED", first.Status, "the order as it stands when it is answered")
	voided := customer.eventually(id, func(o *order) bool { return o.Payment.Status == "VOIDED" })
	require.Equal(t, 2, voided.Version)
	require.Zero(t, s.charges(id).Held)
	require.LessOrEqual(t, s.charges(id).Charges, 1)
	require.Equal(t, before, manager.stock())
}

// onlyOrder waits for the customer's first order.
func (s *shop) onlyOrder(p *person) (id string) {
	s.Helper()
	require.Eventually(s, func() bool {
		ids := p.orders(nil).ids()
		if len(ids) > 0 {
			id = ids[0]
		}
		return len(ids) > 0
	}, soon, soon/500)
	return id
}

func TestOfManyWhoMoveAnOrderAtOnceOneDoes(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita().card("tok_ok"))

	answers := make([]outcome, 10)
	var sent sync.WaitGroup
	for i := range answers {
		sent.Go(func() {
			if i%2 == 0 {
				answers[i] = cook.move("startPreparingOrder", placed.ID, "expectedVersion", 2)
			} else {
				answers[i] = customer.move("cancelOrder", placed.ID, "expectedVersion", 2)
			}
		})
	}
	sent.Wait()

	moved := 0
	for _, a := range answers {
		if len(a.UserErrors) == 0 {
			moved++
			continue
		}
		require.Equal(t, "VersionConflictError", a.UserErrors[0].Type)
		require.Equal(t, 3, a.UserErrors[0].CurrentVersion)
	}
	require.Equal(t, 1, moved)
	require.Equal(t, 3, customer.order(placed.ID).Version)
}

func TestWhatIsFreeNeedsNoCharge(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	s.menu["Bread"] = manager.createItem(vars{
		"name": "Bread", "category": "Specials", "prices": []vars{{"size": "ONE_SIZE", "price": 0}},
	}).Item.ID

	placed := customer.placed(s.pickup(portion{"Bread", "ONE_SIZE", 1}).card("tok_ok"))

	require.Equal(t, "CONFIRMED", placed.Status)
	require.Zero(t, placed.Totals.Total)
	done := s.signIn("cook").moves(placed.ID, "startPreparingOrder", "markOrderReady", "completeOrder")
	require.Equal(t, "CAPTURED", done.Payment.Status)
	require.Zero(t, s.charges(placed.ID).Charges)
}

func TestUnknownCardsAreDeclined(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")

	done := customer.place(s.margherita().card("4242 4242"))

	require.Equal(t, "REJECTED", done.Order.Status)
	require.Equal(t, "PaymentDeclinedError", done.UserErrors[0].Type)
	require.NotEmpty(t, done.UserErrors[0].DeclineCode)
	cash := customer.placed(s.margherita())
	require.Equal(t, "InvalidTransitionError", customer.refused(customer.pay(cash.ID, "tok_ok")).Type, "paid in cash")
}
