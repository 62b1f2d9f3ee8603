package e2e_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type promotion struct {
	ID, Name string
	Code     *string
	Version  int
	Uses     int
	Saved    int64
}

type promotionOutcome struct {
	Promotion  *promotion
	UserErrors []refusal
}

const promotionFields = `{ promotion { id name code version uses saved } userErrors { ...refused } } }` + refusedFragment

// promote creates a promotion; more are further fields of the input, in pairs.
func (p *person) promote(reward vars, more ...any) promotionOutcome {
	p.Helper()
	input := vars{"idempotencyKey": rand.Text(), "name": "Ten off", "reward": reward}
	for i := 0; i < len(more); i += 2 {
		input[more[i].(string)] = more[i+1]
	}
	return ask[struct{ Done promotionOutcome }](p, `mutation($in: CreatePromotionInput!) { done: createPromotion(input: $in) `+promotionFields, vars{"in": input}).Done
}

func (p *person) promoted(reward vars, more ...any) promotion {
	p.Helper()
	done := p.promote(reward, more...)
	require.Empty(p, done.UserErrors)
	return *done.Promotion
}

func (p *person) promotion(id string) *promotion {
	p.Helper()
	return ask[struct{ Promotion *promotion }](p, `query($id: ID!) { promotion(id: $id) { id name code version uses saved } }`, vars{"id": id}).Promotion
}

type pricedOrder struct {
	PriceLines []struct {
		Kind, Label string
		Amount      int64
		Item        *int
		Basis       *string
	}
	Taxes []struct {
		Category        string
		RateBasisPoints int
		Net, Tax, Gross int64
	}
	Coupons []couponResult
	Items   []struct {
		ID              string
		Total, Discount int64
	}
}

type couponResult struct {
	Code    string
	Applied bool
	Amount  int64
	Refusal *string
}

const priceFields = ` priceLines { kind label amount item basis } taxes { category rateBasisPoints net tax gross } coupons { code applied amount refusal } `

func (p *person) priced(id string) pricedOrder {
	p.Helper()
	return ask[struct{ Order pricedOrder }](p, `query($id: ID!) { order(id: $id) {`+priceFields+` items { id total discount } } }`, vars{"id": id}).Order
}

var tenPercent = vars{"kind": "PERCENT", "basisPoints": 1_000}

func TestAnOrderWithACodeTellsWhatItCostsAndWhyAndARefundTakesItsShare(t *testing.T) {
	s := open(t)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	made := manager.promoted(tenPercent, "code", "Friday-10", "conditions", vars{"minimum": 2_000, "scope": vars{"menuItemIds": []string{s.menu["Margherita"]}}})

	placed := customer.placed(s.delivery(portion{"Margherita", "MEDIUM", 2}, portion{"Cola", "ONE_SIZE", 1}).with("couponCodes", []string{"friday-10"}).with("tip", 100))

	require.Equal(t, totals{Subtotal: 2_300, Discount: 198, DeliveryFee: 350, Tax: 173, Tip: 100, Total: 2_725}, placed.Totals, "8.25 % of 21.02 are 1.73415")
	told := customer.priced(placed.ID)
	var sum int64
	for _, l := range told.PriceLines {
		sum += l.Amount
	}
	require.Equal(t, placed.Totals.Total, sum)
	require.Equal(t, "10 % of 19.80", *told.PriceLines[2].Basis)
	require.Equal(t, []couponResult{{Code: "friday-10", Applied: true, Amount: 198}}, told.Coupons)
	require.EqualValues(t, 198, told.Items[0].Discount)
	require.EqualValues(t, 173, told.Taxes[0].Tax+told.Taxes[len(told.Taxes)-1].Tax*int64(len(told.Taxes)-1))
	require.Equal(t, &promotion{ID: made.ID, Name: "Ten off", Code: made.Code, Version: 1, Uses: 1, Saved: 198}, manager.promotion(made.ID))

	for _, move := range []string{"startPreparingOrder", "markOrderReady", "dispatchOrder", "completeOrder"} {
		manager.moves(placed.ID, move)
	}
	one := manager.refund(placed.ID, "lines", []vars{{"itemId": told.Items[0].ID, "quantity": 1}})
	require.Empty(t, one.UserErrors)
	require.EqualValues(t, 965, one.Refund.Amount, "half of 17.82 and of its tax, 1.47")
	rest := manager.refund(placed.ID, "amount", placed.Totals.Total-one.Refund.Amount)
	require.Empty(t, rest.UserErrors)
}

func TestACodeThatDoesNotApplyRefusesTheOrderAndSaysWhatWould(t *testing.T) {
	s := open(t)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	manager.promoted(tenPercent, "code", "TWENTY", "conditions", vars{"minimum": 2_000})
	rows := s.countWrittenRows()

	for code, message := range map[string]string{"TWENTY": "It is from 20.00 on: 10.10 more of food would do.", "NONSENSE": "There is no such code."} {
		refused := customer.refused(customer.place(s.margherita().with("couponCodes", []string{code})))
		require.Equal(t, "COUPON_REFUSED", refused.Code)
		require.Equal(t, message, refused.Message)
	}
	require.Equal(t, rows, s.countWrittenRows())
}

func TestTheLastUseOfACodeIsSoldOnceAndComesBackWithACancellation(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	made := manager.promoted(tenPercent, "code", "THREE", "conditions", vars{"maxUses": 3})
	var placed, refused atomic.Int32
	var ids sync.Map
	var customers sync.WaitGroup

	for n := range 8 {
		customer := s.signUp(fmt.Sprint("customer-", n))
		customers.Go(func() {
			done := customer.place(s.margherita().with("couponCodes", []string{"three"}))
			if done.Order == nil {
				refused.Add(1)
				return
			}
			placed.Add(1)
			ids.Store(done.Order.ID, customer)
		})
	}
	customers.Wait()

	require.Equal(t, [2]int32{3, 5}, [2]int32{placed.Load(), refused.Load()})
	require.Equal(t, 3, manager.promotion(made.ID).Uses)
	var id string
	var customer *person
	ids.Range(func(key, value any) bool { id, customer = key.(string), value.(*person); return false })
	customer.moves(id, "cancelOrder")
	require.Equal(t, 2, manager.promotion(made.ID).Uses)
	s.signUp("late").placed(s.margherita().with("couponCodes", []string{"THREE"}))
}

func TestOneCustomerUsesACodeOnceAndHasOneFirstOrder(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	manager.promoted(tenPercent, "code", "ONCE", "conditions", vars{"maxUsesByCustomer": 1})
	manager.promoted(vars{"kind": "FIXED", "amount": 300}, "code", "WELCOME", "conditions", vars{"firstOrder": true})

	for code, message := range map[string]string{"ONCE": "You have used it already.", "WELCOME": "It is for the first order."} {
		customer := s.signUp("twice-" + strings.ToLower(code))
		var placed atomic.Int32
		var tries sync.WaitGroup
		for range 4 {
			tries.Go(func() {
				done := customer.place(s.margherita().with("couponCodes", []string{code}))
				if done.Order != nil {
					placed.Add(1)
					return
				}
				assert.Equal(t, message, done.UserErrors[0].Message)
			})
		}
		tries.Wait()
		require.EqualValues(t, 1, placed.Load(), code)
	}
}

func TestAPromotionIsChangedEndedAndAudited(t *testing.T) {
	s := open(t)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	made := manager.promoted(tenPercent)
	require.EqualValues(t, 99, customer.placed(s.margherita()).Totals.Discount, "it applies by itself")
	change := func(mutation string, in vars) promotionOutcome {
		return ask[struct{ Done promotionOutcome }](manager, mutation+promotionFields, vars{"in": in}).Done
	}
	update := `mutation($in: UpdatePromotionInput!) { done: updatePromotion(input: $in) `

	half := change(update, vars{"id": made.ID, "expectedVersion": 1, "reward": vars{"kind": "PERCENT", "basisPoints": 5_000}})
	require.Equal(t, 2, half.Promotion.Version)
	require.EqualValues(t, 495, customer.placed(s.margherita()).Totals.Discount)
	require.Equal(t, "VERSION_CONFLICT", change(update, vars{"id": made.ID, "expectedVersion": 1, "name": "Other"}).UserErrors[0].Code)
	other := manager.promoted(tenPercent, "code", "OTHER")
	require.Equal(t, "ALREADY_EXISTS", change(update, vars{"id": made.ID, "code": "other"}).UserErrors[0].Code)
	require.Equal(t, 3, change(`mutation($in: EndPromotionInput!) { done: endPromotion(input: $in) `, vars{"id": made.ID}).Promotion.Version)
	require.Zero(t, customer.placed(s.margherita()).Totals.Discount)

	listed := ask[struct{ On, All []promotion }](manager, `{ on: promotions { id } all: promotions(includeEnded: true) { id uses } }`, nil)
	require.Equal(t, []promotion{{ID: other.ID}}, listed.On)
	require.Len(t, listed.All, 2)
	log := ask[struct {
		AuditLog struct{ Nodes []struct{ Action string } }
	}](manager, `query($id: ID!) { auditLog(filter: {entity: PROMOTION, entityId: $id}) { nodes { action } } }`, vars{"id": made.ID}).AuditLog.Nodes
	require.Equal(t, []struct{ Action string }{{"ENDED"}, {"CHANGED"}, {"ADDED"}}, log)
	require.Equal(t, "FORBIDDEN", customer.do(`{ promotions { id } }`, nil).code())
}

func TestAPromotionThatCantBeIsRefused(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	for path, in := range map[string][]any{
		"reward basisPoints":           {vars{"kind": "PERCENT"}},
		"reward amount":                {vars{"kind": "PERCENT", "basisPoints": 1, "amount": 1}},
		"reward slots":                 {vars{"kind": "FIXED_PRICE_BUNDLE", "amount": 1_000}},
		"reward portions":              {vars{"kind": "FREE_CHEAPEST", "portions": 1}},
		"name":                         {tenPercent, "name", " "},
		"code":                         {tenPercent, "code", "two words"},
		"conditions maxUses":           {tenPercent, "conditions", vars{"maxUses": 0}},
		"conditions endsAt":            {tenPercent, "conditions", vars{"startsAt": "2026-12-02T00:00:00Z", "endsAt": "2026-12-01T00:00:00Z"}},
		"conditions scope menuItemIds": {tenPercent, "conditions", vars{"scope": vars{"menuItemIds": []string{"00000000-0000-4000-8000-000000000000"}}}},
		"reward slots 0 portions":      {vars{"kind": "FIXED_PRICE_BUNDLE", "amount": 1_000, "slots": []vars{{"portions": 11}}}},
	} {
		done := manager.promote(in[0].(vars), in[1:]...)
		require.Len(t, done.UserErrors, 1, path)
		require.Equal(t, path, strings.Join(done.UserErrors[0].Path, " "))
	}
}

type preview struct {
	Totals     totals
	PriceLines []struct {
		Label  string
		Amount int64
		Item   *int
	}
	Coupons  []couponResult
	Problems []struct {
		Code, Message string
		Item          *int
	}
}

// previewed is what an order with some of the fields of b would cost.
func (p *person) previewed(b basket) preview {
	p.Helper()
	in := vars{}
	for _, field := range []string{"locationId", "items", "fulfillment", "deliveryAddress", "couponCodes", "tip"} {
		if value, given := b[field]; given {
			in[field] = value
		}
	}
	return ask[struct{ PreviewOrder preview }](p, `query($in: QuoteOrderInput!) { previewOrder(input: $in) {
		totals { subtotal discount deliveryFee tax tip total } priceLines { label amount item } taxes { category tax } coupons { code applied amount refusal }
		problems { code message item alternative }
	} }`, vars{"in": in}).PreviewOrder
}

func TestAPreviewCostsWhatTheOrderThenCostsAndHoldsNothing(t *testing.T) {
	s := open(t)
	s.signIn("manager").promoted(tenPercent, "code", "TEN")
	wanted := s.delivery(portion{"Margherita", "LARGE", 3}, portion{"Cola", "ONE_SIZE", 2}).with("couponCodes", []string{"TEN"}).with("tip", 120)
	rows := s.countWrittenRows()

	shown := s.visitor().previewed(wanted)

	require.Empty(t, shown.Problems)
	require.Equal(t, rows, s.countWrittenRows())
	require.Equal(t, shown.Totals, s.signIn("customer").placed(wanted.with("expectedTotal", shown.Totals.Total)).Totals)
}

func TestAPreviewTellsWhatStandsInTheWayAndPricesTheRest(t *testing.T) {
	s := open(t)
	gone := "00000000-0000-4000-8000-000000000000"
	wanted := s.delivery(portion{"Margherita", "MEDIUM", 1}, portion{"Cola", "ONE_SIZE", 1}).with("couponCodes", []string{"NONSENSE"})
	items := wanted["items"].([]vars)
	wanted["items"] = []vars{{"menuItemId": gone, "size": "MEDIUM", "quantity": 1}, items[0], {"menuItemId": s.menu["Cola"], "size": "LARGE", "quantity": 1}, items[1]}
	home := ask[struct{ Location struct{ ID string } }](s.visitor(), `{ location { id } }`, nil).Location.ID
	s.run(`UPDATE public.locations AS l SET minimum_order = 10000 WHERE l.id = $1`, home)
	manager := s.signIn("manager")
	flour := ask[struct {
		MenuItem struct {
			Recipe []struct{ IngredientID string }
		}
	}](manager, `query($id: ID!) { menuItem(id: $id) { recipe { ingredientId } } }`, vars{"id": s.menu["Margherita"]}).MenuItem.Recipe[0].IngredientID
	require.Empty(t, manager.setStock(flour, 0).UserErrors)

	shown := s.visitor().previewed(wanted)

	var told []string
	for _, p := range shown.Problems {
		told = append(told, fmt.Sprint(p.Code, " ", valueOr(p.Item, -1)))
	}
	require.Equal(t, []string{"BAD_USER_INPUT 0", "BAD_USER_INPUT 2", "INSUFFICIENT_STOCK 1", "COUPON_REFUSED -1", "BELOW_MINIMUM -1"}, told)
	require.EqualValues(t, 990+320, shown.Totals.Subtotal)
	require.Equal(t, []int{1, 3}, []int{*shown.PriceLines[0].Item, *shown.PriceLines[1].Item})
}

func valueOr(p *int, otherwise int) int {
	if p == nil {
		return otherwise
	}
	return *p
}
