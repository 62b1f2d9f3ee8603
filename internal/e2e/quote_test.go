package e2e_test

import (
	"net/http/cookiejar"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type quote struct {
	ID        string
	ExpiresAt time.Time
	Promise   *promise
	preview
}

type quoteOutcome struct {
	Quote      *quote
	UserErrors []refusal
}

// quote asks for a quote of an order with some of the fields of b.
func (p *person) quote(b basket) quoteOutcome {
	p.Helper()
	in := vars{}
	for _, field := range []string{"locationId", "items", "fulfillment", "deliveryAddress", "scheduledFor", "couponCodes", "tip"} {
		if value, given := b[field]; given {
			in[field] = value
		}
	}
	return ask[struct{ Done quoteOutcome }](p, `mutation($in: QuoteOrderInput!) { done: quoteOrder(input: $in) {
		quote {
			id expiresAt promise { likely latest reason } totals { subtotal discount deliveryFee tax tip total } priceLines { label amount item }
			taxes { category tax } coupons { code applied amount refusal } problems { code message item alternative }
		} userErrors { ...refused }
	} }`+refusedFragment, vars{"in": in}).Done
}

// quoted returns a quote that is held.
func (p *person) quoted(b basket) quote {
	p.Helper()
	done := p.quote(b)
	require.Empty(p, done.UserErrors)
	require.Empty(p, done.Quote.Problems)
	return *done.Quote
}

// by is an order of what was quoted.
func (q quote) by(b basket) basket {
	return basket{"idempotencyKey": b["idempotencyKey"], "paymentMethod": "CASH", "quoteId": q.ID}
}

// problems are the codes of what stands in the way of the order.
func (p *person) problems(b basket) (codes []string) {
	p.Helper()
	done := p.quote(b)
	require.Empty(p, done.UserErrors)
	for _, problem := range done.Quote.Problems {
		codes = append(codes, problem.Code)
	}
	return codes
}

// expire lets time pass for all quotes.
func (s *shop) expire() {
	s.Helper()
	s.run(`UPDATE public.quotes AS q SET expires_at = now() - interval '1 second'`)
}

// leave leaves basil for so many medium Margheritas, and returns how much each of them takes.
func (s *shop) leave(portions int) (basil int) {
	s.Helper()
	manager := s.signIn("manager")
	before := manager.stock()["Basil (g)"]
	manager.placed(s.margherita())
	after := manager.stock()["Basil (g)"]
	basil = after.Reserved - before.Reserved
	require.Positive(s, basil)
	require.Empty(s, manager.setStock(before.ID, after.Reserved+portions*basil).UserErrors)
	return basil
}

func (s *shop) reservedBasil() int {
	s.Helper()
	return s.signIn("manager").stock()["Basil (g)"].Reserved
}

func TestAQuoteIsOrderedAsItWasShownWhateverChangesMeanwhile(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	ten := manager.promoted(tenPercent, "code", "TEN")
	wanted := s.delivery(portion{"Margherita", "MEDIUM", 2}, portion{"Cola", "ONE_SIZE", 1}).with("couponCodes", []string{"ten"}).with("tip", 50)

	shown := customer.quoted(wanted)
	require.Empty(t, manager.updateItem(vars{"id": s.menu["Margherita"], "prices": []vars{{"size": "MEDIUM", "price": 9_900}}}).UserErrors)
	ask[any](manager, `mutation($id: ID!) { endPromotion(input: {id: $id}) { userErrors { code } } }`, vars{"id": ten.ID})
	require.Empty(t, manager.setLocation("pauseService", vars{
		"locationId": s.locationID("chicago"), "fulfillment": "DELIVERY", "until": time.Now().Add(time.Hour), "reason": "No drivers.",
	}).UserErrors)
	order := customer.placed(shown.by(wanted).with("specialInstructions", "Ring twice."))

	require.WithinDuration(t, time.Now().Add(5*time.Minute), shown.ExpiresAt, soon)
	require.Equal(t, shown.Totals, order.Totals)
	require.Equal(t, *shown.Promise, order.Promise)
	require.Equal(t, "Ring twice.", *order.SpecialInstructions)
	require.Equal(t, "1 Oven Lane", order.DeliveryAddress["street"])
	require.Equal(t, []int{2, 1}, []int{order.Items[0].Quantity, order.Items[1].Quantity})
	require.Equal(t, 1, manager.promotion(ten.ID).Uses)
	require.Equal(t, order.ID, customer.placed(shown.by(wanted).with("specialInstructions", "Ring twice.")).ID, "repeated, it is the same order")
	require.Equal(t, "QUOTE_EXPIRED", customer.refused(customer.place(shown.by(s.margherita()))).Code, "it is ordered once")
}

func TestAQuoteHoldsStockUntilItExpires(t *testing.T) {
	s := open(t)
	first, second := s.signIn("customer"), s.signUp("second")
	basil := s.leave(2)
	before := s.reservedBasil()
	wanted := s.margherita()
	wanted["items"].([]vars)[0]["quantity"] = 2

	held := first.quoted(wanted)

	require.Equal(t, before+2*basil, s.reservedBasil())
	require.NotContains(t, second.onMenu("PIZZA", false), "Margherita")
	require.Equal(t, []string{"INSUFFICIENT_STOCK"}, second.problems(s.margherita()))
	require.Len(t, second.previewed(wanted).Problems, 1)
	require.Empty(t, first.previewed(wanted).Problems, "what one holds oneself counts as free, for a cart that is looked at meanwhile")
	require.Equal(t, "INSUFFICIENT_STOCK", second.refused(second.place(s.margherita())).Code)
	require.NotEqual(t, held.ID, first.quoted(wanted).ID, "who holds it can ask again")
	require.Equal(t, before+2*basil, s.reservedBasil(), "a client holds one quote")
	require.Equal(t, "QUOTE_EXPIRED", first.refused(first.place(held.by(s.margherita()))).Code)
	held = first.quoted(wanted)

	s.expire()

	require.Eventually(t, func() bool { return s.reservedBasil() == before }, soon, 20*time.Millisecond)
	require.Equal(t, "QUOTE_EXPIRED", first.refused(first.place(held.by(s.margherita()))).Code)
	second.placed(second.quoted(s.margherita()).by(s.margherita()))
	require.Equal(t, before+basil, s.reservedBasil())
}

func TestAQuoteWithProblemsHoldsNothingAndEndsTheOneBefore(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	before := s.reservedBasil()
	customer.quoted(s.margherita())

	refused := customer.quote(s.delivery(portion{"Margherita", "MEDIUM", 1}).with("couponCodes", []string{"NONSENSE"})).Quote

	require.Equal(t, "COUPON_REFUSED", refused.Problems[0].Code)
	require.Equal(t, before, s.reservedBasil())
	require.Equal(t, []string{""}, customer.nodes(refused.ID))
	require.Equal(t, "QUOTE_EXPIRED", customer.refused(customer.place(refused.by(s.margherita()))).Code)
	require.Equal(t, []string{"BAD_USER_INPUT"}, customer.problems(s.margherita().with("fulfillment", "DELIVERY")), "a delivery needs an address")
}

func TestTwoRequestsOrderAQuoteOnce(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	before := customer.itemsSold()
	basil := s.leave(10)
	reserved := s.reservedBasil()
	held := customer.quoted(s.margherita())

	outcomes := make([]outcome, 4)
	var placing sync.WaitGroup
	for i := range outcomes {
		placing.Go(func() { outcomes[i] = customer.place(held.by(s.margherita())) })
	}
	placing.Wait()

	refused := 0
	for _, o := range outcomes {
		if o.Order == nil {
			assert.Equal(t, "QUOTE_EXPIRED", customer.refused(o).Code)
			refused++
		}
	}
	require.Equal(t, 3, refused)
	require.Equal(t, before+1, customer.itemsSold())
	require.Equal(t, reserved+basil, s.reservedBasil())
}

func (p *person) itemsSold() (items int) {
	p.Helper()
	for _, o := range ask[struct{ Orders struct{ Nodes []order } }](p, `{ orders(first: 50) { nodes { itemsCount } } }`, nil).Orders.Nodes {
		items += o.ItemsCount
	}
	return items
}

func TestAVisitorsQuoteIsOrderedAfterSigningIn(t *testing.T) {
	s := open(t)
	visitor, customer := s.visitor(), s.signIn("customer")
	visitors := visitor.quoted(s.margherita())
	customers := customer.quoted(s.margherita())

	require.Equal(t, []string{"Quote", "Quote"}, customer.nodes(visitors.ID, customers.ID))
	require.Equal(t, []string{"Quote", ""}, s.signUp("stranger").nodes(visitors.ID, customers.ID), "a visitor's is whose who knows it")
	stranger := s.signUp("another")
	require.Equal(t, "QUOTE_EXPIRED", stranger.refused(stranger.place(customers.by(s.margherita()))).Code)
	require.Equal(t, visitors.Totals, s.signUp("new").placed(visitors.by(s.margherita())).Totals)
	customer.placed(customers.by(s.margherita()))
}

func TestAVisitorsBrowserHoldsOneQuote(t *testing.T) {
	s := open(t)
	before := s.reservedBasil()
	browser := s.visitor()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	browser.http.Jar = jar
	customers := s.signIn("customer").quoted(s.margherita())

	browser.quoted(s.margherita())
	once := s.reservedBasil()
	held := browser.quoted(s.margherita())

	require.Greater(t, once, before)
	require.Equal(t, once, s.reservedBasil())
	require.Equal(t, []string{"Quote"}, browser.nodes(held.ID))
	require.Equal(t, []string{"Quote"}, s.signIn("customer").nodes(customers.ID), "others keep theirs")
}

func TestAnAddressHoldsSoMuch(t *testing.T) {
	s := open(t)
	for range 20 {
		s.visitor().quoted(s.margherita())
	}

	refused := s.visitor().quote(s.margherita())
	require.Nil(t, refused.Quote)
	require.Equal(t, "LIMIT_REACHED", refused.UserErrors[0].Code)
	s.signIn("customer").placed(s.margherita())
	s.signIn("manager").quoted(s.margherita())

	s.expire()
	require.Eventually(t, func() bool { return s.visitor().quote(s.margherita()).Quote != nil }, soon, 50*time.Millisecond)
	tooMany := s.margherita()
	tooMany["items"] = []vars{{"menuItemId": s.menu["Margherita"], "size": "MEDIUM", "quantity": 50}}
	s.run(`UPDATE public.locations AS l SET open_portions_limit = 49`)
	require.Equal(t, []string{"LIMIT_REACHED"}, s.visitor().problems(tooMany))
}

func TestAQuoteHoldsTheOven(t *testing.T) {
	s := open(t)
	manager, chicago := s.signIn("manager"), s.locationID("chicago")
	require.Empty(t, manager.updateLocation(vars{"id": chicago, "kitchen": vars{"ovenPlaces": 1, "bakeSeconds": 600}}).UserErrors)

	first, customer := s.visitor().quoted(s.margherita()), s.signIn("customer")
	second := customer.quoted(s.margherita())

	require.Regexp(t, `^The oven is full until`, s.service(chicago, "PICKUP").Promise.Reason)
	require.WithinDuration(t, first.Promise.Likely.Add(10*time.Minute), second.Promise.Likely, time.Minute)
	require.WithinDuration(t, second.Promise.Likely, customer.quoted(s.margherita()).Promise.Likely, time.Minute, "one's own isn't in the way")
	require.Equal(t, *first.Promise, s.signUp("late").placed(first.by(s.margherita())).Promise)
}

func TestTheLastUseOfACodeIsHeld(t *testing.T) {
	s := open(t)
	manager, customer, second := s.signIn("manager"), s.signIn("customer"), s.signUp("second")
	last := manager.promoted(tenPercent, "code", "LAST", "conditions", vars{"maxUses": 1})
	wanted := s.margherita().with("couponCodes", []string{"LAST"})

	customer.quoted(wanted)
	require.Equal(t, []string{"COUPON_REFUSED"}, second.problems(wanted))
	held := customer.quoted(wanted)
	require.Equal(t, held.Totals, customer.placed(held.by(wanted)).Totals)
	require.Equal(t, []string{"COUPON_REFUSED"}, second.problems(wanted))
	require.Equal(t, 1, manager.promotion(last.ID).Uses)

	again := manager.promoted(tenPercent, "code", "AGAIN", "conditions", vars{"maxUses": 1})
	wanted = s.margherita().with("couponCodes", []string{"AGAIN"})
	customer.quoted(wanted)
	s.expire()
	require.Eventually(t, func() bool { return len(second.problems(wanted)) == 0 }, soon, 50*time.Millisecond)
	require.Zero(t, manager.promotion(again.ID).Uses, "held isn't used")
}

func TestAVisitorsQuoteWithACodeForNewCustomersIsNotForOthers(t *testing.T) {
	s := open(t)
	s.signIn("manager").promoted(tenPercent, "code", "FIRST", "conditions", vars{"firstOrder": true})
	customer := s.signIn("customer")
	customer.placed(s.margherita())
	wanted := s.margherita().with("couponCodes", []string{"FIRST"})
	held := s.visitor().quoted(wanted)

	refused := customer.refused(customer.place(held.by(wanted)))
	require.Equal(t, "COUPON_REFUSED", refused.Code)
	require.Equal(t, held.Totals, s.signUp("new").placed(held.by(s.margherita())).Totals)
}

func TestAQuoteSaysWhatTheOrderNeedNot(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	held := customer.quoted(s.margherita())
	for field, value := range map[string]any{
		"items": s.margherita()["items"], "fulfillment": "PICKUP", "tip": 1, "couponCodes": []string{"TEN"}, "locationId": s.locationID("chicago"),
		"scheduledFor": time.Now(), "deliveryAddress": vars{"street": "1 Oven Lane", "city": "Naples", "postalCode": "80100"},
	} {
		refused := customer.refused(customer.place(held.by(s.margherita()).with(field, value)))
		require.Equal(t, "BAD_USER_INPUT", refused.Code, field)
		require.Equal(t, []string{field}, refused.Path)
	}
	without := basket{"idempotencyKey": "nothing", "paymentMethod": "CASH"}
	require.Equal(t, []string{"items"}, customer.refused(customer.place(without)).Path)
	require.Equal(t, []string{"fulfillment"}, customer.refused(customer.place(without.with("items", s.margherita()["items"]))).Path)
	changed := customer.refused(customer.place(held.by(s.margherita()).with("expectedTotal", 1)))
	require.Equal(t, "PRICE_CHANGED", changed.Code)
}

func TestTwentyClientsQuoteTheLastEightPortions(t *testing.T) {
	s := open(t)
	s.run(`UPDATE public.locations AS l SET open_portions_limit = NULL`)
	basil := s.leave(8)
	before := s.reservedBasil()
	clients := make([]*person, 20)
	for i := range clients {
		clients[i] = s.signUp("client" + string(rune('a'+i)))
	}

	quotes, orders := make([]*quote, len(clients)), make([]outcome, len(clients))
	var buying sync.WaitGroup
	for i, client := range clients {
		buying.Go(func() {
			done := client.quote(s.margherita())
			assert.Empty(t, done.UserErrors)
			if quotes[i] = done.Quote; done.Quote != nil && len(done.Quote.Problems) == 0 {
				orders[i] = client.place(done.Quote.by(s.margherita()))
			}
		})
	}
	buying.Wait()

	bought, told := 0, 0
	for i, q := range quotes {
		switch {
		case orders[i].Order != nil:
			bought++
		case q != nil && len(q.Problems) == 1 && q.Problems[0].Code == "INSUFFICIENT_STOCK":
			told++
		}
	}
	require.Equal(t, []int{8, 12}, []int{bought, told}, "who is told is told before paying")
	require.Equal(t, before+8*basil, s.reservedBasil())
}
