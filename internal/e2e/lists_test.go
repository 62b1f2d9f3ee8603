package e2e_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// placeMany returns the ids of n orders, newest first.
func (p *person) placeMany(n int) []string {
	p.Helper()
	ids := make([]string, n)
	for i := range ids {
		ids[n-1-i] = p.placed(p.shop.margherita()).ID
	}
	return ids
}

func TestOrdersArePagedNewestFirstWhileOthersArrive(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	ids := customer.placeMany(5)

	first := customer.orders(vars{"first": 2})
	require.Equal(t, ids[:2], first.ids())
	require.True(t, first.PageInfo.HasNextPage)
	require.False(t, first.PageInfo.HasPreviousPage)
	require.Equal(t, first.Edges[0].Cursor, *first.PageInfo.StartCursor)
	require.Equal(t, first.Edges[1].Cursor, *first.PageInfo.EndCursor)
	customer.placeMany(2)
	customer.moves(ids[2], "cancelOrder")

	second := customer.orders(vars{"first": 2, "after": first.PageInfo.EndCursor})
	require.Equal(t, ids[2:4], second.ids())
	require.Equal(t, "CANCELLED", second.Nodes[0].Status)
	require.True(t, second.PageInfo.HasPreviousPage)
	third := customer.orders(vars{"first": 2, "after": second.PageInfo.EndCursor})
	require.Equal(t, ids[4:], third.ids())
	require.False(t, third.PageInfo.HasNextPage)
	past := customer.orders(vars{"first": 2, "after": third.PageInfo.EndCursor})
	require.Empty(t, past.Nodes)
	require.Nil(t, past.PageInfo.EndCursor)

	listed := customer.orders(vars{"first": 1}).Nodes[0]
	full := customer.order(listed.ID)
	require.Equal(t, order{
		ID: full.ID, Number: full.Number, Version: full.Version, Status: full.Status, Fulfillment: full.Fulfillment,
		Customer: full.Customer, ItemsCount: 1, Currency: "USD", Totals: totals{Total: full.Totals.Total}, AllowedTransitions: full.AllowedTransitions,
		PlacedAt: full.PlacedAt, EstimatedDeliveryAt: full.EstimatedDeliveryAt,
	}, listed)
}

func TestAPageIsWhereTheFeedGoesOn(t *testing.T) {
	s := open(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	placed := customer.placed(s.margherita())
	page := cook.orders(nil)
	require.Equal(t, 2, page.Nodes[0].Version)
	cook.moves(placed.ID, "startPreparingOrder")

	kitchen := cook.connect().kitchen(page.AsOf)

	kitchen.expect(placed.ID, 2, "PREPARATION_STARTED")
	kitchen.expectNothing()
}

func TestPageSizesAndCursorsAreChecked(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	customer.placeMany(1)

	empty := customer.orders(vars{"first": 0})
	require.Empty(t, empty.Nodes)
	require.True(t, empty.PageInfo.HasNextPage)
	require.NotEmpty(t, empty.AsOf)
	require.Len(t, customer.orders(vars{"first": 100}).Nodes, 1)
	for _, first := range []int{-1, 101, 1_000_000} {
		require.Equal(t, "BAD_USER_INPUT", customer.do(listOrders, vars{"first": first}).code(), first)
	}
	for name, cursor := range map[string]string{
		"text": "garbage", "short": "AAAA", "an id": customer.id, "zero": "\x00", "long": strings.Repeat("A", 33),
		"before all time": base64.RawURLEncoding.EncodeToString(append([]byte{0x80}, make([]byte, 23)...)),
		"after all time":  base64.RawURLEncoding.EncodeToString(append([]byte{0x7f}, slices.Repeat([]byte{0xff}, 23)...)),
	} {
		require.Equal(t, "BAD_USER_INPUT", customer.do(listOrders, vars{"after": cursor}).code(), name)
	}
	for name, cursor := range map[string]string{"text": "garbage", "zero": "\x00", "a page's": *customer.orders(nil).PageInfo.EndCursor} {
		require.Contains(t, customer.connect().order(customer.orders(nil).Nodes[0].ID, cursor).awaitEnd(), "BAD_USER_INPUT", name)
	}
}

func TestOrdersAreFiltered(t *testing.T) {
	s := open(t)
	carla, nora, manager := s.signIn("customer"), s.signUp("nora"), s.signIn("manager")
	hers, mine := nora.placed(s.margherita()), carla.placed(s.margherita())
	cancelled := carla.moves(carla.placed(s.margherita()).ID, "cancelOrder")
	list := func(p *person, filter vars) []string { return p.orders(vars{"filter": filter}).ids() }

	require.Equal(t, []string{cancelled.ID, mine.ID, hers.ID}, list(manager, nil))
	require.Equal(t, []string{cancelled.ID, mine.ID}, list(manager, vars{"customerId": carla.id}))
	require.Equal(t, []string{cancelled.ID, mine.ID}, list(carla, nil))
	require.Equal(t, []string{cancelled.ID, mine.ID}, list(carla, vars{"customerId": carla.id}))
	require.Empty(t, list(carla, vars{"customerId": nora.id}), "as if there were none")
	require.Empty(t, list(manager, vars{"customerId": "nobody"}))

	require.Equal(t, []string{mine.ID, hers.ID}, list(manager, vars{"statuses": []string{"CONFIRMED", "READY", "CONFIRMED"}}))
	require.Equal(t, []string{cancelled.ID}, list(carla, vars{"statuses": []string{"CANCELLED"}}))
	require.Empty(t, list(manager, vars{"statuses": []string{}}))
	both := manager.orders(vars{"first": 1, "filter": vars{"statuses": []string{"CONFIRMED", "CANCELLED"}}})
	require.Equal(t, []string{cancelled.ID}, both.ids())
	require.Equal(t, []string{mine.ID, hers.ID}, manager.orders(vars{
		"after": both.PageInfo.EndCursor, "filter": vars{"statuses": []string{"CANCELLED", "CONFIRMED"}},
	}).ids())

	require.Equal(t, []string{cancelled.ID, mine.ID}, list(manager, vars{"placedAfter": mine.PlacedAt}))
	require.Equal(t, []string{hers.ID}, list(manager, vars{"placedBefore": mine.PlacedAt}))
	require.Equal(t, []string{mine.ID}, list(manager, vars{"placedAfter": mine.PlacedAt, "placedBefore": cancelled.PlacedAt}))
	require.Empty(t, list(manager, vars{"placedBefore": "0001-01-01T00:00:00Z"}))
	require.Empty(t, list(manager, vars{"placedAfter": time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)}))
}

func TestHistoryIsPagedToo(t *testing.T) {
	s := open(t)
	customer, manager := s.signIn("customer"), s.signIn("manager")
	ids := customer.placeMany(3)
	dear := customer.placed(s.pickup(portion{"Prawn Evening", "LARGE", 2}, portion{"Cola", "ONE_SIZE", 9}))

	history := customer.history(nil)
	require.Equal(t, customer.id, history.CustomerID)
	require.Equal(t, 4, history.TotalOrders)
	require.Equal(t, 3*1072+dear.Totals.Total, history.TotalSpent)
	require.Equal(t, []favorite{
		{s.menu["Margherita"], "Margherita", 3}, {s.menu["Prawn Evening"], "Prawn Evening", 2},
	}, history.FavoritePizzas)
	require.Equal(t, []string{dear.ID, ids[0]}, history.Orders.ids())
	require.True(t, history.Orders.PageInfo.HasNextPage)
	require.Equal(t, history.TotalSpent, manager.history(customer.id).TotalSpent)
	require.Zero(t, manager.history(nil).TotalOrders, "the manager's own")
	next := ask[struct{ OrderHistory struct{ Orders page } }](customer, `query($after: String) {
		orderHistory { orders(first: 5, after: $after) { ...page } }
	}`+pageFragment, vars{"after": history.Orders.PageInfo.EndCursor})
	require.Equal(t, ids[1:], next.OrderHistory.Orders.ids())
}
