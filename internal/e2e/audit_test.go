package e2e_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

type auditEntry struct {
	ID, At, Action, Entity string
	EntityID               string
	Actor                  actor
	ActorID, Reason        *string
	Location               *struct{ ID string }
	Changes                []struct {
		Field         string
		Before, After *string
	}
}

type auditPage struct {
	Nodes    []auditEntry
	PageInfo struct {
		HasNextPage bool
		EndCursor   *string
	}
}

func (p *person) audit(v vars) auditPage {
	p.Helper()
	return ask[struct{ AuditLog auditPage }](p, `query($f: AuditFilter, $first: Int! = 50, $after: String) {
		auditLog(filter: $f, first: $first, after: $after) {
			nodes {
				id at action entity entityId actor { role name } actorId reason location { id } changes { field before after }
			}
			pageInfo { hasNextPage endCursor }
		}
	}`, v).AuditLog
}

// did lists who did what, and what became of it, newest first.
func (page auditPage) did() (lines []string) {
	show := func(value *string) string {
		if value == nil {
			return "-"
		}
		return *value
	}
	for _, e := range page.Nodes {
		line := fmt.Sprintf("%s %s: %s %s", e.Actor.Role, e.Actor.Name, e.Entity, e.Action)
		for _, c := range e.Changes {
			line += fmt.Sprintf(" %s: %s > %s", c.Field, show(c.Before), show(c.After))
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTheAuditTellsWhoDidWhatAndWhatItWasBefore(t *testing.T) {
	s := open(t)
	manager, cook, customer := s.signIn("manager"), s.signIn("cook"), s.signIn("customer")
	id := s.menu["Margherita"]
	ask[any](manager, `mutation($id: ID!) { updateMenuItem(input: {id: $id, preparationMinutes: 7}) { userErrors { code } } }`, vars{"id": id})
	ask[any](manager, `mutation($id: ID!) { updateMenuItem(input: {id: $id, preparationMinutes: 7}) { userErrors { code } } }`, vars{"id": id})
	where := ask[struct{ Locations []struct{ ID string } }](manager, `{ locations { id } }`, nil).Locations[0].ID
	ask[any](manager, `mutation($id: ID!) { updateLocation(input: {id: $id, deliveryFee: 499, dayEndsAt: "05:30"}) { userErrors { code } } }`, vars{"id": where})
	eaten := customer.placed(s.margherita())
	manager.moves(eaten.ID, "startPreparingOrder")
	cook.accepted(cook.move("cancelOrder", eaten.ID, "reason", "no dough"))
	hired := manager.invite(vars{"name": "Nina Neu", "email": "nina@shop.example", "roles": []string{"COOK"}, "locationIds": []string{where}})
	manager.updateStaff(vars{"id": hired.StaffMember.ID, "roles": []string{"COOK", "DRIVER"}})
	cook.updateProfile(vars{"phone": "+1 555 0199"})

	page := manager.audit(nil)

	require.Equal(t, []string{
		"COOK Coco Cook: ACCOUNT PROFILE_CHANGED phone: - > -",
		`MANAGER Mario Manager: ACCOUNT RIGHTS_CHANGED roles: ["COOK"] > ["COOK","DRIVER"]`,
		fmt.Sprintf(`MANAGER Mario Manager: ACCOUNT INVITED locationIds: - > [%q] roles: - > ["COOK"] suspended: - > false`, where),
		"COOK Coco Cook: ORDER CANCELLED status: PREPARING > CANCELLED",
		"MANAGER Mario Manager: ORDER PREPARATION_STARTED status: CONFIRMED > PREPARING",
		"MANAGER Mario Manager: LOCATION CHANGED dayEndsAt: 04:00 > 05:30 deliveryFee: 350 > 499",
		"MANAGER Mario Manager: MENU_ITEM CHANGED preparationMinutes: 12 > 7",
	}, page.did()[:7])
	require.Equal(t, "no dough", *page.Nodes[3].Reason)
	require.Equal(t, where, page.Nodes[3].Location.ID)
	require.Equal(t, where, page.Nodes[2].Location.ID, "an account that works at one place")
	require.Nil(t, page.Nodes[6].Location, "the menu is everywhere")

	first := manager.audit(vars{"first": 2})
	require.True(t, first.PageInfo.HasNextPage)
	require.Equal(t, page.Nodes[2:4], manager.audit(vars{"first": 2, "after": first.PageInfo.EndCursor}).Nodes)
	require.Equal(t, page.Nodes[3:5], manager.audit(vars{"f": vars{"entity": "ORDER"}}).Nodes)
	require.Equal(t, page.Nodes[4].ID, manager.audit(vars{"f": vars{"entityId": eaten.ID}, "first": 100}).Nodes[1].ID)
	require.Equal(t, []auditEntry{page.Nodes[0], page.Nodes[3]}, manager.audit(vars{"f": vars{"actorId": cook.id}}).Nodes)
	require.Equal(t, page.Nodes[:1], manager.audit(vars{"f": vars{"from": page.Nodes[0].At}}).Nodes)
	require.Empty(t, manager.audit(vars{"f": vars{"to": "2001-01-01T00:00:00Z"}}).Nodes)
	require.Empty(t, manager.audit(vars{"f": vars{"locationId": uuid.NewString()}}).Nodes)
}

func TestWhoSeesTheAudit(t *testing.T) {
	s := open(t)
	here, there := s.db.AddLocation(t, "USD").String(), s.db.AddLocation(t, "USD").String()
	chief := s.signIn("manager")
	hired := chief.invite(vars{"name": "Luca Local", "email": "luca@shop.example", "roles": []string{"MANAGER"}, "locationIds": []string{here}})
	chief.invite(vars{"name": "Ella Elsewhere", "email": "ella@shop.example", "roles": []string{"COOK"}, "locationIds": []string{there}})
	local := s.visitor()
	local.token = *s.visitor().accept(*hired.InviteToken, "correct horse").Token

	seen := local.audit(nil)

	require.Equal(t, []string{"INVITE_ACCEPTED", "INVITED"}, []string{seen.Nodes[0].Action, seen.Nodes[1].Action})
	require.Len(t, seen.Nodes, 2, "nothing of another place, nor of all of them")
	require.Empty(t, local.audit(vars{"f": vars{"locationId": there}}).Nodes)
	require.NotEmpty(t, chief.audit(vars{"f": vars{"locationId": there}}).Nodes)
	for _, role := range []string{"customer", "cook", "driver"} {
		require.Equal(t, "FORBIDDEN", s.signIn(role).do(`{ auditLog { nodes { id } } }`, nil).code(), role)
	}
	require.Equal(t, "UNAUTHENTICATED", s.visitor().do(`{ auditLog { nodes { id } } }`, nil).code())
	require.Equal(t, "BAD_USER_INPUT", chief.do(`{ auditLog(after: "x") { nodes { id } } }`, nil).code())
}

func TestARefundIsInTheAudit(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	eaten := s.handedOver(s.signIn("customer"), "tok_ok")
	require.Empty(t, manager.refund(eaten.ID, "amount", 250).UserErrors)

	told := manager.audit(vars{"f": vars{"entityId": eaten.ID}, "first": 1})

	require.Equal(t, []string{"MANAGER Mario Manager: ORDER REFUNDED amount: - > 250 deliveryFee: - > 0 tip: - > 0"}, told.did())
	require.Equal(t, "It was cold.", *told.Nodes[0].Reason)
}
