package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Orders tell it, also those that an earlier version placed, which have the English alone.
func TestWhatIsToldInEnglishIsToldInCodesToo(t *testing.T) {
	s := open(t)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	manager.promoted(tenPercent, "code", "TEN")
	manager.promoted(vars{"kind": "PERCENT", "basisPoints": 2_000}, "code", "TWENTY", "name", "Twenty")
	b := s.delivery(portion{"Margherita", "MEDIUM", 2}).with("couponCodes", []string{"TEN", "TWENTY"})
	type told struct {
		PriceLines []struct {
			Kind  string
			Basis *string
			Bases []struct {
				Code               string
				Count, BasisPoints int
				Amount             int64
			}
		}
		Coupons []struct {
			Refusal *string
			Reason  *struct{ Code, Promotion string }
		}
	}
	order := func(id string) told {
		return ask[struct{ Order told }](customer, `query($id: ID!) { order(id: $id) {
			priceLines { kind basis bases { code count basisPoints amount } } coupons { refusal reason { code promotion } }
		} }`, vars{"id": id}).Order
	}
	placed := customer.placed(b)

	shown := order(placed.ID)

	require.Equal(t, "2 × 9.90", *shown.PriceLines[0].Basis)
	require.Equal(t, "TIMES", shown.PriceLines[0].Bases[0].Code)
	require.Equal(t, 2, shown.PriceLines[0].Bases[0].Count)
	require.EqualValues(t, 990, shown.PriceLines[0].Bases[0].Amount)
	require.Equal(t, "PERCENT_OF", shown.PriceLines[1].Bases[0].Code)
	require.Equal(t, 2_000, shown.PriceLines[1].Bases[0].BasisPoints)
	require.Equal(t, "OUTDONE", shown.Coupons[0].Reason.Code)
	require.Equal(t, "Twenty", shown.Coupons[0].Reason.Promotion)
	require.Nil(t, shown.Coupons[1].Reason)

	s.run(`UPDATE public.orders AS o SET
		price_lines = '[{"kind":"ITEM","label":"Margherita","amount":1980,"item":0,"basis":"2 × 9.90"}]',
		coupons = '[{"code":"TEN","applied":false,"amount":0,"refusal":"It has ended."}]' WHERE o.id = $1`, placed.ID)
	before := order(placed.ID)
	require.Equal(t, "2 × 9.90", *before.PriceLines[0].Basis)
	require.Empty(t, before.PriceLines[0].Bases)
	require.Nil(t, before.Coupons[0].Reason)
}

func TestAProblemOfAPreviewSaysWhatItIsAbout(t *testing.T) {
	s := open(t)
	s.run(`UPDATE public.locations AS l SET minimum_order = 10000`)
	items := []vars{
		{"menuItemId": "00000000-0000-4000-8000-000000000000", "size": "MEDIUM", "quantity": 1},
		{"menuItemId": s.menu["Cola"], "size": "LARGE", "quantity": 1},
		{"menuItemId": s.menu["Margherita"], "size": "MEDIUM", "quantity": 1},
	}
	in := vars{"items": items, "fulfillment": "DELIVERY", "couponCodes": []string{"NONSENSE"}, "tip": 90_000}
	type problem struct {
		Code, Reason string
		Names        []string
		Amount       int64
	}

	problems := ask[struct{ PreviewOrder struct{ Problems []problem } }](s.visitor(), `query($in: QuoteOrderInput!) { previewOrder(input: $in) {
		problems { code reason names amount }
	} }`, vars{"in": in}).PreviewOrder.Problems

	require.Equal(t, []problem{
		{"BAD_USER_INPUT", "NOT_ON_MENU", []string{}, 0},
		{"BAD_USER_INPUT", "NOT_IN_SIZE", []string{"Cola"}, 0},
		{"COUPON_REFUSED", "COUPON_REFUSED", []string{}, 0},
		{"BAD_USER_INPUT", "TIP_TOO_LARGE", []string{}, 0},
		{"BELOW_MINIMUM", "BELOW_MINIMUM", []string{}, 10_000},
	}, problems)
}
