package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// Where they don't work, members of staff are customers like all others.
func TestWhoWorksElsewhereIsACustomer(t *testing.T) {
	s := open(t)
	c := openChain(s)
	manager := c.locals["manager"]
	start := ask[struct{ Orders struct{ AsOf string } }](manager, `{ orders(first: 0) { asOf } }`, nil).Orders.AsOf
	for _, source := range []string{"PHONE", "COUNTER"} {
		require.Equal(t, []string{"source"}, manager.refused(manager.place(c.odd(1).with("source", source))).Path)
	}
	own := manager.placed(c.odd(1))
	c.chief.placed(c.odd(1))
	require.Equal(t, []actor{{"CUSTOMER", ""}, {"SYSTEM", ""}}, acted(own.Timeline))
	require.Equal(t, []string{"CANCELLED"}, own.AllowedTransitions)

	for mutation, input := range map[string]vars{
		"startPreparingOrder": {}, "rejectOrder": {}, "confirmOrder": {}, "dispatchOrder": {},
		"refundOrder": {"idempotencyKey": "k", "amount": 1, "reason": "Cold."},
	} {
		input["orderId"] = own.ID
		kind := strings.ToUpper(mutation[:1]) + mutation[1:] + "Input!"
		if mutation != "refundOrder" {
			kind = "OrderActionInput!"
		}
		refused := manager.do(`mutation($in: `+kind+`) { `+mutation+`(input: $in) { userErrors { code } } }`, vars{"in": input})
		require.Contains(t, []string{"FORBIDDEN", ""}, codeOf(refused), mutation)
		require.Equal(t, 2, manager.order(own.ID).Version, mutation)
	}

	// The names of those who work there are theirs, by every path.
	c.chief.moves(own.ID, "startPreparingOrder")
	here := manager.placed(c.margherita().with("locationId", c.here))
	c.chief.moves(here.ID, "startPreparingOrder")
	for path, document := range timelines(manager.id, own.ID) {
		if path == "a page" || path == "edges" {
			continue // of the orders here
		}
		if path == "history" {
			require.Equal(t, 1, strings.Count(manager.do(document, nil).body, "Mario Manager")/2, "of the order here, as a node and as an edge")
			continue
		}
		a := manager.do(document, nil)
		require.Empty(t, a.Errors, a.body)
		require.NotContains(t, a.body, "Mario Manager", path)
		require.Contains(t, c.chief.do(document, nil).body, "Mario Manager", path)
	}
	feed := manager.connect().order(own.ID, start)
	for range 3 {
		require.NotContains(t, feed.nextRaw(), "Mario Manager")
	}
	require.Equal(t, []actor{{"CUSTOMER", ""}, {"SYSTEM", ""}, {"MANAGER", ""}}, acted(manager.order(own.ID).Timeline))
	require.Equal(t, "Mario Manager", manager.order(here.ID).Timeline[2].Actor.Name)

	require.Equal(t, []string{here.ID}, manager.orders(nil).ids(), "where they work")
	require.Equal(t, []string{here.ID, own.ID}, manager.orders(vars{"filter": vars{"customerId": manager.id}}).ids(), "their own")
	require.Equal(t, 2, manager.history(nil).TotalOrders)
	require.Equal(t, "INVALID_TRANSITION", manager.refused(manager.move("cancelOrder", own.ID)).Code, "as the kitchen has begun")
	second := manager.placed(c.odd(1).card("tok_ok"))
	cancelled := manager.accepted(manager.move("cancelOrder", second.ID))
	require.Equal(t, "CUSTOMER", cancelled.Timeline[2].Actor.Role, "and without a reason")
}

// codeOf is the code of what an operation was refused with, "" if it was in its payload.
func codeOf(a answer) string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

func TestOrdersOfSeveralLocations(t *testing.T) {
	s := open(t)
	c := openChain(s)
	third := c.chief.createLocation(tokyo().with("currency", "USD").with("slug", "third").with("idempotencyKey", "third")).Location.ID
	two := s.hire("driver@example.com", "pizzeria-demo", "DRIVER", c.here, third)
	var expected []string
	for i := range 12 {
		at := []string{c.here, c.there, third}[i%3]
		placed := c.chief.placed(c.odd(1).with("locationId", at))
		if i%2 == 0 {
			c.chief.moves(placed.ID, "startPreparingOrder")
		}
		if at != c.there {
			expected = append([]string{placed.ID}, expected...)
		}
	}

	var found []string
	cursor := any(nil)
	for range 4 {
		page := two.orders(vars{"first": 2, "after": cursor})
		found, cursor = append(found, page.ids()...), page.PageInfo.EndCursor
		require.Equal(t, len(found) < len(expected), page.PageInfo.HasNextPage)
	}
	require.Equal(t, expected, found)
	whole := ask[struct{ Orders page }](two, `{ orders { nodes { id timeline { version } } } }`, nil).Orders.ids()
	require.Equal(t, expected, whole)
	preparing := two.orders(vars{"filter": vars{"statuses": []string{"PREPARING", "DELIVERED"}}}).ids()
	confirmed := two.orders(vars{"filter": vars{"statuses": []string{"CONFIRMED"}}}).ids()
	require.ElementsMatch(t, expected, append(preparing, confirmed...))
	require.Len(t, preparing, 4)
	require.ElementsMatch(t, expected, two.orders(vars{"filter": vars{"customerId": c.chief.id}}).ids())
	require.Empty(t, two.orders(vars{"filter": vars{"statuses": []string{}}}).ids())

	const at = `query($at: ID) { orders(locationId: $at) { nodes { id } } }`
	require.Len(t, ask[struct{ Orders page }](two, at, vars{"at": third}).Orders.ids(), 4)
	for _, elsewhere := range []string{c.there, uuid.NewString()} {
		require.Equal(t, "FORBIDDEN", two.do(at, vars{"at": elsewhere}).code())
	}
	require.Equal(t, "BAD_USER_INPUT", c.chief.do(at, nil).code(), "all locations are too many to mean")
	require.Contains(t, two.connect().subscribe(`subscription { kitchenFeed { __typename } }`, nil).awaitEnd(), "BAD_USER_INPUT")
}

func TestAKitchenWatchesItsOwnLocation(t *testing.T) {
	s := open(t)
	c := openChain(s)
	cook := c.locals["cook"]
	start := cook.asOf()
	type where struct {
		Viewer struct{ Locations []struct{ ID string } }
	}
	const viewer = `{ viewer { locations { id } } }`
	require.Equal(t, c.here, ask[where](cook, viewer, nil).Viewer.Locations[0].ID)
	require.Nil(t, ask[where](c.chief, viewer, nil).Viewer.Locations, "all")
	socket := cook.connect()
	left, named := socket.kitchen(start), socket.subscribe(strings.Replace(watchKitchen, "after: $after", `locationId: "`+c.here+`", after: $after`, 1), after(start))
	require.Contains(t, socket.subscribe(`subscription { kitchenFeed(locationId: "`+c.there+`") { __typename } }`, nil).awaitEnd(), "FORBIDDEN")

	c.chief.placed(c.odd(1))
	placed := c.chief.placed(c.margherita().with("locationId", c.here))

	for _, f := range []*feed{left, named} {
		f.expect(placed.ID, 0, "PLACED", "CONFIRMED")
	}

	// Who is moved to the other location is cut off within 5 s, and watches that one then.
	_, err := s.db.Pool.Exec(t.Context(), `UPDATE public.accounts AS a SET location_ids = ARRAY[$2::uuid] WHERE a.customer_id = $1`, cook.id, c.there)
	require.NoError(t, err)
	moved := time.Now()
	require.Equal(t, "closed 4403", left.awaitEnd())
	require.Equal(t, "closed 4403", named.awaitEnd())
	time.Sleep(time.Until(moved.Add(time.Second))) // for so long a server may go by what it knew of a session
	require.Contains(t, cook.connect().subscribe(`subscription { kitchenFeed(locationId: "`+c.here+`") { __typename } }`, nil).awaitEnd(), "FORBIDDEN")
	require.Nil(t, cook.order(placed.ID))
}

// A repeated key is answered to whoever may see the order still.
func TestARepeatedKeyShowsNothingToWhoHasLeft(t *testing.T) {
	s := open(t)
	c := openChain(s)
	manager := c.locals["manager"]
	placed := c.chief.placed(c.margherita().with("locationId", c.here))
	c.chief.moves(placed.ID, "startPreparingOrder", "markOrderReady", "completeOrder")
	refund := func() answer {
		return manager.do(`mutation($id: ID!) {
			refundOrder(input: {idempotencyKey: "k", orderId: $id, amount: 1, reason: "Cold."}) { order { id } userErrors { code } }
		}`, vars{"id": placed.ID})
	}
	require.Contains(t, refund().body, placed.ID)
	require.Contains(t, refund().body, placed.ID)

	manager.token = s.hire("marta-of-here@example.org", "open-sesame", "MANAGER", c.there).token

	require.Contains(t, refund().body, "NOT_FOUND")
	require.NotContains(t, refund().body, placed.ID)
}

// Staff of some locations are told of a customer what was ordered there.
func TestAHistoryIsThatOfTheLocationsWhereOneWorks(t *testing.T) {
	s := open(t)
	c := openChain(s)
	both, other := s.signUp("bianca"), s.signUp("zita")
	both.placed(c.margherita().with("locationId", c.here))
	both.placed(c.odd(3))
	other.placed(c.odd(1))

	cook := c.locals["cook"]
	told := cook.history(both.id)

	require.Equal(t, 1, told.TotalOrders)
	require.EqualValues(t, 990+82, told.TotalSpent)
	require.Len(t, told.FavoritePizzas, 1)
	require.Len(t, told.Orders.Nodes, 1)
	require.Equal(t, 2, c.chief.history(both.id).TotalOrders)
	require.Equal(t, 2, both.history(nil).TotalOrders)
	for _, id := range []string{other.id, uuid.NewString()} {
		require.JSONEq(t, `{"orderHistory": null}`, string(cook.do(`query($id: ID) { orderHistory(customerId: $id) { totalOrders } }`, vars{"id": id}).Data))
	}
}
