package ordering

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

var here, elsewhere = uuid.UUID{1}, uuid.UUID{2}

// at returns an actor whose roles are held at one location only.
func at(location uuid.UUID, by auth.Actor) auth.Actor {
	by.LocationIDs = []uuid.UUID{location}
	return by
}

// somewhere returns an order that was placed here and moved at random.
func somewhere(t *rapid.T) *Order {
	o := placed(rapid.SampledFrom([]Fulfillment{Delivery, Pickup}).Draw(t, "how"), payment.Cash)
	o.state.LocationID = here
	for _, action := range rapid.SliceOfN(rapid.SampledFrom([]Action{StartPreparing, MarkReady, Dispatch, Complete, Cancel}), 0, 4).Draw(t, "moves") {
		_ = o.Do(action, at(here, manager), new("Because."), nil, noon)
	}
	return o
}

func anyAction() *rapid.Generator[Action] {
	return rapid.SampledFrom([]Action{Confirm, Reject, StartPreparing, MarkReady, Dispatch, Return, Complete, Cancel})
}

func TestToStaffOfAnotherLocationAnOrderLooksLikeNone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := somewhere(t)
		before, happened := o.State(), len(o.Events())
		by := at(elsewhere, rapid.SampledFrom([]auth.Actor{cook, driver, manager}).Draw(t, "by"))

		require.Equal(t, NotFound(), o.Do(anyAction().Draw(t, "action"), by, new("Because."), new(99), noon))
		require.Equal(t, NotFound(), o.pay(uuid.New(), by, "tok_ok", noon))
		_, refunded := o.refund(RefundOrder{RefundID: uuid.New(), By: by, Reason: "Cold.", Amount: new(int64(1))}, noon)
		require.Equal(t, NotFound(), refunded)
		require.Equal(t, before, o.State())
		require.Len(t, o.Events(), happened)
		require.Empty(t, before.Status.Allowed(before.Fulfillment, by.At(here), by.Owns(before.ID, before.Customer.ID)))
	})
}

func TestToWhoWorksElsewhereTheirOwnOrderIsACustomers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := somewhere(t)
		another := *o
		another.events = slices.Clone(o.events)
		works := customer
		works.Roles = []auth.Role{auth.RoleCustomer, auth.RoleCook, auth.RoleManager}
		by, action := at(elsewhere, works), anyAction().Draw(t, "action")
		_, refunded := o.refund(RefundOrder{RefundID: uuid.New(), By: by, Reason: "Cold.", Amount: new(int64(1))}, noon)

		done := o.Do(action, by, nil, nil, noon)

		require.True(t, fault.Is(refunded, fault.Forbidden), "%v", refunded)
		require.Equal(t, another.Do(action, customer, nil, nil, noon), done)
		require.Equal(t, another.State(), o.State())
		require.Equal(t, another.Events(), o.Events(), "as a customer they did it")
	})
}

func TestOnlyTheLocationsStaffTakeOrdersByPhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		by   auth.Actor
		free bool
	}{{at(here, cook), true}, {at(elsewhere, cook), false}, {cook, true}, {customer, false}} {
		cmd := PlaceOrder{By: c.by.At(here), Details: Details{Source: Phone}}
		require.Equal(t, c.free, cmd.checkSource() == nil)
	}
}
