package e2e_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

type availabilityOutcome struct {
	Ingredient *struct {
		IsSoldOut         bool
		SoldOutUntil      *time.Time
		SoldOutReason     *string
		OnHand, Available int
	}
	Impact     *impact
	UserErrors []refusal
}

type impact struct {
	MenuItems []struct {
		MenuItem item
		Sizes    []string
	}
	Options []struct {
		Option menuOption
		Sizes  []string
	}
	OpenQuotes                  int
	ScheduledOrders, OpenOrders struct {
		Count  int
		Orders []struct{ ID, Status string }
	}
}

// names are the dishes and the options.
func (i impact) names() (all []string) {
	for _, m := range i.MenuItems {
		all = append(all, m.MenuItem.Name)
	}
	for _, o := range i.Options {
		all = append(all, o.Option.Name)
	}
	return all
}

// setAvailability sells an ingredient out, or makes it available.
func (p *person) setAvailability(in vars) availabilityOutcome {
	p.Helper()
	return ask[struct{ Done availabilityOutcome }](p, `mutation($in: SetIngredientAvailabilityInput!) {
		done: setIngredientAvailability(input: $in) {
			ingredient { isSoldOut soldOutUntil soldOutReason onHand available }
			impact {
				menuItems { menuItem { id name } sizes }
				options { option { id name } sizes }
				openQuotes
				scheduledOrders { count orders { id status } }
				openOrders { count orders { id status } }
			}
			userErrors { ...refused }
		}
	}`+refusedFragment, vars{"in": in}).Done
}

// truffles has a dish made of truffles and another on which they are an option.
func (s *shop) truffles(manager *person) (truffle string) {
	s.Helper()
	truffle = manager.createIngredient("Truffle", 100).Ingredient.ID
	shavings := manager.createGroup(vars{"name": "Extras", "options": []vars{
		{"name": "Shavings", "ingredientId": truffle, "prices": []vars{{"size": "MEDIUM", "price": 400, "dose": 2}}},
	}}).OptionGroup.ID
	for name, more := range map[string]vars{
		"Tartufo": {"ingredients": []vars{{"ingredientId": truffle, "quantity": 1}}}, "Bianca": {"optionGroups": []vars{{"optionGroupId": shavings}}},
	} {
		made := manager.createItem(more.with("name", name).with("category", "Pizza").with("prices", []vars{{"size": "MEDIUM", "price": 2900}}))
		require.Empty(s, made.UserErrors)
		s.menu[name] = made.Item.ID
	}
	return truffle
}

// hasLasted lets the time come until which everything is sold out.
func (s *shop) hasLasted() {
	s.Helper()
	s.run(`UPDATE public.stock_levels AS l SET sold_out_since = now() - interval '1 hour', sold_out_until = now() WHERE l.sold_out_since IS NOT NULL`)
}

func TestACookSellsOutAnIngredientUntilATime(t *testing.T) {
	s := open(t)
	manager, cook, customer, visitor := s.signIn("manager"), s.signIn("cook"), s.signIn("customer"), s.visitor()
	truffle := s.truffles(manager)
	tartufo := s.pickup(portion{"Tartufo", "MEDIUM", 1})
	slots := s.service(s.locationID("chicago"), "PICKUP").Slots
	later := customer.placed(tartufo.with("idempotencyKey", "later").with("scheduledFor", slots[len(slots)-1].Start))
	now := customer.placed(tartufo.with("idempotencyKey", "now"))
	quoted := customer.quoted(tartufo.with("idempotencyKey", "quoted"))
	until := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	soldOut := vars{"ingredientId": truffle, "available": false, "until": until, "reason": "The last one has gone bad."}
	watching := []*feed{visitor.connect().subscribe(watchMenu, after(customer.asOf())), cook.connect().subscribe(watchMenu, after(customer.asOf()))}

	told := cook.setAvailability(soldOut.with("dryRun", true))
	require.Empty(t, told.UserErrors)
	require.False(t, told.Ingredient.IsSoldOut)
	watching[0].expectNothing()
	done := cook.setAvailability(soldOut)
	require.Empty(t, done.UserErrors)

	require.Equal(t, told.Impact, done.Impact, "what was told before")
	require.Equal(t, []string{"Tartufo", "Shavings"}, done.Impact.names())
	require.Equal(t, []string{"MEDIUM"}, done.Impact.MenuItems[0].Sizes)
	require.Equal(t, 1, done.Impact.OpenQuotes)
	require.Equal(t, later.ID, done.Impact.ScheduledOrders.Orders[0].ID)
	require.Equal(t, now.ID, done.Impact.OpenOrders.Orders[0].ID)
	require.Equal(t, []int{1, 1}, []int{done.Impact.ScheduledOrders.Count, done.Impact.OpenOrders.Count})
	require.Equal(t, []any{true, until, "The last one has gone bad.", 100, 0}, []any{
		done.Ingredient.IsSoldOut, *done.Ingredient.SoldOutUntil, *done.Ingredient.SoldOutReason, done.Ingredient.OnHand, done.Ingredient.Available,
	})
	for _, w := range watching {
		changes := map[string]bool{}
		for range 2 {
			c := w.nextOnMenu()
			changes[c.Item.Name] = c.Item.IsAvailable
		}
		require.Equal(t, map[string]bool{"Tartufo": false, "Bianca": true}, changes)
	}
	require.False(t, visitor.choices(s.menu["Bianca"])[0].Options[0].IsAvailable)
	refused := manager.refused(manager.place(tartufo.with("idempotencyKey", "refused")))
	require.Equal(t, "INSUFFICIENT_STOCK", refused.Code)
	require.Equal(t, []string{s.menu["Tartufo"]}, refused.MenuItemIDs)
	require.Equal(t, []string{"INSUFFICIENT_STOCK"}, manager.problems(tartufo))
	require.True(t, manager.countedStillSoldOut(truffle))

	require.Equal(t, "CONFIRMED", customer.placed(quoted.by(tartufo.with("idempotencyKey", "quoted"))).Status)
	require.Equal(t, "CONFIRMED", customer.order(later.ID).Status)
	cook.moves(now.ID, "startPreparingOrder", "markOrderReady", "completeOrder")

	s.hasLasted()
	for _, w := range watching {
		back := []string{w.nextOnMenu().Item.Name, w.nextOnMenu().Item.Name}
		slices.Sort(back)
		require.Equal(t, []string{"Bianca", "Tartufo"}, back)
		w.expectNothing()
	}
	manager.placed(tartufo.with("idempotencyKey", "back"))
	entries := manager.audit(vars{"f": vars{"entityId": truffle}})
	require.Equal(t, []string{"SYSTEM", "AVAILABLE"}, []string{entries.Nodes[0].Actor.Role, entries.Nodes[0].Action})
	require.Equal(t, []string{
		"MANAGER Mario Manager: INGREDIENT COUNTED onHand: 100 > 500",
		"COOK Coco Cook: INGREDIENT SOLD_OUT isSoldOut: false > true soldOutUntil: - > " + until.Format(time.RFC3339),
	}, entries.did()[1:3])
	require.Equal(t, "The last one has gone bad.", *entries.Nodes[2].Reason)
}

// countedStillSoldOut counts an ingredient, and tells whether that is answered by that it is still sold out.
func (p *person) countedStillSoldOut(id string) bool {
	p.Helper()
	return ask[struct {
		SetStock struct{ Ingredient struct{ IsSoldOut bool } }
	}](p, `mutation($id: ID!) { setStock(input: {ingredientId: $id, onHand: 500}) { ingredient { isSoldOut } } }`, vars{"id": id}).SetStock.Ingredient.IsSoldOut
}

func TestWhatIsSoldOutForTodayComesBackWhenTheBusinessDayEnds(t *testing.T) {
	s := open(t)
	manager, cook := s.signIn("manager"), s.signIn("cook")
	truffle := s.truffles(manager)

	today := cook.setAvailability(vars{"ingredientId": truffle, "available": false, "forToday": true}).Ingredient.SoldOutUntil
	notice := cook.setAvailability(vars{"ingredientId": truffle, "available": false})
	back := cook.setAvailability(vars{"ingredientId": truffle, "available": true})
	both := cook.setAvailability(vars{"ingredientId": truffle, "available": false, "forToday": true, "until": time.Now().Add(time.Hour)})
	unknown := cook.setAvailability(vars{"ingredientId": uuid.NewString(), "available": false})

	zone, err := time.LoadLocation("America/Chicago")
	require.NoError(t, err)
	require.Equal(t, "04:00", today.In(zone).Format("15:04"), "when the location's day ends")
	require.True(t, today.After(time.Now()))
	require.True(t, notice.Ingredient.IsSoldOut)
	require.Nil(t, notice.Ingredient.SoldOutUntil)
	require.Empty(t, notice.Impact.names(), "it hits nothing more")
	require.False(t, back.Ingredient.IsSoldOut)
	require.Nil(t, back.Impact)
	require.Equal(t, []string{"until"}, both.UserErrors[0].Path)
	require.Nil(t, both.Ingredient)
	require.Equal(t, "NOT_FOUND", unknown.UserErrors[0].Code)
}

func TestWhatIsSoldOutAtOneLocationIsSoldAtTheOther(t *testing.T) {
	s := open(t)
	chief, visitor, customer := s.signIn("manager"), s.visitor(), s.signIn("customer")
	truffle := s.truffles(chief)
	chicago, there := s.locationID("chicago"), chief.createLocation(tokyo()).Location.ID
	require.Empty(t, chief.setStockAt(truffle, there, 50).UserErrors)
	hired := chief.invite(vars{"name": "Ella Elsewhere", "email": "ella@shop.example", "roles": []string{"COOK"}, "locationIds": []string{there}})
	ella := s.visitor()
	ella.token = *s.visitor().accept(*hired.InviteToken, "correct horse").Token
	inChicago := visitor.connect().subscribe(watchMenuAt, after(customer.asOf()).with("at", chicago))

	done := ella.setAvailability(vars{"ingredientId": truffle, "available": false})
	listed := ask[struct {
		Ingredients []struct {
			ID        string
			IsSoldOut bool
		}
	}](ella, `{ ingredients { id isSoldOut } }`, nil).Ingredients
	elsewhere := ella.do(`mutation($in: SetIngredientAvailabilityInput!) { setIngredientAvailability(input: $in) { userErrors { code } } }`,
		vars{"in": vars{"ingredientId": truffle, "locationId": chicago, "available": false}})

	require.Equal(t, []string{"Tartufo", "Shavings"}, done.Impact.names())
	require.Equal(t, map[string]int{"MEDIUM": 0}, visitor.offer(s.menu["Tartufo"], there))
	require.Equal(t, map[string]int{"MEDIUM": 2900}, visitor.offer(s.menu["Tartufo"], chicago))
	inChicago.expectNothing()
	customer.placed(s.pickup(portion{"Tartufo", "MEDIUM", 1}).with("locationId", chicago))
	for _, one := range listed {
		require.Equal(t, one.ID == truffle, one.IsSoldOut)
	}
	require.Contains(t, string(elsewhere.Data)+elsewhere.code(), "FORBIDDEN")
}
