package e2e_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

type place struct {
	ID, Name, Slug, TimeZone, DayEndsAt, Currency string
	Phone                                         *string
	PricesIncludeTax                              bool
	DeliveryFee, Version                          int
	Address                                       struct{ Street, City, PostalCode string }
	TaxRates                                      []struct {
		Category        string
		RateBasisPoints int
	}
}

type placeOutcome struct {
	Location   *place
	UserErrors []refusal
}

const placeFields = `{ location {
	id name slug phone timeZone dayEndsAt currency pricesIncludeTax deliveryFee version
	address { street city postalCode } taxRates { category rateBasisPoints }
} userErrors { ...refused } } }` + refusedFragment

func (p *person) createLocation(v vars) placeOutcome {
	p.Helper()
	return ask[struct{ Done placeOutcome }](p, `mutation($in: CreateLocationInput!) { done: createLocation(input: $in) `+placeFields, vars{"in": v}).Done
}

func (p *person) updateLocation(v vars) placeOutcome {
	p.Helper()
	return ask[struct{ Done placeOutcome }](p, `mutation($in: UpdateLocationInput!) { done: updateLocation(input: $in) `+placeFields, vars{"in": v}).Done
}

// tokyo is a location in another zone and currency, whose prices include the tax.
func tokyo() vars {
	return vars{
		"idempotencyKey": "tokyo", "name": " Mario's, Tokyo ", "slug": "tokyo", "timeZone": "Asia/Tokyo", "dayEndsAt": "05:00", "currency": "JPY",
		"address":          vars{"street": "1-1 Ginza", "city": "Tokyo", "postalCode": "104-0061"},
		"pricesIncludeTax": true, "deliveryFee": 500, "taxRates": []vars{{"category": "FOOD", "rateBasisPoints": 800}, {"category": "DRINK", "rateBasisPoints": 800}},
	}
}

func (v vars) with(field string, value any) vars {
	changed := maps.Clone(v)
	changed[field] = value
	return changed
}

// locationID is the id of the location with the slug.
func (s *shop) locationID(slug string) string {
	s.Helper()
	return ask[struct{ Location place }](s.visitor(), `query($slug: String) { location(slug: $slug) { id } }`, vars{"slug": slug}).Location.ID
}

// fillStock gives a location more of everything than any test takes.
func (s *shop) fillStock(location string) {
	s.Helper()
	s.run(`
		INSERT INTO public.stock_movements (ingredient_id, location_id, kind, on_hand, reserved, at)
		SELECT c.ingredient_id, $1, 'COUNTED', c.on_hand, 0, now()
		FROM public.change_stock((
			SELECT json_agg(json_build_object('ingredient_id', g.id, 'location_id', $1::uuid, 'on_hand', 1000000, 'reserved', 0))
			FROM public.ingredients AS g
		)) AS c`, location)
}

func TestALocationOpens(t *testing.T) {
	s := open(t)
	manager, visitor := s.signIn("manager"), s.visitor()

	opened := manager.createLocation(tokyo())

	require.Empty(t, opened.UserErrors)
	l := opened.Location
	require.Equal(t, "Mario's, Tokyo tokyo Asia/Tokyo 05:00 JPY", l.Name+" "+l.Slug+" "+l.TimeZone+" "+l.DayEndsAt+" "+l.Currency)
	require.True(t, l.PricesIncludeTax)
	require.Len(t, l.TaxRates, 2)
	require.Equal(t, l.ID, manager.createLocation(tokyo()).Location.ID, "a repeated key is answered with the first answer")
	require.Equal(t, "IDEMPOTENCY_CONFLICT", manager.createLocation(tokyo().with("slug", "other")).UserErrors[0].Code)
	require.Equal(t, "ALREADY_EXISTS", manager.createLocation(tokyo().with("idempotencyKey", "again")).UserErrors[0].Code)

	all := ask[struct{ Locations []place }](visitor, `{ locations { name slug } }`, nil).Locations
	require.Equal(t, []place{{Name: "Mario's, Chicago", Slug: "chicago"}, {Name: "Mario's, Tokyo", Slug: "tokyo"}}, all)
	found := ask[struct{ BySlug, ByID, Only, None *place }](visitor, `query($id: ID!) {
		bySlug: location(slug: "tokyo") { id } byID: location(id: $id) { id } only: location { id } none: location(slug: "rome") { id }
	}`, vars{"id": l.ID})
	require.Equal(t, l.ID, found.BySlug.ID)
	require.Equal(t, l.ID, found.ByID.ID)
	require.Nil(t, found.Only, "there are two")
	require.Nil(t, found.None)
}

func TestWhatNoLocationCanBe(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	for name, c := range map[string]struct {
		in   vars
		path []string
	}{
		"a blank name":              {tokyo().with("name", " "), []string{"name"}},
		"a slug in capitals":        {tokyo().with("slug", "Tokyo"), []string{"slug"}},
		"no time zone":              {tokyo().with("timeZone", "Asia/Edo"), []string{"timeZone"}},
		"the machine's time zone":   {tokyo().with("timeZone", "Local"), []string{"timeZone"}},
		"a day that ends at noon":   {tokyo().with("dayEndsAt", "12:00"), []string{"dayEndsAt"}},
		"a currency of before":      {tokyo().with("currency", "ITL"), []string{"currency"}},
		"no currency":               {tokyo().with("currency", "XXX"), []string{"currency"}},
		"two rates for one":         {tokyo().with("taxRates", []vars{{"category": "FOOD", "rateBasisPoints": 1}, {"category": "FOOD", "rateBasisPoints": 2}}), []string{"taxRates", "1", "category"}},
		"more tax than the price":   {tokyo().with("taxRates", []vars{{"category": "FOOD", "rateBasisPoints": 10_001}}), []string{"taxRates", "0", "rateBasisPoints"}},
		"a fee below zero":          {tokyo().with("deliveryFee", -1), []string{"deliveryFee"}},
		"a minimum below zero":      {tokyo().with("minimumOrder", -1), []string{"minimumOrder"}},
		"a fee that can't be paid":  {tokyo().with("currency", "KWD").with("deliveryFee", 505), []string{"deliveryFee"}},
		"a limit of no order":       {tokyo().with("orderLimits", vars{"openOrders": 0}), []string{"orderLimits", "openOrders"}},
		"an address without a city": {tokyo().with("address", vars{"street": "1", "city": " ", "postalCode": "1"}), []string{"address", "city"}},
	} {
		refused := manager.createLocation(c.in)
		require.Len(t, refused.UserErrors, 1, name)
		require.Equal(t, "BAD_USER_INPUT", refused.UserErrors[0].Code, name)
		require.Equal(t, c.path, refused.UserErrors[0].Path, name)
	}
	require.Equal(t, "FORBIDDEN", s.signIn("cook").do(`mutation($in: CreateLocationInput!) { createLocation(input: $in) { location { id } } }`, vars{"in": tokyo()}).code())
}

func TestALocationChanges(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	l := manager.createLocation(tokyo()).Location

	same := manager.updateLocation(vars{"id": l.ID, "name": "Mario's, Tokyo"})
	moved := manager.updateLocation(vars{"id": l.ID, "expectedVersion": 1, "phone": "+81 3 5550 0100", "currency": "EUR", "taxRates": []vars{}})
	stale := manager.updateLocation(vars{"id": l.ID, "expectedVersion": 1, "name": "Late"})

	require.Equal(t, 1, same.Location.Version, "nothing has changed")
	require.Equal(t, 2, moved.Location.Version)
	require.Equal(t, "EUR", moved.Location.Currency)
	require.Empty(t, moved.Location.TaxRates)
	require.Equal(t, "VERSION_CONFLICT", stale.UserErrors[0].Code)
	require.Equal(t, 2, stale.UserErrors[0].CurrentVersion)
	require.Equal(t, "ALREADY_EXISTS", manager.updateLocation(vars{"id": l.ID, "slug": "chicago"}).UserErrors[0].Code)
	manager.updateLocation(vars{"id": l.ID, "deliveryFee": 505})
	unpayable := manager.updateLocation(vars{"id": l.ID, "currency": "KWD"})
	require.Equal(t, []string{"deliveryFee"}, unpayable.UserErrors[0].Path, "the fee isn't one in dinars")
	require.Equal(t, "NOT_FOUND", manager.updateLocation(vars{"id": s.menu["Margherita"], "name": "None"}).UserErrors[0].Code)
}

func TestAnOrderIsPlacedAtALocation(t *testing.T) {
	s := open(t)
	manager, customer, cook := s.signIn("manager"), s.signIn("customer"), s.signIn("cook")
	before := customer.placed(s.margherita())
	there := manager.createLocation(tokyo()).Location
	chicago := s.locationID("chicago")
	s.fillStock(there.ID)

	unnamed := customer.refused(customer.place(s.margherita().with("idempotencyKey", "unnamed")))
	order := customer.placed(s.margherita().with("locationId", there.ID).with("idempotencyKey", "tokyo"))

	require.Equal(t, "BAD_USER_INPUT", unnamed.Code)
	require.Equal(t, []string{"locationId"}, unnamed.Path)
	told := ask[struct {
		Order struct {
			Currency string
			Location place
			Totals   struct {
				Subtotal, DeliveryFee, Tax, Tip, Total int
				TaxIncluded                            bool
			}
		}
	}](customer, `query($id: ID!) { order(id: $id) {
		currency location { slug } totals { subtotal deliveryFee tax tip total taxIncluded }
	} }`, vars{"id": order.ID}).Order
	require.Equal(t, "JPY tokyo", told.Currency+" "+told.Location.Slug)
	require.True(t, told.Totals.TaxIncluded)
	require.Equal(t, told.Totals.Total, told.Totals.Subtotal+told.Totals.DeliveryFee+told.Totals.Tip)
	require.Equal(t, (told.Totals.Subtotal*800*2+10_800)/(2*10_800), told.Totals.Tax)

	require.Equal(t, "BAD_USER_INPUT", cook.do(`{ orders { nodes { id } } }`, nil).code())
	at := func(id string) (orders []string) {
		for _, o := range ask[struct {
			Orders struct{ Nodes []struct{ ID string } }
		}](cook, `query($at: ID) { orders(locationId: $at) { nodes { id } } }`, vars{"at": id}).Orders.Nodes {
			orders = append(orders, o.ID)
		}
		return orders
	}
	require.Equal(t, []string{before.ID}, at(chicago))
	require.Equal(t, []string{order.ID}, at(there.ID))
	everywhere := ask[struct {
		Orders struct{ Nodes []struct{ ID string } }
	}](customer, `{ orders { nodes { id } } }`, nil).Orders.Nodes
	require.Len(t, everywhere, 2)

	refused := manager.updateLocation(vars{"id": there.ID, "currency": "EUR"})
	require.Equal(t, []string{"currency"}, refused.UserErrors[0].Path, "there are orders in it")
}
