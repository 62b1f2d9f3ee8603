package e2e_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// amended is an AmendOrderPayload.
type amended struct {
	Order *struct {
		order
		PendingAmendment *struct {
			PriceChange  int64
			IsProcessing bool
			NextAction   *struct{ URL *string }
		}
		Amendments []struct {
			Version     int
			PriceChange int64
			Before      struct {
				Items  []orderItem
				Totals totals
			}
		}
	}
	PriceChange       *int64
	Totals            *totals
	Promise           *promise
	DroppedPromotions []string
	UserErrors        []refusal
}

const amendOrder = `mutation($in: AmendOrderInput!) { done: amendOrder(input: $in) {
	order {
		...full pendingAmendment { priceChange isProcessing nextAction { url } }
		amendments { version priceChange before { items { id name quantity } totals { subtotal discount deliveryFee tax tip total } } }
	}
	priceChange totals { subtotal discount deliveryFee tax tip total } promise { likely latest reason } droppedPromotions userErrors { ...refused }
} }` + orderFragment + refusedFragment

// amend changes an order as it stands; more are further fields of the input, in pairs.
func (p *person) amend(o order, more ...any) amended {
	p.Helper()
	input := vars{"orderId": o.ID, "expectedVersion": o.Version, "idempotencyKey": rand.Text()}
	for i := 0; i < len(more); i += 2 {
		input[more[i].(string)] = more[i+1]
	}
	var done amended
	require.NoError(p, json.Unmarshal(ask[struct{ Done json.RawMessage }](p, amendOrder, vars{"in": input}).Done, &done))
	return done
}

func (a amended) made(p *person) order {
	p.Helper()
	require.Empty(p, a.UserErrors)
	require.NotNil(p, a.Order)
	return a.Order.order
}

func quantity(item orderItem, n int) []vars { return []vars{{"itemId": item.ID, "quantity": n}} }

func TestAGuestAddsAPizzaAndPaysTheDifferenceWithThreeDSecure(t *testing.T) {
	s := open(t)
	guest, placed := s.guest(s.pickup(portion{"Margherita", "MEDIUM", 1}).card("tok_ok").ofGuest(phone))
	require.Equal(t, "CONFIRMED", placed.Status)
	cook := s.signIn("cook")
	version := cook.board(nil).Tickets[0].Version

	dry := guest.amend(placed, "change", quantity(placed.Items[0], 2), "dryRun", true)
	require.Empty(t, dry.UserErrors)
	more := *dry.PriceChange
	require.Positive(t, more)
	require.Equal(t, placed.Totals.Total+more, dry.Totals.Total)
	require.NotNil(t, dry.Promise)
	require.Equal(t, placed, *guest.order(placed.ID), "a dry run changes nothing")

	require.Equal(t, "BAD_USER_INPUT", guest.amend(placed, "change", quantity(placed.Items[0], 2)).UserErrors[0].Code, "it needs a token")
	waiting := guest.amend(placed, "change", quantity(placed.Items[0], 2), "paymentToken", "tok_requires_action")

	require.Empty(t, waiting.UserErrors)
	require.Nil(t, waiting.PriceChange, "nothing of it counts yet")
	require.Equal(t, placed.Version, waiting.Order.Version)
	require.Equal(t, placed.Totals, waiting.Order.Totals)
	require.Equal(t, more, waiting.Order.PendingAmendment.PriceChange)
	require.Equal(t, version, cook.board(nil).Tickets[0].Version, "the kitchen hears nothing of it")
	approved, _ := browse(t, http.MethodPost, *waiting.Order.PendingAmendment.NextAction.URL, url.Values{"refuse": {"false"}})
	require.Less(t, approved.StatusCode, 400)
	now := guest.eventually(placed.ID, func(o *order) bool { return o.Version == placed.Version+1 })

	require.Equal(t, 2, now.Items[0].Quantity)
	require.Equal(t, placed.Totals.Total+more, now.Totals.Total)
	require.Equal(t, now.Totals.Total, now.Payment.Amount)
	require.Equal(t, now.Totals.Total, s.charges(placed.ID).Held)
	changed := cook.board(nil).Tickets[0]
	require.True(t, changed.IsChanged)
	require.Equal(t, "CHANGED", *changed.Items[0].Change)
	require.Equal(t, 1, changed.Items[0].Before.Quantity)
	require.Equal(t, 2, changed.Items[0].Item.Quantity)

	s.signIn("manager").moves(placed.ID, "startPreparingOrder", "markOrderReady", "completeOrder")
	guest.eventually(placed.ID, func(o *order) bool { return s.charges(placed.ID).Captured == o.Totals.Total })
	back := s.signIn("manager").refund(placed.ID, "lines", []vars{{"itemId": now.Items[0].ID, "quantity": 2}})
	require.Empty(t, back.UserErrors)
	guest.eventually(placed.ID, func(o *order) bool { return o.Payment.Status == "REFUNDED" && s.charges(placed.ID).Held == 0 })
}

func TestABankThatRefusesLeavesTheOrderAsItWas(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	placed := customer.placed(s.margherita().card("tok_ok"))

	declined := customer.amend(placed, "change", quantity(placed.Items[0], 3), "paymentToken", "tok_declined")

	require.Equal(t, "PAYMENT_DECLINED", declined.UserErrors[0].Code)
	require.Equal(t, placed, *customer.order(placed.ID))
	waiting := customer.amend(placed, "change", quantity(placed.Items[0], 3), "paymentToken", "tok_requires_action")
	require.Empty(t, waiting.UserErrors)
	page := *waiting.Order.PendingAmendment.NextAction.URL
	s.signIn("cook").moves(placed.ID, "startPreparingOrder")
	_, _ = browse(t, http.MethodPost, page, url.Values{"refuse": {"false"}})
	customer.eventually(placed.ID, func(o *order) bool { return s.charges(placed.ID).Held == placed.Totals.Total })
	require.Equal(t, placed.Items, customer.order(placed.ID).Items, "the kitchen had begun meanwhile")
}

func TestWhatIsNotWantedIsNotTakenOrIsGivenBack(t *testing.T) {
	s := open(t)
	customer, cook, manager := s.signIn("customer"), s.signIn("cook"), s.signIn("manager")
	placed := customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 2}, portion{"Cola", "ONE_SIZE", 2}).card("tok_ok"))
	stock := s.reservedBasil()

	less := customer.amend(placed, "change", quantity(placed.Items[0], 1)).made(customer)

	require.Less(t, s.reservedBasil(), stock)
	require.Equal(t, less.Totals.Total, less.Payment.Amount)
	require.Equal(t, "AMENDED", less.Timeline[2].Type)
	require.Equal(t, placed.Totals.Total, s.charges(placed.ID).Held, "all of it is reserved still")
	begun := cook.moves(placed.ID, "startPreparingOrder")
	require.Equal(t, less.Totals.Total, s.charges(placed.ID).Captured)
	require.Equal(t, "INVALID_TRANSITION", customer.amend(begun, "remove", []string{begun.Items[1].ID}).UserErrors[0].Code)
	require.Equal(t, "BAD_USER_INPUT", cook.amend(begun, "remove", []string{begun.Items[1].ID}).UserErrors[0].Code, "staff say why")

	without := cook.amend(begun, "remove", []string{begun.Items[1].ID}, "reason", "The cola is out.").made(cook)

	customer.eventually(placed.ID, func(o *order) bool { return o.Payment.Status == "PARTIALLY_REFUNDED" })
	require.Equal(t, without.Totals.Total, s.charges(placed.ID).Held)
	require.Equal(t, "Changed", manager.refunds(placed.ID)[0].Reason)
	ticket := cook.board(nil).Tickets[0]
	require.Len(t, ticket.Items, 2, "it is shown until somebody has seen it")
	require.Equal(t, "REMOVED", *ticket.Items[1].Change)
	require.Equal(t, "Cola", ticket.Items[1].Item.Name)
	require.Equal(t, "CONFLICT", cook.actAll(vars{
		"id": "00000000-0000-4000-8000-000000000001", "ticketId": ticket.ID, "kind": "BUMP", "seenVersion": ticket.Version - 1, "at": ticket.FireAt,
	})[0].Outcome, "it was done before the change was seen")
	seen := cook.act(ticket, "SEEN", nil)
	require.Len(t, seen.Ticket.Items, 1)
	require.False(t, seen.Ticket.IsChanged)
	cook.moves(placed.ID, "markOrderReady", "completeOrder")
	half := manager.refund(placed.ID, "lines", []vars{{"itemId": without.Items[0].ID, "quantity": 1}})
	require.Empty(t, half.UserErrors)
	require.Equal(t, without.Totals.Total, half.Refund.Amount, "a refund takes what the line costs by now")
	customer.eventually(placed.ID, func(o *order) bool { return o.Payment.Status == "REFUNDED" && s.charges(placed.ID).Held == 0 })
	s.audit()
}

func TestTheStaffAddToAnOrderInTheKitchenThatIsPaidInCash(t *testing.T) {
	s := open(t)
	customer, cook, driver := s.signIn("customer"), s.signIn("cook"), s.signIn("driver")
	placed := customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 1}))
	begun := cook.moves(placed.ID, "startPreparingOrder")
	salad := customer.placed(s.pickup(portion{"Cola", "ONE_SIZE", 1}))
	require.NotNil(t, driver.do(amendOrder, vars{"in": vars{
		"orderId": begun.ID, "expectedVersion": begun.Version, "idempotencyKey": rand.Text(), "remove": []string{begun.Items[0].ID},
	}}).Errors, "it isn't the road's")

	more := cook.amend(begun, "add", []vars{{"menuItemId": salad.Items[0].MenuItemID, "size": "ONE_SIZE", "quantity": 2}}, "reason", "They called.").made(cook)

	require.Len(t, more.Items, 2)
	require.Equal(t, more.Totals.Total, more.Payment.Amount)
	ticket := cook.act(ticketOf(cook, placed.ID), "SEEN", nil).Ticket
	require.Len(t, ticket.Items, 2)
	again := cook.amend(more, "change", quantity(more.Items[0], 2), "reason", "One more.").made(cook)
	changed := ticketOf(cook, again.ID)
	require.Equal(t, "CHANGED", *changed.Items[0].Change)
	require.Nil(t, changed.Items[1].Change, "the drinks were seen before")
}

func ticketOf(p *person, order string) ticket {
	p.Helper()
	for _, t := range p.board(nil).Tickets {
		if t.Order.ID == order {
			return t
		}
	}
	require.FailNow(p, "there is no such ticket")
	return ticket{}
}

func TestOfTwoWhoAmendAtOnceOneIsToldThatTheOrderHasChanged(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	placed := customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 4}))
	outcomes := make([]amended, 2)

	var both sync.WaitGroup
	both.Go(func() { outcomes[0] = customer.amend(placed, "change", quantity(placed.Items[0], 1)) })
	both.Go(func() {
		outcomes[1] = manager.amend(placed, "change", quantity(placed.Items[0], 2), "reason", "As they said.")
	})
	both.Wait()

	refused := slices.Concat(outcomes[0].UserErrors, outcomes[1].UserErrors)
	require.Len(t, refused, 1)
	require.Equal(t, "VERSION_CONFLICT", refused[0].Code)
	require.Equal(t, placed.Version+1, customer.order(placed.ID).Version)
	s.audit()
}

func TestAnAmendmentIsMadeOnceAndByWhomItMayBe(t *testing.T) {
	s := open(t)
	customer, stranger := s.signIn("customer"), s.signUp("nora")
	placed := customer.placed(s.pickup(portion{"Margherita", "MEDIUM", 3}))
	require.Equal(t, "NOT_FOUND", stranger.amend(placed, "remove", []string{placed.Items[0].ID}).UserErrors[0].Code)
	require.Equal(t, "BAD_USER_INPUT", customer.amend(placed, "remove", []string{placed.Items[0].ID}).UserErrors[0].Code, "nothing would be left")
	require.Equal(t, "BAD_USER_INPUT", customer.amend(placed, "change", quantity(placed.Items[0], 3)).UserErrors[0].Code, "it changes nothing")

	first := customer.amend(placed, "change", quantity(placed.Items[0], 2), "idempotencyKey", "k").made(customer)
	second := customer.amend(placed, "change", quantity(placed.Items[0], 2), "idempotencyKey", "k").made(customer)

	require.Equal(t, first, second)
	require.Equal(t, placed.Version+1, second.Version)
	s.leave(3)
	require.Equal(t, "INSUFFICIENT_STOCK", customer.amend(second, "change", quantity(placed.Items[0], 9)).UserErrors[0].Code)
	require.Equal(t, second, *customer.order(placed.ID))
}
