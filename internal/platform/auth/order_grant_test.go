package auth_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestATokenOfAnOrderIsForItsOrderAndNoAccount(t *testing.T) {
	t.Parallel()
	order, customer, another := uuid.New(), uuid.New(), uuid.New()
	guest := auth.Guest(order, customer, "Gustav")
	link := auth.Actor{Order: &auth.OrderGrant{ID: order, CustomerID: customer, ReadOnly: true}}

	for _, by := range []auth.Actor{guest, link} {
		require.True(t, by.MaySeeOrder(order, customer))
		require.False(t, by.MaySeeOrder(another, customer), "not even one of the same customer")
		require.False(t, by.MaySee(customer))
		require.True(t, by.Known())
		require.False(t, by.SignedIn())
		require.False(t, by.At(uuid.New()).Staff())
		require.True(t, fault.Is(by.Require(), fault.Unauthenticated))
	}
	require.True(t, guest.Owns(order, customer))
	require.False(t, guest.Owns(another, customer))
	require.False(t, link.Owns(order, customer))
	require.True(t, link.OnlyWatches())
	require.False(t, guest.OnlyWatches())
	require.Equal(t, customer, guest.CustomerID())
	require.Equal(t, uuid.Nil, link.CustomerID())
	require.Equal(t, auth.Author{Role: auth.ActorGuest, ID: &customer, Name: new("Gustav")}, guest.Author())
	require.False(t, guest.SameRights(link))
	require.False(t, guest.SameRights(auth.Actor{}))
	require.True(t, guest.SameRights(auth.Guest(order, customer, "Gustav")))
	require.False(t, auth.Actor{}.Owns(order, uuid.Nil), "a visitor owns nothing")
}
