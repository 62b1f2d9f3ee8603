package e2e_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

type node struct {
	Type string `json:"__typename"`
	ID   string
}

// nodes asks for several ids at once and for each alone, which must give the same. The type of a node that isn't shown
// is "".
func (p *person) nodes(ids ...string) (types []string) {
	p.Helper()
	all := ask[struct{ Nodes []*node }](p, `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, vars{"ids": append([]string{}, ids...)}).Nodes
	require.Len(p, all, len(ids))
	for i, found := range all {
		require.Equal(p, found, ask[struct{ Node *node }](p, `query($id: ID!) { node(id: $id) { __typename id } }`, vars{"id": ids[i]}).Node)
		if found == nil {
			found = &node{ID: ids[i]}
		}
		require.Equal(p, ids[i], found.ID)
		types = append(types, found.Type)
	}
	return types
}

func TestEveryNodeIsFoundByItsID(t *testing.T) {
	s := open(t)
	customer, stranger, manager := s.signIn("customer"), s.signUp("stranger"), s.signIn("manager")
	crusts := manager.createGroup(vars{"name": "Crusts", "options": []vars{{"name": "Thin", "prices": []vars{{"size": "SMALL", "price": 0}}}}}).OptionGroup
	of := map[string]string{
		"Order": customer.placed(s.margherita()).ID, "MenuItem": s.menu["Cola"], "Ingredient": manager.stock()["Basil (g)"].ID,
		"Location": s.locationID("chicago"), "StaffMember": manager.id, "Promotion": manager.promoted(tenPercent, "code", "TEN").ID,
		"DeliveryZone":        manager.setZones(s.locationID("chicago"), vars{"name": "The Loop", "postalCodes": []string{"60601"}, "fee": 100, "minutes": 10})[0].ID,
		"Quote":               manager.quoted(s.margherita()).ID,
		"ScheduledMenuChange": manager.schedule(time.Now().Add(time.Hour), vars{"id": s.menu["Cola"], "name": "Cola light"}).ID,
		"Station":             s.station("Oven"),
		"Screen":              manager.pair(vars{"name": "Oven"}).Screen.ID,
		"OptionGroup":         crusts.ID, "MenuOption": crusts.Options[0].ID,
	}
	of["Ticket"] = s.ticketOf(of["Order"])
	ids := []string{of["Order"], of["MenuItem"], of["Ingredient"], uuid.NewString(), "nothing", of["Location"], of["StaffMember"], of["Promotion"]}

	require.Equal(t, []string{"Order", "MenuItem", "Ingredient", "", "", "Location", "StaffMember", "Promotion"}, manager.nodes(ids...))
	require.Equal(t, []string{"Order", "MenuItem", "", "", "", "Location", "", ""}, customer.nodes(ids...), "stock, staff and promotions are the manager's")
	require.Equal(t, []string{"", "MenuItem", "", "", "", "Location", "", ""}, stranger.nodes(ids...))
	require.Equal(t, []string{"", "MenuItem", "", "", "", "Location", "", ""}, s.visitor().nodes(ids...))
	require.Empty(t, manager.nodes())

	// None that the schema calls a Node is missing here, and so none can't be found.
	possible := ask[struct {
		Type struct{ PossibleTypes []struct{ Name string } } `json:"__type"`
	}](manager, `{ __type(name: "Node") { possibleTypes { name } } }`, nil).Type.PossibleTypes
	require.Len(t, possible, len(of))
	for _, one := range possible {
		require.Equal(t, []string{one.Name}, manager.nodes(of[one.Name]))
	}
}

func TestNodesShowAllThatTheirTypesHave(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	first, second := customer.placed(s.margherita()), customer.placed(s.margherita())

	found := ask[struct{ Nodes []order }](customer, `query($ids: [ID!]!) { nodes(ids: $ids) { ...full ... on MenuItem { name } } }`+orderFragment,
		vars{"ids": []string{second.ID, s.menu["Cola"], first.ID}}).Nodes

	require.Equal(t, []order{second, {}, first}, found)
}
