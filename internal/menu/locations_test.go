package menu_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

func TestWhatIsSoldOutAtOneLocationIsNoNewsAtAnother(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	other := s.db.AddLocation(t, "EUR")
	flour := s.ingredient(t, "Flour", 250)
	s.setStockAt(t, flour, other, 250)
	id := s.item(t, margherita(needs(flour, 250)...))

	s.setStockAt(t, flour, other, 200)
	s.setStockAt(t, flour, other, 0)
	require.Equal(t, "SMALL 790 MEDIUM 990", s.offered(t, id, s.at))
	require.Equal(t, "SMALL - MEDIUM -", s.offered(t, id, other))
	require.True(t, s.seen(t, id).IsAvailable, "some location has it")
	s.setStockAt(t, flour, other, 190)
	s.setStock(t, flour, 10)

	require.Equal(t, "SMALL - MEDIUM -", s.offered(t, id, s.at))
	require.Equal(t, "SMALL 790 MEDIUM -", s.offered(t, id, other))
	require.Equal(t, []string{"ADDED", "SOLD_OUT"}, s.toldAt(t, id, s.at))
	require.Equal(t, []string{"ADDED", "SOLD_OUT", "SOLD_OUT", "BACK_IN_STOCK"}, s.toldAt(t, id, other))
	s.requireExact(t)
}

func TestALocationThatOpensHasNothingInStock(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.item(t, margherita(needs(s.ingredient(t, "Flour", 250), 250)...))
	free := s.item(t, margherita())

	other := s.db.AddLocation(t, "EUR")

	require.Equal(t, "SMALL - MEDIUM -", s.offered(t, id, other))
	require.Equal(t, "SMALL 790 MEDIUM 990", s.offered(t, id, s.at))
	require.Equal(t, "SMALL 790 MEDIUM 990", s.offered(t, free, other))
	require.Equal(t, []string{"ADDED"}, s.toldAt(t, id, s.at))
	require.Equal(t, []string{"ADDED", "SOLD_OUT"}, s.toldAt(t, id, other))
	s.requireExact(t)
}

func TestALocationMayDoOtherwise(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	other := s.db.AddLocation(t, "JPY")
	id := s.item(t, margherita())
	everywhere, dearer := new((*bool)(nil)), new(new([]menu.Price{{Size: menu.Small, Price: 900}}))
	change := func(o menu.OfferChange) {
		o.LocationID = other
		s.change(t, menu.UpdateMenuItem{ID: id, Locations: []menu.OfferChange{o}})
		s.requireExact(t)
	}

	change(menu.OfferChange{Prices: dearer})
	require.Equal(t, "SMALL 900 MEDIUM 990", s.offered(t, id, other))
	require.Equal(t, "SMALL 790 MEDIUM 990", s.offered(t, id, s.at))
	require.Equal(t, map[menu.Size]int64{menu.Small: 900, menu.Medium: 990}, s.dishAt(t, id, other).Prices)
	require.Equal(t, map[menu.Size]int64{menu.Small: 790, menu.Medium: 990}, s.dish(t, id).Prices)

	change(menu.OfferChange{IsAvailable: new(new(false))})
	require.Equal(t, "SMALL - MEDIUM -", s.offered(t, id, other), "hidden")
	require.False(t, s.dishAt(t, id, other).Available)
	require.True(t, s.dish(t, id).Available)
	require.Equal(t, []menuview.Offer{
		{LocationID: other, IsAvailable: new(false), Prices: []menuview.Price{{Size: menu.Small, Price: 900}}},
	}, s.seen(t, id).Locations, "what is left out stays")

	s.change(t, menu.UpdateMenuItem{ID: id, IsAvailable: new(false)})
	change(menu.OfferChange{IsAvailable: new(new(true))})
	require.Equal(t, "SMALL 900 MEDIUM 990", s.offered(t, id, other))
	require.Equal(t, "SMALL - MEDIUM -", s.offered(t, id, s.at), "hidden")
	require.True(t, s.seen(t, id).VisibleTo(auth.Actor{}), "some location has it")

	version := s.seen(t, id).Version
	change(menu.OfferChange{IsAvailable: new(new(true)), Prices: dearer})
	require.Equal(t, version, s.seen(t, id).Version, "nothing has happened")

	change(menu.OfferChange{IsAvailable: everywhere, Prices: new((*[]menu.Price)(nil))})
	require.Empty(t, s.seen(t, id).Locations)
	require.False(t, s.seen(t, id).VisibleTo(auth.Actor{}))
}

// Where no location is meant, a dish can be had, and be seen, if some location offers it.
func TestADishThatEveryLocationHidesCanNotBeHad(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	other := s.db.AddLocation(t, "EUR")
	flour := s.ingredient(t, "Flour", 250)
	visitor := auth.Actor{}
	for name, recipe := range map[string][]menu.RecipeLine{"without a recipe": nil, "with one": needs(flour, 250)} {
		id := s.item(t, margherita(recipe...))
		require.True(t, s.seen(t, id).IsAvailable, name)

		s.change(t, menu.UpdateMenuItem{ID: id, Locations: []menu.OfferChange{{LocationID: s.at, IsAvailable: new(new(false))}}})
		require.Equal(t, recipe == nil, s.seen(t, id).IsAvailable, name)
		require.True(t, s.seen(t, id).VisibleTo(visitor), name)
		s.change(t, menu.UpdateMenuItem{ID: id, Locations: []menu.OfferChange{{LocationID: other, IsAvailable: new(new(false))}}})

		item := s.seen(t, id)
		require.False(t, item.IsAvailable, name)
		require.False(t, item.Prices[0].IsAvailable, name)
		require.False(t, item.VisibleTo(visitor), name)
		require.True(t, item.VisibleTo(mia), name)
		s.requireExact(t)
	}

	third := s.db.AddLocation(t, "EUR")

	s.requireExact(t)
	for _, offered := range []bool{true, false} {
		available := 0
		s.eachSeen(t, func(item *menuview.MenuItem) {
			require.Equal(t, offered, item.VisibleTo(visitor))
			if item.IsAvailable {
				available++
			}
		})
		require.Equal(t, map[bool]int{true: 1, false: 0}[offered], available, "the new location has no flour")
		_, err := s.db.Pool.Exec(t.Context(), `DELETE FROM public.locations WHERE id = $1`, third)
		require.NoError(t, err)
		s.requireExact(t)
	}
}

// Whoever hides a dish at the last location that offers it, and whoever adds a location that offers it, take turns.
func TestDishesAreHiddenWhileLocationsAreAdded(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.item(t, margherita())
	places := make(chan uuid.UUID, 100)
	places <- s.at
	var group errgroup.Group
	group.Go(func() error {
		defer close(places)
		for i := range 20 {
			place := uuid.New()
			_, err := s.db.Pool.Exec(t.Context(), `
				INSERT INTO public.locations (
					id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at
				)
				VALUES ($1, 'New', $2, '-', '-', '-', 'UTC', 0, 'EUR', false, 0, 1, now(), now())`, place, fmt.Sprint("new-", i))
			if err != nil {
				return err
			}
			places <- place
		}
		return nil
	})
	for range 3 {
		group.Go(func() error {
			for place := range places {
				hidden := menu.UpdateMenuItem{ID: id, Locations: []menu.OfferChange{{LocationID: place, IsAvailable: new(new(false))}}}
				if err := retried(func() error { _, err := s.update.Handle(t.Context(), hidden); return err }); err != nil {
					return err
				}
			}
			return nil
		})
	}

	require.NoError(t, group.Wait())

	s.requireExact(t)
	require.False(t, s.seen(t, id).IsAvailable)
}

func TestANewDishMayBeOtherwiseSomewhereFromTheStart(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	other := s.db.AddLocation(t, "JPY")
	create := margherita()
	create.Locations = []menu.OfferChange{
		{LocationID: s.at, IsAvailable: new(new(false))}, {LocationID: other, Prices: new(&[]menu.Price{{Size: menu.Small, Price: 900}})},
	}

	id := s.item(t, create)

	require.Equal(t, "SMALL - MEDIUM -", s.offered(t, id, s.at))
	require.Equal(t, "SMALL 900 MEDIUM 990", s.offered(t, id, other))
	require.Equal(t, []string{"1 ADDED 1 true SYSTEM"}, s.told(t, id))
	var audited string
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT e.payload #>> '{after,locations}' FROM public.events AS e WHERE e.stream_id = $1`, id).Scan(&audited))
	require.JSONEq(t, fmt.Sprintf(`{"%s": {"isAvailable": false, "prices": {}}, "%s": {"isAvailable": null, "prices": {"SMALL": 900}}}`, s.at, other), audited)
	s.requireExact(t)
	for _, c := range []struct {
		change menu.OfferChange
		code   fault.Code
		path   []string
	}{
		{menu.OfferChange{LocationID: uuid.New()}, fault.NotFound, []string{"locations", "0", "locationId"}},
		{menu.OfferChange{LocationID: other, Prices: new(&[]menu.Price{{Size: menu.Large, Price: 1}})}, fault.BadUserInput, []string{"locations", "0", "prices", "0", "size"}},
		{menu.OfferChange{LocationID: other, Prices: new(&[]menu.Price{{Size: menu.Small, Price: -1}})}, fault.BadUserInput, []string{"locations", "0", "prices", "0", "price"}},
	} {
		create.Locations = []menu.OfferChange{c.change}
		err := create.Validate()
		if err == nil {
			_, err = s.create.Handle(t.Context(), create.WithSubject(uuid.New()))
		}
		requireRefusal(t, err, c.code, c.path...)
	}
	require.Len(t, s.onMenu(t), 1, "what is refused adds nothing")
}

// A repeated request that asks for something else of a location isn't the same one.
func TestWhatIsAskedOfALocationIsPartOfTheIntent(t *testing.T) {
	t.Parallel()
	seen := map[[32]byte]bool{}
	for _, c := range []menu.OfferChange{
		{}, {IsAvailable: new(new(false))}, {IsAvailable: new(new(true))}, {Prices: new(&[]menu.Price{{Size: menu.Small}})},
	} {
		request, err := cqrs.Fingerprint(menu.CreateMenuItem{Name: "Margherita", Locations: []menu.OfferChange{c}})
		require.NoError(t, err)
		require.False(t, seen[request])
		seen[request] = true
	}
}

func TestPricesOfALocationAreOfSizesThatAreSold(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	id := s.item(t, margherita())
	small, large := []menu.Price{{Size: menu.Small, Price: 1}}, []menu.Price{{Size: menu.Large, Price: 1}}
	handle := func(cmd menu.UpdateMenuItem) error {
		cmd.ID = id
		require.NoError(t, cmd.Validate())
		_, err := s.update.Handle(t.Context(), cmd)
		return err
	}

	err := handle(menu.UpdateMenuItem{Locations: []menu.OfferChange{{LocationID: s.at, Prices: new(&large)}}})
	requireRefusal(t, err, fault.BadUserInput, "locations", "0", "prices", "0", "size")
	err = handle(menu.UpdateMenuItem{Locations: []menu.OfferChange{{LocationID: uuid.New(), Prices: new(&small)}}})
	requireRefusal(t, err, fault.NotFound, "locations", "0", "locationId")
	dinars := s.db.AddLocation(t, "BHD")
	halves := []menu.Price{{Size: menu.Medium, Price: 10}, {Size: menu.Small, Price: 1}}
	err = handle(menu.UpdateMenuItem{Locations: []menu.OfferChange{{LocationID: s.at, Prices: new(&small)}, {LocationID: dinars, Prices: new(&halves)}}})
	requireRefusal(t, err, fault.BadUserInput, "locations", "1", "prices", "1", "price")
	require.NoError(t, handle(menu.UpdateMenuItem{Locations: []menu.OfferChange{{LocationID: s.at, Prices: new(&small)}}}))
	require.NoError(t, handle(menu.UpdateMenuItem{Prices: new([]menu.Price{{Size: menu.Medium, Price: 5}})}))

	require.Equal(t, "MEDIUM 5", s.offered(t, id, s.at))
	require.Empty(t, s.seen(t, id).Locations, "a price of a size that is no longer sold is forgotten")
	twice := menu.UpdateMenuItem{Locations: []menu.OfferChange{{LocationID: s.at}, {LocationID: s.at}}}
	requireRefusal(t, twice.Validate(), fault.BadUserInput, "locations", "1", "locationId")
	negative := menu.UpdateMenuItem{Locations: []menu.OfferChange{{Prices: new(&[]menu.Price{{Size: menu.Small, Price: -1}})}}}
	requireRefusal(t, negative.Validate(), fault.BadUserInput, "locations", "0", "prices", "0", "price")
}

func TestOnlyAChangeOfWhatCanBeHadComputesTheDish(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour := s.ingredient(t, "Flour", 1000)
	create := margherita(needs(flour, 99)...)
	create.Prices = append(create.Prices, menu.Price{Size: menu.Large, Price: 1290})
	id := s.item(t, create)
	thresholds := []int{75, 99, 149}

	for from := 160; from > 60; from-- {
		s.setStock(t, flour, from)
		before := s.computedBy(t, id)
		s.setStock(t, flour, from-1)

		crossed := false
		for _, least := range thresholds {
			crossed = crossed || from >= least && from-1 < least
		}
		require.Equal(t, crossed, before != s.computedBy(t, id), "from %d", from)
	}
	s.requireExact(t)
}

// Each order takes turns on dishes that it makes unavailable, though at two locations they come to them in another order.
func TestTwoLocationsThatMakeTheSameDishesUnavailableDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	other := s.db.AddLocation(t, "EUR")
	ingredients := make([]uuid.UUID, 6)
	for i := range ingredients {
		ingredients[i] = uuid.MustParse(fmt.Sprintf("00000000-0000-7000-8000-%012d", i))
		_, err := s.buy.Handle(t.Context(), inventory.CreateIngredient{
			IngredientID: ingredients[i], Name: fmt.Sprint("Ingredient ", i),
			Stock: []inventory.LocationStock{{LocationID: &s.at, OnHand: 10}, {LocationID: &other, OnHand: 10}},
		})
		require.NoError(t, err)
	}
	var dishes []uuid.UUID
	for i := range 3 { // the first three ingredients lead to them in this order, the others in the opposite one
		dishes = append(dishes, s.item(t, margherita(append(needs(ingredients[i], 10), needs(ingredients[5-i], 10)...)...)))
	}
	manager, err := s.db.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = manager.Exec(t.Context(), `SELECT FROM public.menu_items WHERE id = $1 FOR NO KEY UPDATE`, dishes[1])
	require.NoError(t, err)

	var orders errgroup.Group
	orders.Go(func() error { return s.take(t, s.at, ingredients[:3]) }) // has the first dish, and waits for the second
	s.awaitWaiting(t, 1)
	orders.Go(func() error { return s.take(t, other, ingredients[3:]) })
	s.awaitWaiting(t, 2)
	require.NoError(t, manager.Rollback(t.Context()))

	require.NoError(t, orders.Wait())
	s.requireExact(t)
}

// take takes a unit of each ingredient, as an order does, without retries.
func (s *shop) take(t *testing.T, at uuid.UUID, ingredients []uuid.UUID) error {
	_, err := s.db.Pool.Exec(t.Context(), `
		SELECT FROM public.change_stock((
			SELECT json_agg(json_build_object('ingredient_id', i, 'location_id', $1::uuid, 'on_hand', -5, 'reserved', 0)) FROM unnest($2::uuid[]) AS i
		))`, at, ingredients)
	return err
}

// onMenu are the ids of all dishes on the menu.
func (s *shop) onMenu(t *testing.T) (ids []uuid.UUID) {
	t.Helper()
	require.NoError(t, s.db.Gorm.Raw(`SELECT v.id FROM public.menu_view AS v`).Find(&ids).Error)
	return ids
}

func (s *shop) eachSeen(t *testing.T, check func(*menuview.MenuItem)) {
	t.Helper()
	for _, id := range s.onMenu(t) {
		check(s.seen(t, id))
	}
}

// awaitWaiting returns once the given number of connections wait for a lock.
func (s *shop) awaitWaiting(t *testing.T, connections int) {
	t.Helper()
	for waiting := 0; waiting < connections; {
		require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
			SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting))
	}
}

func (s *shop) setStockAt(t *testing.T, ingredient, at uuid.UUID, onHand int) {
	t.Helper()
	_, err := s.count.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: ingredient, LocationID: &at, OnHand: onHand})
	require.NoError(t, err)
}

// offered lists the sizes of an item as a location sells it, with their prices; a dash for what can't be had.
func (s *shop) offered(t *testing.T, id, at uuid.UUID) string {
	t.Helper()
	manager := auth.Actor{Roles: []auth.Role{auth.RoleManager}}
	item, err := (&menuview.ItemByIDHandler{Pool: s.db.Pool}).Handle(t.Context(), menuview.ItemByID{By: manager, ID: id, LocationID: at})
	require.NoError(t, err)
	listed, err := menuview.NewMenuHandler(s.db.Pool, 1).Handle(t.Context(), menuview.Menu{By: manager, LocationID: &at, IncludeUnavailable: true})
	require.NoError(t, err)
	for _, l := range listed {
		if l.ID == id {
			require.Equal(t, item.Prices, l.Prices)
			require.Equal(t, item.IsAvailable, l.IsAvailable)
		}
	}
	var sizes []string
	for _, p := range item.Prices {
		price := "-"
		if p.IsAvailable {
			price = fmt.Sprint(p.Price)
		}
		sizes = append(sizes, string(p.Size)+" "+price)
	}
	return strings.Join(sizes, " ")
}

func (s *shop) dishAt(t *testing.T, id, at uuid.UUID) menu.Dish {
	t.Helper()
	dishes, err := s.dishes.Dishes(t.Context(), at, []uuid.UUID{id})
	require.NoError(t, err)
	return dishes[id]
}

// toldAt lists the events of an item that are news at a location.
func (s *shop) toldAt(t *testing.T, id, at uuid.UUID) (types []string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(e.type ORDER BY e.version)
		FROM public.events AS e
		WHERE e.stream_id = $1 AND coalesce(e.location_id, $2) = $2`, id, at).Scan(&types))
	return types
}

// computedBy is the transaction that has computed the item's row last.
func (s *shop) computedBy(t *testing.T, id uuid.UUID) (xid string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT f.xid::text FROM public.menu_fresh AS f WHERE f.id = $1`, id).Scan(&xid))
	return xid
}
