package ordering

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
)

var ordered = uuid.MustParse("00000000-0000-0000-0000-0000000000a1")

// guestOf is the guest who placed an order, and linkTo somebody to whom it was shared.
func guestOf(order uuid.UUID) auth.Actor { return auth.Guest(order, GuestCustomer(order), "Gustav") }

func linkTo(order uuid.UUID) auth.Actor {
	return auth.Actor{Order: &auth.OrderGrant{ID: order, CustomerID: customer.ID, ReadOnly: true}}
}

func TestEachDoesTheirOwnWorkAndManagersAll(t *testing.T) {
	t.Parallel()
	none := []Status{}
	for _, c := range []struct {
		from                                    Status
		how                                     Fulfillment
		byCustomer, byCook, byDriver, byManager []Status
	}{
		{Pending, Delivery, []Status{Cancelled}, []Status{Confirmed, Rejected, Cancelled}, none, []Status{Confirmed, Rejected, Cancelled}},
		{Confirmed, Delivery, []Status{Cancelled}, []Status{Preparing, Rejected, Cancelled}, none, []Status{Preparing, Rejected, Cancelled}},
		{Preparing, Delivery, none, []Status{Ready, Cancelled}, none, []Status{Ready, Cancelled}},
		{Ready, Delivery, none, []Status{Cancelled}, []Status{OutForDelivery}, []Status{OutForDelivery, Cancelled}},
		{Ready, Pickup, none, []Status{PickedUp, Cancelled}, none, []Status{PickedUp, Cancelled}},
		{OutForDelivery, Delivery, none, none, []Status{Delivered, Ready}, []Status{Delivered, Ready}},
		{OutForDelivery, Pickup, none, none, none, none},
		{Delivered, Delivery, none, none, none, none},
		{PickedUp, Pickup, none, none, none, none},
		{Cancelled, Delivery, none, none, none, none},
		{Rejected, Pickup, none, none, none, none},
	} {
		for _, w := range []struct {
			by   auth.Actor
			want []Status
		}{
			{customer, c.byCustomer},
			{cook, c.byCook},
			{driver, c.byDriver},
			{manager, c.byManager},
			{stranger, none},
			{auth.Actor{}, none},
			{guestOf(ordered), c.byCustomer},
			{linkTo(ordered), none},
			{guestOf(uuid.New()), none},
		} {
			require.Equal(t, w.want, c.from.Allowed(c.how, w.by, w.by.Owns(ordered, customer.ID)), "%s, %s, %s", c.from, c.how, w.by.Name)
		}
	}
	require.Equal(t, []Status{Cancelled}, Pending.Allowed(Pickup, driver, driver.Owns(ordered, driver.ID)), "staff are customers, too")
}

func TestWorkflowIsUnambiguous(t *testing.T) {
	t.Parallel()
	type start struct {
		action Action
		from   Status
		how    Fulfillment
	}
	seen := map[start]bool{}
	for _, m := range workflow {
		for _, how := range []Fulfillment{Delivery, Pickup} {
			if m.only != "" && m.only != how {
				continue
			}
			s := start{m.action, m.from, how}
			require.False(t, seen[s], "%v stands twice in the workflow", s)
			seen[s] = true
		}
	}
}

func TestTheWorkflowIsTold(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/architecture.md")
	require.NoError(t, err)
	schema, err := os.ReadFile("../../schema/ordering.graphqls")
	require.NoError(t, err)

	var told, known []string
	for _, row := range regexp.MustCompile(`(?m)^\| ([A-Z_]+) \| ([A-Z_, ]+) \| ([A-Z_]+) \| ([A-Z_]+) \| ([A-Z]*) ?\| ([A-Z, ]+) \|$`).FindAllStringSubmatch(string(page), -1) {
		for from := range strings.SplitSeq(row[2], ", ") {
			told = append(told, fmt.Sprint(row[1], from, row[3], row[4], row[5], " by ", row[6]))
		}
	}
	staff := map[Action][]auth.Role{}
	for _, m := range workflow {
		hands := strings.ReplaceAll(strings.Trim(fmt.Sprint(m.by), "[]"), " ", ", ")
		known = append(known, fmt.Sprint(string(m.action), string(m.from), string(m.to), string(m.event), string(m.only), " by ", hands))
		staff[m.action] = append(staff[m.action], m.by...)
	}
	require.ElementsMatch(t, known, told)

	for action, field := range map[Action]string{
		Confirm: "confirmOrder", Reject: "rejectOrder", StartPreparing: "startPreparingOrder", MarkReady: "markOrderReady",
		Dispatch: "dispatchOrder", Return: "returnOrder", Complete: "completeOrder",
	} {
		asked := regexp.MustCompile(field + `\(.*@hasRole\(any: \[(.*)\]\)`).FindSubmatch(schema)
		require.NotNil(t, asked, field)
		roles := slices.Compact(slices.Sorted(slices.Values(staff[action])))
		require.Equal(t, strings.Trim(strings.ReplaceAll(fmt.Sprint(roles), " ", ", "), "[]"), string(asked[1]), field)
	}
}
