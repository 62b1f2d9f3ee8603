package e2e_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// member is a StaffMember.
type member struct {
	ID, Name, Email string
	Roles           []string
	SuspendedAt     *string
	InvitedUntil    *string
}

type staffAnswer struct {
	StaffMember *member
	InviteToken *string
	UserErrors  []refusal
}

const staffFields = ` { staffMember { id name email roles suspendedAt invitedUntil } inviteToken userErrors { __typename code message path } }`

func (p *person) invite(in vars) staffAnswer {
	p.Helper()
	return ask[struct{ InviteStaff staffAnswer }](p, `mutation($in: InviteStaffInput!) { inviteStaff(input: $in)`+staffFields+` }`, vars{"in": in}).InviteStaff
}

func (p *person) updateStaff(in vars) staffAnswer {
	p.Helper()
	return ask[struct{ UpdateStaff staffAnswer }](p, `mutation($in: UpdateStaffInput!) { updateStaff(input: $in)`+staffFields+` }`, vars{"in": in}).UpdateStaff
}

type sessionAnswer struct {
	Viewer     *struct{ ID string }
	Token      *string
	UserErrors []refusal
}

func (p *person) accept(token, password string) sessionAnswer {
	p.Helper()
	return ask[struct{ AcceptInvite sessionAnswer }](p, `mutation($in: AcceptInviteInput!) {
		acceptInvite(input: $in) { viewer { id } token userErrors { code path } }
	}`, vars{"in": vars{"token": token, "password": password}}).AcceptInvite
}

func (p *person) changePassword(current, next string) sessionAnswer {
	p.Helper()
	return ask[struct{ ChangePassword sessionAnswer }](p, `mutation($in: ChangePasswordInput!) {
		changePassword(input: $in) { viewer { id } token userErrors { code path } }
	}`, vars{"in": vars{"currentPassword": current, "newPassword": next}}).ChangePassword
}

func TestAnEmployeeFromInvitationToLeaving(t *testing.T) {
	s := open(t)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	first := manager.invite(vars{"name": " Nina  Neu ", "email": "nina@shop.example", "roles": []string{"COOK"}})
	require.Empty(t, first.UserErrors)
	nina := first.StaffMember
	require.Equal(t, []any{"Nina Neu", []string{"COOK"}}, []any{nina.Name, nina.Roles})
	require.NotNil(t, nina.InvitedUntil)
	require.Equal(t, "UNAUTHENTICATED", s.visitor().guess("nina@shop.example", "correct horse"), "no password yet")

	// Invited again, with another role: only the newer invitation counts.
	again := manager.invite(vars{"name": "Nina Neu", "email": "NINA@shop.example", "roles": []string{"DRIVER"}})
	require.Empty(t, again.UserErrors)
	require.Equal(t, nina.ID, again.StaffMember.ID)
	require.Equal(t, []refusal{{Code: "NOT_FOUND", Path: []string{"token"}}}, s.visitor().accept(*first.InviteToken, "correct horse").UserErrors)
	require.Equal(t, []string{"password"}, s.visitor().accept(*again.InviteToken, "Nina@shop.example").UserErrors[0].Path)
	accepted := s.visitor().accept(*again.InviteToken, "correct horse")
	require.Empty(t, accepted.UserErrors)
	require.Equal(t, nina.ID, accepted.Viewer.ID)
	require.Equal(t, "NOT_FOUND", s.visitor().accept(*again.InviteToken, "another horse").UserErrors[0].Code, "once")
	require.Equal(t, "ALREADY_EXISTS", manager.invite(vars{"name": "N", "email": "nina@shop.example", "roles": []string{"COOK"}}).UserErrors[0].Code)

	driver := s.visitor()
	driver.token, driver.id = *accepted.Token, nina.ID
	require.Equal(t, "FORBIDDEN", driver.do(`{ staff { id } }`, nil).code())
	kitchen := driver.connect().kitchen(driver.asOf())
	placed := customer.placed(s.margherita())
	kitchen.expect(placed.ID, 0, "PLACED", "CONFIRMED")
	staff := ask[struct{ Staff []member }](manager, `{ staff { id name email roles suspendedAt invitedUntil } }`, nil).Staff
	require.Len(t, staff, 4)
	require.Contains(t, staff, member{ID: nina.ID, Name: "Nina Neu", Email: "NINA@shop.example", Roles: []string{"DRIVER"}})

	gone := manager.updateStaff(vars{"id": nina.ID, "suspended": true})
	require.Empty(t, gone.UserErrors)
	require.NotNil(t, gone.StaffMember.SuspendedAt)
	require.Equal(t, "closed 4403", kitchen.awaitEnd())
	require.Eventually(t, func() bool {
		return strings.Contains(driver.do(`{ orders { asOf } }`, nil).body, `"UNAUTHENTICATED"`)
	}, soon, sometimes)
	require.Equal(t, "UNAUTHENTICATED", s.visitor().guess("nina@shop.example", "correct horse"))
	require.Nil(t, manager.updateStaff(vars{"id": nina.ID, "suspended": false}).StaffMember.SuspendedAt)
	require.Empty(t, s.visitor().guess("nina@shop.example", "correct horse"))

	require.Nil(t, manager.updateStaff(vars{"id": nina.ID, "roles": []string{"CUSTOMER"}}).StaffMember, "staff no longer")
	require.Equal(t, "NOT_FOUND", manager.updateStaff(vars{"id": uuid.NewString(), "suspended": true}).UserErrors[0].Code)
	alone := manager.updateStaff(vars{"id": manager.id, "roles": []string{"COOK"}}).UserErrors[0]
	require.Equal(t, "BAD_USER_INPUT", alone.Code)
	require.Equal(t, "MANAGER", ask[struct{ Viewer struct{ Roles []string } }](manager, `{ viewer { roles } }`, nil).Viewer.Roles[0])
}

func TestAManagerOfOneLocationInvitesAndSeesThoseWhoWorkThere(t *testing.T) {
	s := open(t)
	here, there := s.db.AddLocation(t, "USD").String(), s.db.AddLocation(t, "USD").String()
	chief := s.signIn("manager")
	hired := chief.invite(vars{"name": "Luca Local", "email": "luca@shop.example", "roles": []string{"MANAGER"}, "locationIds": []string{here}})
	elsewhere := chief.invite(vars{"name": "Ella Elsewhere", "email": "ella@shop.example", "roles": []string{"COOK"}, "locationIds": []string{there}})
	local := s.visitor()
	local.token = *s.visitor().accept(*hired.InviteToken, "correct horse").Token
	cook := vars{"name": "Carl Cook", "email": "carl@shop.example", "roles": []string{"COOK"}}

	for _, where := range []any{nil, []string{there}, []string{here, there}} {
		cook["locationIds"] = where
		require.Equal(t, []string{"locationIds"}, local.invite(cook).UserErrors[0].Path)
	}
	cook["locationIds"] = []string{here}
	carl := local.invite(cook)
	require.Empty(t, carl.UserErrors)

	for _, id := range []string{elsewhere.StaffMember.ID, chief.id} {
		require.Equal(t, "NOT_FOUND", local.updateStaff(vars{"id": id, "suspended": true}).UserErrors[0].Code)
	}
	require.Equal(t, "NOT_FOUND", local.updateStaff(vars{"id": carl.StaffMember.ID, "locationIds": nil}).UserErrors[0].Code)
	require.Empty(t, local.updateStaff(vars{"id": carl.StaffMember.ID, "suspended": true}).UserErrors)

	names := func(who *person, location any) (all []string) {
		for _, m := range ask[struct{ Staff []member }](who, `query($id: ID) { staff(locationId: $id) { name } }`, vars{"id": location}).Staff {
			all = append(all, m.Name)
		}
		return all
	}
	require.NotContains(t, names(local, nil), "Ella Elsewhere")
	require.Contains(t, names(local, nil), "Mario Manager", "who works everywhere works here, too")
	require.Contains(t, names(chief, there), "Ella Elsewhere")
	require.NotContains(t, names(chief, there), "Carl Cook")
	require.Equal(t, []string{"", "StaffMember"}, local.nodes(elsewhere.StaffMember.ID, carl.StaffMember.ID))
	unknown := chief.invite(vars{"name": "N", "email": "n@shop.example", "roles": []string{"COOK"}, "locationIds": []string{uuid.NewString()}})
	require.Equal(t, "BAD_USER_INPUT", unknown.UserErrors[0].Code)
	where := map[string][]string{}
	for _, m := range ask[struct {
		Staff []struct {
			Name      string
			Locations []struct{ ID string }
		}
	}](chief, `{ staff { name locations { id } } }`, nil).Staff {
		for _, l := range m.Locations {
			where[m.Name] = append(where[m.Name], l.ID)
		}
	}
	require.Equal(t, map[string][]string{"Luca Local": {here}, "Ella Elsewhere": {there}, "Carl Cook": {here}}, where, "null is everywhere")
}

func TestAnotherPasswordEndsTheOtherSessions(t *testing.T) {
	s := open(t)
	here, there := s.signUp("anna"), s.visitor()
	there.also = http.Header{"User-Agent": {"Phone \u202e 1.0"}}
	signedIn := ask[struct{ SignIn sessionAnswer }](there, `mutation {
		signIn(input: {email: "anna@example.org", password: "open-sesame"}) { token userErrors { code } }
	}`, nil).SignIn
	there.token = *signedIn.Token
	type session struct {
		Client, Address string
		IsCurrent       bool
	}
	sessions := func(p *person) []session {
		return ask[struct{ Viewer struct{ Sessions []session } }](p, `{ viewer { sessions { id createdAt expiresAt client address isCurrent } } }`, nil).Viewer.Sessions
	}
	require.Equal(t, []session{{"Phone 1.0", "127.0.0.1", true}, {"Go-http-client/1.1", "127.0.0.1", false}}, sessions(there))
	stream := there.connect().order(there.placed(s.margherita()).ID, "")
	stream.next()

	require.Equal(t, []refusal{{Code: "BAD_USER_INPUT", Path: []string{"currentPassword"}}}, here.changePassword("wrong sesame", "correct horse").UserErrors)
	require.Equal(t, []refusal{{Code: "BAD_USER_INPUT", Path: []string{"newPassword"}}}, here.changePassword("open-sesame", "1234567890").UserErrors)
	changed := here.changePassword("open-sesame", "correct horse")

	require.Empty(t, changed.UserErrors)
	require.Equal(t, here.token, *changed.Token, "this session goes on")
	require.Equal(t, "closed 4403", stream.awaitEnd())
	require.Eventually(t, func() bool { return len(there.do(`{ orders { asOf } }`, nil).Errors) > 0 }, soon, sometimes)
	require.Len(t, sessions(here), 1)
	require.Equal(t, "UNAUTHENTICATED", s.visitor().guess("anna@example.org", "open-sesame"))
	require.Empty(t, s.visitor().guess("anna@example.org", "correct horse"))

	require.Len(t, sessions(here), 2)
	ask[any](here, `mutation { signOutEverywhere { userErrors { code } } }`, nil)
	require.Equal(t, "UNAUTHENTICATED", here.do(`{ orders { asOf } }`, nil).code())
	var left int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.sessions AS s WHERE s.account_id = $1`, here.id).Scan(&left))
	require.Zero(t, left)
}

// sometimes is how often a test looks for what comes soon.
const sometimes = 50 * time.Millisecond
