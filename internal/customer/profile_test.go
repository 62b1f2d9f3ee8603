package customer_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

func TestAProfileIsKeptAsItWasWrittenAndCleaned(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	anna := w.signUpAnna()
	home := postal.Address{Street: " Hauptstr.  1 ", City: "Berlin", PostalCode: "10115", Notes: new("third\u200b floor\r\nring twice")}

	w.updateProfile(anna, customer.UpdateProfile{Name: new("Anna  Maria"), Phone: new((*string)(nil)), Addresses: &[]postal.Address{home}})

	viewer := w.profile(anna)
	require.Equal(t, "Anna Maria", viewer.Name)
	require.Nil(t, viewer.Phone)
	kept := &postal.Address{Street: "Hauptstr. 1", City: "Berlin", PostalCode: "10115", Notes: new("third floor\nring twice")}
	require.Equal(t, []*postal.Address{kept}, w.addresses(anna))
	actor, _, err := w.sessions.Authenticate(t.Context(), anna.Token)
	require.NoError(t, err)
	require.Equal(t, "Anna Maria", actor.Name, "orders are placed with it at once")

	w.updateProfile(anna, customer.UpdateProfile{Addresses: &[]postal.Address{}})
	require.Empty(t, w.addresses(anna))
	require.Equal(t, "Anna Maria", w.profile(anna).Name)
}

func TestAProfileThatStaysTheSameWritesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, customer.AttemptLimits{})
	anna := w.signUpAnna()
	home := []postal.Address{{Street: "Hauptstr. 1", City: "Berlin", PostalCode: "10115"}}
	w.updateProfile(anna, customer.UpdateProfile{Addresses: &home})
	events := w.count("public.events")

	w.updateProfile(anna, customer.UpdateProfile{})
	w.updateProfile(anna, customer.UpdateProfile{Name: new(" Anna"), Phone: new(new("+49 30 123")), Addresses: &home})

	require.Equal(t, events, w.count("public.events"))
}

func TestWhatNoProfileCanHaveIsRefused(t *testing.T) {
	t.Parallel()
	address := postal.Address{Street: "1", City: "B", PostalCode: "1"}
	many := make([]postal.Address, 21)
	for i := range many {
		many[i] = address
	}
	for path, cmd := range map[string]customer.UpdateProfile{
		"name":               {Name: new(" ")},
		"phone":              {Phone: new(new(strings.Repeat("1", 41)))},
		"addresses":          {Addresses: &many},
		"addresses.1.street": {Addresses: &[]postal.Address{address, {City: "B", PostalCode: "1"}}},
	} {
		refusal, ok := fault.As(cmd.Validate())
		require.True(t, ok, path)
		require.Equal(t, fault.BadUserInput, refusal.Code)
		require.Equal(t, path, strings.Join(refusal.Path, "."))
	}
}

func (w *world) updateProfile(of customer.Session, cmd customer.UpdateProfile) {
	w.t.Helper()
	cmd.By, cmd.Token = of.Actor, of.Token
	_, err := handle(w.t, &customer.UpdateProfileHandler{Profiles: w.store, Forget: w.sessions.Forget}, cmd)
	require.NoError(w.t, err)
}

func (w *world) profile(of customer.Session) *auth.Actor {
	w.t.Helper()
	viewer, err := (&customerview.OwnProfileHandler{Pool: w.db.Pool}).Handle(w.t.Context(), customerview.OwnProfile{ID: of.Actor.ID})
	require.NoError(w.t, err)
	return viewer
}

func (w *world) addresses(of customer.Session) []*postal.Address {
	w.t.Helper()
	all, err := (&customerview.OwnAddressesHandler{Pool: w.db.Pool}).Handle(w.t.Context(), customerview.OwnAddresses{By: of.Actor})
	require.NoError(w.t, err)
	return all
}
