package e2e_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/graph/generated"
	"pizzeria/internal/server"
)

// chain is a shop of two locations. What belongs to the one that is called there bears marks.
type chain struct {
	*shop
	here, there string
	chief       *person            // manages all locations
	locals      map[string]*person // by role: who works here alone
	schema      inputs
	known       knownThings // of there
	marks       []string
}

// hire has an account of the demo, or one that signed up, hold a role at some locations only.
func (s *shop) hire(email, password, role string, locations ...string) *person {
	s.Helper()
	s.run(`UPDATE public.accounts AS a SET roles = ARRAY[$2], location_ids = string_to_array($3, ' ')::uuid[] WHERE a.email = $1`,
		email, role, strings.Join(locations, " "))
	return s.session(`mutation($email: String!, $password: String!) {
		session: signIn(input: {email: $email, password: $password}) { token viewer { id } userErrors { code } }
	}`, vars{"email": email, "password": password})
}

func openChain(s *shop) *chain {
	s.Helper()
	c := &chain{shop: s, here: s.locationID("chicago"), chief: s.signIn("manager")}
	opened := c.chief.createLocation(tokyo().with("currency", "USD"))
	require.Empty(s, opened.UserErrors)
	c.there = opened.Location.ID
	s.signUp("marta-of-here")
	c.locals = map[string]*person{
		"cook":    s.hire("cook@example.com", "pizzeria-demo", "COOK", c.here),
		"driver":  s.hire("driver@example.com", "pizzeria-demo", "DRIVER", c.here),
		"manager": s.hire("marta-of-here@example.org", "open-sesame", "MANAGER", c.here),
		"screen":  c.chief.screen(vars{"name": "Oven of here", "locationId": c.here}),
	}
	return c
}

const oddPrice = 1_299_709

// createStation adds a station of a location's kitchen.
func (c *chain) createStation(at, name string) string {
	c.Helper()
	added := ask[struct {
		CreateStation struct{ Stations []struct{ ID, Name string } }
	}](c.chief, `mutation($in: CreateStationInput!) { createStation(input: $in) { stations { id name } } }`,
		vars{"in": vars{"idempotencyKey": name, "locationId": at, "name": name}}).CreateStation.Stations
	require.NotEmpty(c, added)
	return added[len(added)-2].ID // the last is the expediter's
}

// setRoutes has a location's kitchen have these routes alone.
func (c *chain) setRoutes(at string, routes ...vars) {
	c.Helper()
	set := ask[struct {
		SetStationRoutes struct{ UserErrors []refusal }
	}](c.chief, `mutation($in: SetStationRoutesInput!) { setStationRoutes(input: $in) { userErrors { code message } } }`, vars{"in": vars{"locationId": at, "routes": routes}})
	require.Empty(c, set.SetStationRoutes.UserErrors)
}

// ticketOf is the id of an order's ticket.
func (s *shop) ticketOf(orderID string) (id string) {
	s.Helper()
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT t.id::text FROM public.tickets AS t WHERE t.order_id = $1`, orderID).Scan(&id))
	return id
}

// odd is a pizza, of which nothing runs out, at a price that nothing else has.
func (c *chain) odd(quantity int) basket {
	c.Helper()
	if c.menu["Odd"] == "" {
		c.menu["Odd"] = c.chief.createItem(vars{
			"name": "Odd", "category": "Pizza", "isPizza": true, "prices": []vars{{"size": "MEDIUM", "price": oddPrice}},
		}).Item.ID
	}
	return c.pickup(portion{"Odd", "MEDIUM", quantity}).with("locationId", c.there)
}

// mark makes things of there, and notes what they show that nothing else does.
func (c *chain) mark() {
	c.Helper()
	c.schema = readInputs(c.chief)
	before := ask[struct{ Orders struct{ AsOf string } }](c.chief, `query($at: ID) { orders(first: 0, locationId: $at) { asOf } }`, vars{"at": c.here}).Orders.AsOf
	bianca, zita, zelda := c.signUp("bianca"), c.signUp("zita-of-there"), c.signUp("zelda-of-there")
	c.hire("zelda-of-there@example.org", "open-sesame", "COOK", c.there)
	bianca.placed(c.margherita().with("locationId", c.here))
	sold := bianca.placed(c.odd(3))
	c.chief.moves(sold.ID, "startPreparingOrder", "markOrderReady", "completeOrder")
	open := zita.placed(c.odd(3).with("specialInstructions", "under-the-bridge"))
	spent := c.chief.history(bianca.id).TotalSpent

	truffles := ask[struct{ Done stockOutcome }](c.chief, `mutation($in: CreateIngredientInput!) { done: createIngredient(input: $in) { ingredient { id } } }`, vars{
		"in": vars{"idempotencyKey": "truffles", "name": "Truffle", "stock": []vars{{"locationId": c.there, "onHand": 3_899_128}}},
	}).Done.Ingredient.ID

	odd := c.chief.promoted(tenPercent, "locationId", c.there, "name", "truce-of-there", "code", "TRUCE")

	c.chief.schedule(time.Now().Add(time.Hour), vars{"id": c.menu["Odd"], "locations": []vars{{"locationId": c.there, "prices": []vars{{"size": "MEDIUM", "price": 8_765_432}}}}})

	c.learned(c.there, c.menu["Odd"], "MEDIUM", 7_654_321)

	station := c.createStation(c.there, "oven-of-there")
	c.setRoutes(c.there, vars{"category": "odd-of-there", "stationIds": []string{station}})

	screen := c.chief.pair(vars{"name": "screen-of-there", "locationId": c.there}).Screen.ID

	c.known = knownThings{cursor: before, ids: map[string]string{
		"order": open.ID, "item": open.Items[0].ID, "node": open.ID, "customer": bianca.id, "menuItem": c.menu["Odd"], "location": c.there,
		"staff": zelda.id, "stranger": zita.id, "ingredient": truffles, "promotion": odd.ID, "station": station, "ticket": c.ticketOf(open.ID), "screen": screen,
	}}
	c.marks = []string{
		sold.ID, open.ID, zita.id, "zita-of-there", "zelda-of-there", "oven-of-there", "odd-of-there", "truce-of-there", "screen-of-there", "under-the-bridge", fmt.Sprint(3 * oddPrice), fmt.Sprint(6 * oddPrice), fmt.Sprint(spent), fmt.Sprint(sold.Totals.Total), "3899128", "7654321", "8765432",
	}
}

// reading is a document that reads, by one field at the root.
type reading struct {
	attempt
	field string
}

// readings ask for things of there by every field: with each argument at its edges, as deep as it goes, and at random.
func (c *chain) readings() (all []reading) {
	c.Helper()
	rootOf := func(p argumentPlace) string {
		return strings.FieldsFunc(p.before+p.name, func(r rune) bool { return strings.ContainsRune("{ (", r) })[0]
	}
	for _, p := range c.schema.places(c.known) {
		if p.operation == "mutation" {
			continue
		}
		for n, a := range c.schema.attempts(c.known, p) {
			if n%min(raceFactor, 5) == 0 {
				all = append(all, reading{a, rootOf(p)})
			}
		}
	}
	const seed = 20261129
	generator := &operationGenerator{Rand: rand.New(rand.NewPCG(seed, 0)), schema: generated.NewExecutableSchema(generated.Config{}).Schema()}
	for _, root := range []string{"Query", "Subscription"} {
		operation := strings.ToLower(root)
		for _, f := range c.schema[root].Fields {
			for _, given := range []string{
				c.schema.arguments(c.known, f.Name, f.Args),
				c.schema.arguments(c.known, f.Name, f.Args, "locationId"),
				c.schema.allArguments(c.known, f.Name, f.Args),
			} {
				field := f.Name + given
				all = append(all, reading{attempt{operation, operation + " { " + field + c.schema.selection(f.Type, 4) + " }", nil}, f.Name})
				for range 10 {
					conditions := vars{"a": generator.IntN(2) == 0, "b": generator.IntN(2) == 0, "c": true}
					all = append(all, reading{attempt{operation, generator.query(operation, field, f.Type.base()), conditions}, f.Name})
				}
			}
		}
	}
	return all
}

// allArguments are all that a field takes, whole.
func (i inputs) allArguments(k knownThings, of string, args []input) string {
	names := make([]string, len(args))
	for n, a := range args {
		names[n] = a.Name
	}
	return i.arguments(k, of, args, names...)
}

// read sends all of the documents, and passes on what each is answered: over HTTP, or within a second over a socket.
func (p *person) read(all []reading, told func(r reading, text string)) {
	p.Helper()
	var feeds []*feed
	var of []reading
	socket := p.connect()
	listen := func() {
		time.Sleep(time.Second) // a stream that nothing is wrong with stays silent
		for i, f := range feeds {
			for len(f.messages) > 0 {
				m := <-f.messages
				told(of[i], string(m.data)+m.ended)
			}
			f.cancel()
		}
		feeds, of = nil, nil
	}
	for _, r := range all {
		if r.operation == "query" {
			told(r, p.do(r.document, r.variables).body)
			continue
		}
		feeds, of = append(feeds, socket.subscribe(r.document, r.variables)), append(of, r)
		if len(feeds) == 20 {
			listen()
		}
	}
	listen()
}

// digest has a hash of every table, but for those that any request writes to, and what the server learns by itself.
func (c *chain) digest() map[string]string {
	c.Helper()
	rows, err := c.db.Pool.Query(c.Context(), `
		SELECT t.relname FROM pg_catalog.pg_class AS t
		WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND t.relname NOT IN ('idempotency_keys', 'servers', 'sessions', 'screen_sightings', 'learning_due', 'learned_times')`)
	require.NoError(c, err)
	var tables []string
	for rows.Next() {
		var table string
		require.NoError(c, rows.Scan(&table))
		tables = append(tables, table)
	}
	require.NoError(c, rows.Err())
	hashes := map[string]string{}
	for _, table := range slices.Sorted(slices.Values(tables)) {
		var hash string
		require.NoError(c, c.db.Pool.QueryRow(c.Context(), `SELECT coalesce(md5(string_agg(t::text, ';' ORDER BY t::text)), '') FROM public.`+table+` AS t`).Scan(&hash))
		hashes[table] = hash
	}
	return hashes
}

// staysOpen keeps orders that nobody pays for.
func staysOpen(c *server.Config) { c.AbandonAfter = time.Hour }
