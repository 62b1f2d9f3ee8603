package ordering

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWorkflowOffersExactlyTheMovesOfAnOrdersLife(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from             Status
		delivery, pickup []Status
	}{
		{Pending, []Status{Confirmed, Rejected, Cancelled}, []Status{Confirmed, Rejected, Cancelled}},
		{Confirmed, []Status{Preparing, Rejected, Cancelled}, []Status{Preparing, Rejected, Cancelled}},
		{Preparing, []Status{Ready, Cancelled}, []Status{Ready, Cancelled}},
		{Ready, []Status{OutForDelivery, Cancelled}, []Status{PickedUp, Cancelled}},
		{OutForDelivery, []Status{Delivered, Ready}, []Status{}},
		{Delivered, []Status{}, []Status{}},
		{PickedUp, []Status{}, []Status{}},
		{Cancelled, []Status{}, []Status{}},
		{Rejected, []Status{}, []Status{}},
	} {
		require.Equal(t, c.delivery, c.from.Allowed(Delivery), "%s, delivery", c.from)
		require.Equal(t, c.pickup, c.from.Allowed(Pickup), "%s, pickup", c.from)
	}
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
