package e2e_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// everybodys are the fields at the root that show nothing of one location that isn't everybody's to see, or every manager's.
var everybodys = []string{
	"viewer", "menu", "menuItem", "currentMenu", "archivedMenuItems", "optionGroups", "menuChanged", "locations", "location", "deliveryOffer", "previewOrder", "itemsWithoutRoute", "screen", "deals",
}

// Whatever reads shows nothing of a location to those who work at another; and all that it does show of one to who manages it.
func TestStaffSeeNothingOfAnotherLocation(t *testing.T) {
	s := open(t, staysOpen)
	c := openChain(s)
	c.mark()
	all := c.readings()
	t.Log(len(all), "documents")
	marks := func(text string) (found []string) {
		for _, mark := range c.marks {
			if strings.Contains(text, mark) {
				found = append(found, mark)
			}
		}
		return found
	}

	shown := map[string]bool{}
	var readers sync.WaitGroup
	readers.Go(func() {
		c.chief.read(all, func(r reading, text string) { shown[r.field] = shown[r.field] || marks(text) != nil })
	})
	for role, local := range c.locals {
		readers.Go(func() {
			local.read(all, func(r reading, text string) {
				if found := marks(text); found != nil {
					t.Errorf("a %s of another location sees %s by %s %v: %s", role, found, r.document, r.variables, text)
				}
			})
		})
	}
	readers.Wait()

	for _, root := range []string{"Query", "Subscription"} {
		for _, f := range c.schema[root].Fields {
			require.NotEqual(t, slices.Contains(everybodys, f.Name), shown[f.Name],
				"%s is everybody's, or the documents above find something of one location by it", f.Name)
		}
	}
}

// ofOneself are the mutations that change nothing but who asks, and what everybody holds alike.
var ofOneself = []string{
	"signUp", "signIn", "signOut", "signOutEverywhere", "changePassword", "acceptInvite", "updateProfile", "deleteAccount", "quoteOrder", "claimScreen",
}

// commands are inputs for the other mutations, which are accepted from who manages all locations, on things of there.
var commands = map[string]func(c *chain) vars{
	"placeOrder": func(c *chain) vars { return vars(c.odd(1).with("source", "PHONE")) },
	"processPayment": func(c *chain) vars {
		placed := c.chief.placed(c.odd(1).card("tok_requires_action"))
		return vars{"orderId": placed.ID, "idempotencyKey": rand.Text(), "paymentToken": "tok_ok"}
	},
	"confirmOrder": func(c *chain) vars {
		placed := c.chief.placed(c.odd(1))
		c.run(`UPDATE public.orders AS o SET status = 'PENDING' WHERE o.id = $1`, placed.ID)
		return vars{"orderId": placed.ID}
	},
	"amendOrder": func(c *chain) vars {
		placed := c.chief.placed(c.odd(2))
		return vars{
			"orderId": placed.ID, "expectedVersion": placed.Version, "idempotencyKey": rand.Text(), "reason": "because",
			"change": []vars{{"itemId": placed.Items[0].ID, "quantity": 1}},
		}
	},
	"shareOrder":          func(c *chain) vars { return c.placedThere("PICKUP") },
	"rejectOrder":         func(c *chain) vars { return c.placedThere("PICKUP") },
	"cancelOrder":         func(c *chain) vars { return c.placedThere("PICKUP").with("reason", "Because.") },
	"startPreparingOrder": func(c *chain) vars { return c.placedThere("PICKUP") },
	"markOrderReady":      func(c *chain) vars { return c.placedThere("PICKUP", "startPreparingOrder") },
	"completeOrder":       func(c *chain) vars { return c.placedThere("PICKUP", "startPreparingOrder", "markOrderReady") },
	"dispatchOrder":       func(c *chain) vars { return c.placedThere("DELIVERY", "startPreparingOrder", "markOrderReady") },
	"returnOrder": func(c *chain) vars {
		return c.placedThere("DELIVERY", "startPreparingOrder", "markOrderReady", "dispatchOrder")
	},
	"refundOrder": func(c *chain) vars {
		return c.placedThere("PICKUP", "startPreparingOrder", "markOrderReady", "completeOrder").
			with("amount", 1).with("reason", "Cold.").with("idempotencyKey", rand.Text())
	},
	"createMenuItem": func(c *chain) vars {
		return c.needed("CreateMenuItemInput").with("name", "Odder").with("optionGroups", []vars{{"optionGroupId": c.optionGroup()}})
	},
	"updateMenuItem":  func(c *chain) vars { return vars{"id": c.menu["Odd"], "description": "Odder"} },
	"archiveMenuItem": func(c *chain) vars { return vars{"id": c.menu["Cola"]} },
	"createOptionGroup": func(c *chain) vars {
		return c.needed("CreateOptionGroupInput").with("name", "Sauces").with("options", []vars{})
	},
	"updateOptionGroup":  func(c *chain) vars { return vars{"id": c.optionGroup(), "name": "Dips"} },
	"archiveOptionGroup": func(c *chain) vars { return vars{"id": c.optionGroup()} },
	"scheduleMenuChange": func(c *chain) vars {
		return vars{"idempotencyKey": rand.Text(), "at": time.Now().Add(time.Hour), "updateMenuItem": vars{"id": c.menu["Odd"], "name": "Oddest"}}
	},
	"cancelScheduledMenuChange": func(c *chain) vars {
		return vars{"id": c.chief.schedule(time.Now().Add(time.Hour), vars{"id": c.menu["Odd"], "name": "Oddest"}).ID}
	},
	"createIngredient": func(c *chain) vars { return c.needed("CreateIngredientInput").with("name", "Saffron") },
	"updateIngredient": func(c *chain) vars {
		return vars{"ingredientId": c.whole("SetStockInput")["ingredientId"], "diet": nil, "lowThreshold": 78}
	},
	"setStock": func(c *chain) vars { return c.whole("SetStockInput").with("onHand", 77) },
	"setIngredientAvailability": func(c *chain) vars {
		return vars{"ingredientId": c.known.ids["ingredient"], "locationId": c.there, "available": false, "reason": "Gone."}
	},
	"createLocation": func(*chain) vars { return tokyo().with("slug", "kyoto").with("idempotencyKey", "kyoto") },
	"updateLocation": func(c *chain) vars { return vars{"id": c.there, "phone": "+81 3 5550 0100"} },
	"updateService":  func(c *chain) vars { return vars{"locationId": c.there, "fulfillment": "PICKUP", "leadMinutes": 5} },
	"pauseService": func(c *chain) vars {
		return vars{"locationId": c.there, "fulfillment": "DELIVERY", "until": time.Now().Add(time.Hour), "reason": "No drivers."}
	},
	"resumeService": func(c *chain) vars {
		c.run(`
			INSERT INTO public.location_services (
				location_id, fulfillment, hours, special_days, last_order_before, lead_minutes, slot_minutes, max_days_ahead, paused_until, pause_reason
			)
			VALUES ($1, 'DELIVERY', '[]', '[]', 0, 0, 15, 7, now() + interval '1 hour', 'No drivers.')
			ON CONFLICT (location_id, fulfillment) DO UPDATE SET paused_until = excluded.paused_until, pause_reason = excluded.pause_reason`, c.there)
		return vars{"locationId": c.there}
	},
	"applyKitchenActions": func(c *chain) vars {
		id := c.placedThere("PICKUP")["orderId"].(string)
		return vars{"locationId": c.there, "actions": []vars{{
			"id": uuid.NewString(), "ticketId": c.ticketOf(id), "kind": "START", "seenVersion": 1, "at": time.Now(),
		}}}
	},
	"createStation": func(c *chain) vars {
		return vars{"idempotencyKey": rand.Text(), "locationId": c.there, "name": "Fryer"}
	},
	"updateStation":    func(c *chain) vars { return vars{"stationId": c.known.ids["station"], "capacity": 3} },
	"archiveStation":   func(c *chain) vars { return vars{"stationId": c.createStation(c.there, "Grill")} },
	"setStationRoutes": func(c *chain) vars { return vars{"locationId": c.there, "routes": []vars{}} },
	"createPromotion": func(c *chain) vars {
		return vars{"idempotencyKey": rand.Text(), "name": "Odd", "locationId": c.there, "reward": tenPercent, "code": "ODDER"}
	},
	"updatePromotion": func(c *chain) vars { return vars{"id": c.known.ids["promotion"], "name": "Odder"} },
	"endPromotion":    func(c *chain) vars { return vars{"id": c.known.ids["promotion"]} },
	"inviteStaff": func(c *chain) vars {
		return vars{"name": "Nina Neu", "email": "nina@shop.example", "roles": []string{"COOK"}, "locationIds": []string{c.there}}
	},
	"pairScreen":   func(c *chain) vars { return vars{"idempotencyKey": rand.Text(), "locationId": c.there, "name": "Odd"} },
	"updateScreen": func(c *chain) vars { return vars{"id": c.known.ids["screen"], "textSize": 150} },
	"revokeScreen": func(c *chain) vars {
		return vars{"id": c.chief.pair(vars{"name": "Odder", "locationId": c.there}).Screen.ID}
	},
	"updateStaff": func(c *chain) vars { return vars{"id": c.known.ids["staff"], "suspended": true} },
}

// optionGroup makes a group of the whole chain.
func (c *chain) optionGroup() string {
	c.Helper()
	return c.chief.createGroup(vars{"name": "Crusts"}).OptionGroup.ID
}

// placedThere places an order at the other location and moves it, and returns the input of the next move.
func (c *chain) placedThere(fulfillment string, moves ...string) vars {
	c.Helper()
	b := c.odd(1).with("fulfillment", fulfillment)
	if fulfillment == "DELIVERY" {
		b = b.with("deliveryAddress", vars{"street": "1 Oven Lane", "city": "Naples", "postalCode": "80100"})
	}
	id := c.chief.placed(b).ID
	c.chief.moves(id, moves...)
	return vars{"orderId": id}
}

func (c *chain) needed(of string) vars {
	return c.schema.object(c.known, reference{Name: of}, func(f input) bool { return f.Type.Kind == "NON_NULL" })
}

func (c *chain) whole(of string) vars {
	return c.schema.object(c.known, reference{Name: of}, func(input) bool { return true })
}

// Whatever changes something of a location, or of the whole chain, changes nothing when it comes from those who work at another.
func TestStaffChangeNothingOfAnotherLocation(t *testing.T) {
	s := open(t, staysOpen)
	c := openChain(s)
	c.mark()
	for _, f := range c.schema["Mutation"].Fields {
		if slices.Contains(ofOneself, f.Name) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			makeInput := commands[f.Name]
			require.NotNil(t, makeInput, "how is it used?")
			in := makeInput(c)
			document := fmt.Sprintf(`mutation($in: %s) { done: %s(input: $in)%s }`, f.Args[0].Type, f.Name, c.schema.selection(f.Type, 3))
			before := c.digest()

			for role, local := range c.locals {
				text := local.do(document, vars{"in": in}).body
				for _, mark := range append(c.marks, fmt.Sprint(in["orderId"])) {
					require.NotContains(t, text, mark, "shown to a %s", role)
				}
				require.Equal(t, before, c.digest(), "by a %s: %s", role, text)
			}
			c.tryAround(f.Name, f.Args, f.Type, in)
			require.Equal(t, before, c.digest())

			done := ask[struct {
				Done struct{ UserErrors []refusal }
			}](c.chief, document, vars{"in": in}).Done
			require.Empty(t, done.UserErrors)
			require.NotEqual(t, before, c.digest(), "it does something")
		})
	}
}

// tryAround sends other inputs about the same thing. What anybody may order is left out.
func (c *chain) tryAround(name string, args []input, returns reference, in vars) {
	c.Helper()
	if name == "placeOrder" {
		return
	}
	k := knownThings{cursor: c.known.cursor, ids: map[string]string{}}
	for kind, id := range c.known.ids {
		k.ids[kind] = id
	}
	if id, of := in["orderId"]; of {
		k.ids["order"] = id.(string)
	}
	step := 7 * min(raceFactor, 6)
	for n, a := range c.schema.attempts(k, argumentPlace{"mutation", "{ ", " }", name, name, args, returns}) {
		if n%step == 0 {
			for _, local := range c.locals {
				local.do(a.document, a.variables)
			}
		}
	}
}
