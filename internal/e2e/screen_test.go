package e2e_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type screenSettings struct {
	StationIDs []string `json:"stationIds"`
	TextSize   int
	Theme      string
	Keys       []struct{ Key, Action string }
	Sounds     struct {
		Volume int
		Events []string
	}
}

// device is a Screen.
type device struct {
	ID, Name                                        string
	Location                                        struct{ ID string }
	Settings                                        screenSettings
	PairedAt                                        string
	ClaimedAt, CodeExpiresAt, LastSeenAt, RevokedAt *time.Time
	Version                                         int
}

// screenAnswer is what any of the mutations about screens answers.
type screenAnswer struct {
	Screen        *device
	Code, Token   *string
	CodeExpiresAt *time.Time
	UserErrors    []refusal
}

const deviceFields = ` {
	id name location { id } settings { stationIds textSize theme keys { key action } sounds { volume events } }
	pairedAt claimedAt codeExpiresAt lastSeenAt revokedAt version
}`

// withScreen sends one of those mutations.
func (p *person) withScreen(mutation, more string, in vars) screenAnswer {
	p.Helper()
	return ask[struct{ Done screenAnswer }](p, `mutation($in: `+strings.ToUpper(mutation[:1])+mutation[1:]+`Input!) {
		done: `+mutation+`(input: $in) { `+more+` screen `+deviceFields+` userErrors { ...refused } }
	}`+refusedFragment, vars{"in": in}).Done
}

// pair pairs a screen.
func (p *person) pair(in vars) screenAnswer {
	p.Helper()
	if in["idempotencyKey"] == nil {
		in = in.with("idempotencyKey", rand.Text())
	}
	return p.withScreen("pairScreen", "code codeExpiresAt", in)
}

func (p *person) claim(code string) screenAnswer {
	p.Helper()
	return p.withScreen("claimScreen", "token", vars{"code": code})
}

// screen pairs a screen, which a device claims that is returned.
func (p *person) screen(in vars) *person {
	p.Helper()
	paired := p.pair(in)
	require.Empty(p, paired.UserErrors)
	device := p.shop.visitor()
	claimed := device.claim(*paired.Code)
	require.Empty(p, claimed.UserErrors)
	device.token, device.id = *claimed.Token, claimed.Screen.ID
	return device
}

func (p *person) screens(v vars) (names []string) {
	p.Helper()
	for _, s := range ask[struct{ Screens []device }](p, `query($at: ID, $all: Boolean! = false) {
		screens(locationId: $at, includeRevoked: $all) `+deviceFields+` }`, v).Screens {
		names = append(names, s.Name)
	}
	return names
}

// A tablet's evening, at two servers.
func TestAScreenFromPairingToRevoking(t *testing.T) {
	s := open(t)
	second := s.serve(s.config)
	manager, customer := s.signIn("manager"), s.signIn("customer")
	paired := manager.pair(vars{"idempotencyKey": "oven", "name": "Oven 2", "textSize": 150})
	require.Empty(t, paired.UserErrors)
	repeated := manager.pair(vars{"idempotencyKey": "oven", "name": "Oven 2", "textSize": 150})
	require.Equal(t, paired.Screen.ID, repeated.Screen.ID)
	require.NotEqual(t, *paired.Code, *repeated.Code)
	tablet := s.visitor().through(second)
	require.Equal(t, "NOT_FOUND", tablet.claim(*paired.Code).UserErrors[0].Code, "another one was given in its place")

	claimed := tablet.claim(*repeated.Code)

	require.Empty(t, claimed.UserErrors)
	require.Equal(t, []any{"Oven 2", 150, s.locationID("chicago")}, []any{claimed.Screen.Name, claimed.Screen.Settings.TextSize, claimed.Screen.Location.ID})
	require.NotNil(t, claimed.Screen.ClaimedAt)
	require.Nil(t, claimed.Screen.CodeExpiresAt)
	tablet.token = *claimed.Token
	again := manager.pair(vars{"idempotencyKey": "oven", "name": "Oven 2", "textSize": 150})
	require.Nil(t, again.Code, "it has been claimed")
	require.Equal(t, "NOT_FOUND", s.visitor().claim(*repeated.Code).UserErrors[0].Code, "once")
	itself := ask[struct{ Screen, Viewer *device }](tablet, `{ screen `+deviceFields+` viewer { id } }`, nil)
	require.Equal(t, claimed.Screen.ID, itself.Screen.ID)
	require.Nil(t, itself.Viewer, "it is nobody's account")
	require.Nil(t, ask[struct{ Screen *device }](manager, `{ screen { id } }`, nil).Screen)

	start := tablet.asOf()
	socket := tablet.connect()
	kitchen := socket.kitchen(start)
	placed := customer.placed(s.margherita())
	kitchen.expect(placed.ID, 0, "PLACED", "CONFIRMED")
	tablet.moves(placed.ID, "startPreparingOrder", "markOrderReady")
	watched := kitchen.expect(placed.ID, 2, "PREPARATION_STARTED", "READY")
	require.Equal(t, actor{"COOK", "Screen Oven 2"}, watched[1].Event.Actor)
	require.Equal(t, actor{"COOK", "Screen Oven 2"}, manager.order(placed.ID).Timeline[2].Actor)
	require.Equal(t, actor{"COOK", ""}, customer.order(placed.ID).Timeline[2].Actor, "customers see the role")
	other := customer.placed(s.margherita())
	require.Equal(t, "BAD_USER_INPUT", tablet.refused(tablet.move("cancelOrder", other.ID)).Code, "staff say why")
	require.Equal(t, "CANCELLED", tablet.accepted(tablet.move("cancelOrder", other.ID, "reason", "No dough.")).Status)

	changed := tablet.withScreen("updateScreen", "", vars{"id": tablet.screenID(), "theme": "DARK", "keys": []vars{{"key": "Space", "action": "BUMP"}}})
	require.Empty(t, changed.UserErrors)
	require.Equal(t, "DARK", changed.Screen.Settings.Theme)
	require.Equal(t, "FORBIDDEN", tablet.do(`mutation($id: ID!) { updateScreen(input: {id: $id, name: "Bar"}) { screen { id } } }`, vars{"id": tablet.screenID()}).code())
	renamed := manager.withScreen("updateScreen", "", vars{"id": tablet.screenID(), "name": "Oven 3"})
	require.Equal(t, "Oven 3", renamed.Screen.Name)
	require.Equal(t, []string{"Oven 3"}, manager.screens(nil))

	events, _ := tablet.eventStream(watchKitchen, after(tablet.asOf()), "")
	open := tablet.connect().kitchen(tablet.asOf())
	id := tablet.screenID()
	revoked := manager.withScreen("revokeScreen", "", vars{"id": id})
	ended := time.Now()
	require.NotNil(t, revoked.Screen.RevokedAt)
	for _, f := range []*feed{kitchen, open} {
		require.Equal(t, "closed 4403", f.awaitEnd())
	}
	require.Contains(t, events.awaitEnd(), "FORBIDDEN")
	t.Log("its streams ended after", time.Since(ended))
	time.Sleep(time.Until(ended.Add(time.Second))) // for so long a server may go by what it knew
	for _, p := range []*person{tablet, tablet.through(s.first)} {
		require.Equal(t, "UNAUTHENTICATED", p.do(`{ orders { nodes { id } } }`, nil).code())
		require.Nil(t, ask[struct{ Screen *device }](p, `{ screen { id } }`, nil).Screen)
	}
	require.Empty(t, manager.screens(nil))
	require.Equal(t, []string{"Oven 3"}, manager.screens(vars{"all": true}))

	entity := vars{"f": vars{"entityId": id}}
	require.Equal(t, []string{
		"MANAGER Mario Manager: SCREEN REVOKED",
		"MANAGER Mario Manager: SCREEN CHANGED name: Oven 2 > Oven 3",
		`COOK Screen Oven 2: SCREEN CHANGED keys: [] > [{"key":"Space","action":"BUMP"}] theme: SYSTEM > DARK`,
		"COOK Screen Oven 2: SCREEN CLAIMED",
		`MANAGER Mario Manager: SCREEN PAIRED keys: - > [] name: - > Oven 2 sounds: - > {"events":["NEW_ORDER","ORDER_CANCELLED","CONNECTION_LOST"],"volume":60} stationIds: - > [] textSize: - > 150 theme: - > SYSTEM`,
	}, manager.audit(entity).did())
	require.Equal(t, []string{
		"COOK Screen Oven 2: SCREEN CHANGED", "COOK Screen Oven 2: ORDER CANCELLED", "COOK Screen Oven 2: ORDER READY",
		"COOK Screen Oven 2: ORDER PREPARATION_STARTED", "COOK Screen Oven 2: SCREEN CLAIMED",
	}, manager.audit(vars{"f": vars{"actorId": id}}).doneBy())
}

func (p *person) screenID() string {
	p.Helper()
	return ask[struct{ Screen device }](p, `{ screen { id } }`, nil).Screen.ID
}

// doneBy lists who did what.
func (page auditPage) doneBy() (lines []string) {
	for _, e := range page.Nodes {
		lines = append(lines, e.Actor.Role+" "+e.Actor.Name+": "+e.Entity+" "+e.Action)
	}
	return lines
}
