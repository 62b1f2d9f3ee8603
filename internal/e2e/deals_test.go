package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

type deal struct {
	ID, Name   string
	Code       *string
	Reward     struct{ Kind string }
	Conditions struct {
		Minimum int64
		EndsAt  *string
	}
}

func (p *person) deals() []deal {
	p.Helper()
	return ask[struct{ Deals []deal }](p, `{ deals { id name code reward { kind } conditions { minimum endsAt } } }`, nil).Deals
}

func TestWhatIsAdvertisedIsTheDealsOfEverybodyUntilItIsOver(t *testing.T) {
	s := open(t)
	manager, visitor := s.signIn("manager"), s.visitor()
	manager.promoted(tenPercent, "code", "SECRET")
	made := manager.promoted(vars{"kind": "FREE_DELIVERY"}, "code", "BRING", "isAdvertised", true, "conditions", vars{"minimum": 2_000, "maxUses": 1})
	manager.promoted(tenPercent, "code", "FIRST", "name", "First", "priority", 5, "isAdvertised", true, "conditions", vars{"firstOrder": true})
	manager.promoted(tenPercent, "code", "LATER", "isAdvertised", true, "conditions", vars{"startsAt": "2100-01-01T00:00:00Z"})

	shown := visitor.deals()

	require.Len(t, shown, 2, "neither what nobody is told of nor what has yet to begin")
	require.Equal(t, []string{"FIRST", "BRING"}, []string{*shown[0].Code, *shown[1].Code})
	require.Equal(t, made.ID, shown[1].ID)
	require.EqualValues(t, 2_000, shown[1].Conditions.Minimum)
	s.signIn("customer").placed(s.delivery(portion{"Margherita", "MEDIUM", 3}).with("couponCodes", []string{"BRING"}))
	require.Len(t, visitor.deals(), 1, "used up")
	update := func(in vars) {
		ask[any](manager, `mutation($in: UpdatePromotionInput!) { updatePromotion(input: $in) { userErrors { code } } }`, vars{"in": in})
	}
	update(vars{"id": shown[0].ID, "isAdvertised": false})
	require.Empty(t, visitor.deals())
	log := ask[struct {
		AuditLog struct {
			Nodes []struct {
				Changes []struct{ Field, Before, After string }
			}
		}
	}](manager, `query($id: ID!) { auditLog(filter: {entity: PROMOTION, entityId: $id}) { nodes { changes { field before after } } } }`, vars{"id": shown[0].ID}).AuditLog.Nodes
	require.Equal(t, []struct{ Field, Before, After string }{{"isAdvertised", "true", "false"}}, log[0].Changes)
}

func TestAPreviewTellsWhichDealsMoreFoodWouldBring(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	bring := manager.promoted(vars{"kind": "FREE_DELIVERY"}, "name", "We bring it", "isAdvertised", true, "conditions", vars{"minimum": 1_400})
	manager.promoted(tenPercent, "conditions", vars{"minimum": 2_000})
	type reach struct {
		ID, Name string
		Reward   struct{ Kind string }
		Lacks    struct {
			Code            string
			Amount, Missing int64
		}
	}
	preview := func(portions int) []reach {
		in := vars{}
		for _, field := range []string{"items", "fulfillment", "deliveryAddress"} {
			in[field] = s.delivery(portion{"Margherita", "MEDIUM", portions})[field]
		}
		return ask[struct{ PreviewOrder struct{ WithinReach []reach } }](s.visitor(), `query($in: QuoteOrderInput!) { previewOrder(input: $in) {
			withinReach { id name reward { kind } lacks { code amount missing } }
		} }`, vars{"in": in}).PreviewOrder.WithinReach
	}

	told := preview(1)

	require.Len(t, told, 1, "nobody is told of the other")
	require.Equal(t, bring.ID, told[0].ID)
	require.Equal(t, "BELOW_MINIMUM", told[0].Lacks.Code)
	require.Equal(t, []int64{1_400, 410}, []int64{told[0].Lacks.Amount, told[0].Lacks.Missing})
	require.Empty(t, preview(2))
}
