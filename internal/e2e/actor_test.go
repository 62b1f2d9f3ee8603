package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const timeline = `{ id version timeline { version by: actor { name role } } }`

// timelines are all the ways by which a customer can come by an order's events, with and without aliases and fragments.
func timelines(customer, id string) map[string]string {
	return map[string]string{
		"order":        fmt.Sprintf(`{ order(id: "%s") %s }`, id, timeline),
		"a page":       `{ orders { nodes ` + timeline + ` } }`,
		"edges":        `{ orders(first: 1) { edges { cursor node ` + timeline + ` } } }`,
		"history":      `{ orderHistory(customerId: "` + customer + `") { orders { nodes ` + timeline + ` edges { node { timeline { actor { ...who } } } } } } } fragment who on Actor { name }`,
		"node":         fmt.Sprintf(`{ node(id: "%s") { ... on Order %s } }`, id, timeline),
		"only a name":  fmt.Sprintf(`{ order(id: "%s") { timeline { actor { n: name name } } } }`, id),
		"conditionals": fmt.Sprintf(`query($yes: Boolean! = true) { order(id: "%s") { timeline { actor { name @include(if: $yes) } } } }`, id),
	}
}

func TestOnlyStaffSeeWhoActed(t *testing.T) {
	s := open(t)
	customer, cook, manager := s.signIn("customer"), s.signIn("cook"), s.signIn("manager")
	start, key := customer.asOf(), s.margherita()
	placed := customer.placed(key)
	require.Equal(t, []actor{{"CUSTOMER", ""}, {"SYSTEM", ""}}, acted(placed.Timeline))
	started := cook.moves(placed.ID, "startPreparingOrder")
	require.Equal(t, []actor{{"CUSTOMER", "Carla Customer"}, {"SYSTEM", ""}, {"COOK", "Coco Cook"}}, acted(started.Timeline))
	s.run(`UPDATE public.customers SET name = 'Another Name' WHERE id = '` + cook.id + `'`)
	manager.accepted(manager.move("cancelOrder", placed.ID, "reason", "The oven is out"))
	everybody := []actor{{"CUSTOMER", "Carla Customer"}, {"SYSTEM", ""}, {"COOK", "Coco Cook"}, {"MANAGER", "Mario Manager"}}

	// Staff see the name that each had then.
	require.Equal(t, everybody, acted(manager.order(placed.ID).Timeline))
	kitchen := manager.connect().kitchen(start).expect(placed.ID, 0, "PLACED", "CONFIRMED", "PREPARATION_STARTED", "CANCELLED")
	for i, c := range kitchen {
		require.Equal(t, everybody[i], c.Event.Actor)
		require.Equal(t, everybody[:i+1], acted(c.Order.Timeline))
	}
	for path, document := range timelines(customer.id, placed.ID) {
		require.Contains(t, manager.do(document, nil).body, `"Coco Cook"`, path)
	}

	// The customer sees roles and no names, by every path.
	var answers []string
	for path, document := range timelines(customer.id, placed.ID) {
		a := customer.do(document, nil)
		require.Contains(t, a.body, `"name":null`, path)
		require.Empty(t, a.Errors, a.body)
		answers = append(answers, a.body)
	}
	again := customer.place(key)
	nameless := []actor{{"CUSTOMER", ""}, {"SYSTEM", ""}, {"COOK", ""}, {"MANAGER", ""}}
	require.Equal(t, nameless, acted(customer.accepted(again).Timeline), "the answer to a repeated key")
	socket := customer.connect()
	for _, mode := range []string{"EVERY", "LATEST"} {
		watch := strings.Replace(watchOrder, "after: $after)", "after: $after, mode: "+mode+")", 1)
		events, _ := customer.eventStream(watch, vars{"id": placed.ID, "after": start}, "")
		for _, f := range []*feed{socket.subscribe(watch, vars{"id": placed.ID, "after": start}), events} {
			for sent := ""; !strings.Contains(sent, `"event":{"version":4,`); {
				sent = f.nextRaw()
				require.Contains(t, sent, `"name":null`)
				answers = append(answers, sent)
			}
		}
		events.cancel()
	}
	for _, body := range answers {
		for _, name := range []string{"Coco Cook", "Mario Manager", "Another Name"} {
			require.NotContains(t, body, name)
		}
	}
	require.Equal(t, []actor{{"CUSTOMER", ""}, {"SYSTEM", ""}, {"COOK", ""}, {"MANAGER", ""}}, acted(customer.order(placed.ID).Timeline))
}

// forCustomers is what staff see of an order, without the names of those who acted.
func (o order) forCustomers() order {
	o.Timeline = slices.Clone(o.Timeline)
	for i := range o.Timeline {
		o.Timeline[i].Actor.Name = ""
	}
	return o
}

func acted(timeline []event) (all []actor) {
	for _, e := range timeline {
		all = append(all, e.Actor)
	}
	return all
}
