package proof_test

import (
	"crypto/rand"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The story of a chain, as docs/operations.md walks it: from an empty database to two shops in two zones and currencies, a day
// that closes past midnight, and an employee who leaves.
func TestAChainFromItsFirstManagerToAnEmployeeLeaving(t *testing.T) {
	t.Parallel()
	c := openChain(t)
	mario := c.signIn("mario@shop.example", managersPassword)

	night := c.location(mario, vars{
		"name": "Loop", "slug": "loop", "timeZone": zoneWhereItIs(time.Now(), 1), "dayEndsAt": "04:00", "currency": "USD", "deliveryFee": 350,
		"taxRates": []vars{{"category": "FOOD", "rateBasisPoints": 1025}, {"category": "ALCOHOL", "rateBasisPoints": 1125}},
	})
	noon := c.location(mario, vars{
		"name": "Ginza", "slug": "ginza", "timeZone": zoneWhereItIs(time.Now(), 12), "currency": "JPY", "pricesIncludeTax": true, "deliveryFee": 500,
		"taxRates": []vars{{"category": "FOOD", "rateBasisPoints": 800}, {"category": "ALCOHOL", "rateBasisPoints": 1000}},
	})
	coco := c.hire(mario, "Coco", "COOK", night)
	kenji := c.hire(mario, "Kenji", "MANAGER", noon)

	dough := c.ingredient(mario, "Dough", map[string]int{night: 40, noon: 3})
	pizza := c.dish(mario, vars{
		"name": "Margherita", "category": "Pizza", "isPizza": true, "prices": []vars{{"size": "MEDIUM", "price": 1295}},
		"ingredients": []vars{{"ingredientId": dough, "quantity": 1}},
	}, noon, 1800)
	wine := c.dish(mario, vars{
		"name": "Chianti", "category": "Wine", "taxCategory": "ALCOHOL", "prices": []vars{{"size": "ONE_SIZE", "price": 799}},
	}, noon, 900)

	// Chicago, past midnight: two pizzas and a wine to the door; 10.25 % of 25.90 is 2.65, 11.25 % of 7.99 is 0.90.
	ada := c.signUp("Ada")
	home := c.order(ada, night, 4530, vars{
		"fulfillment": "DELIVERY", "tip": 436, "deliveryAddress": vars{"street": "1 State St", "city": "Chicago", "postalCode": "60601"},
		"items": []vars{{"menuItemId": pizza, "size": "MEDIUM", "quantity": 2}, {"menuItemId": wine, "size": "ONE_SIZE", "quantity": 1}},
	})
	require.Equal(t, chainTotals{Subtotal: 3389, DeliveryFee: 350, Tax: 355, Tip: 436, Total: 4530}, home.Totals)
	// Tokyo, noon: what is on the menu contains the tax, of 3,600 yen 267 at 8 %.
	bob := c.signUp("Bob")
	lunch := c.order(bob, noon, 3600, vars{"fulfillment": "PICKUP", "items": []vars{{"menuItemId": pizza, "size": "MEDIUM", "quantity": 2}}})
	require.Equal(t, chainTotals{Subtotal: 3600, Tax: 267, Total: 3600}, lunch.Totals)

	// Each location has its own stock and its own people.
	require.Equal(t, "INSUFFICIENT_STOCK", c.refusal(bob, noon, vars{"fulfillment": "PICKUP", "items": []vars{{"menuItemId": pizza, "size": "MEDIUM", "quantity": 2}}}))
	require.Equal(t, map[string]int{night: 38, noon: 1}, map[string]int{night: c.available(mario, night, dough), noon: c.available(mario, noon, dough)})
	require.Equal(t, "NOT_FOUND", c.move(coco, "startPreparingOrder", lunch.ID), "a cook elsewhere")
	for _, step := range []struct{ who, mutation, order string }{
		{coco, "startPreparingOrder", home.ID},
		{coco, "markOrderReady", home.ID},
		{mario, "dispatchOrder", home.ID},
		{mario, "completeOrder", home.ID},
		{kenji, "startPreparingOrder", lunch.ID},
		{kenji, "markOrderReady", lunch.ID},
		{kenji, "completeOrder", lunch.ID},
	} {
		require.Empty(t, c.move(step.who, step.mutation, step.order), step)
	}

	// One of the pizzas was cold: 12.95 and half of the 2.65 of tax on both, rounded up.
	require.EqualValues(t, 1295+133, c.refund(mario, home.ID, home.Items[0].ID, 1))
	require.Equal(t, "NOT_FOUND", c.refundRefused(kenji, home.ID), "a manager elsewhere")
	// In Tokyo the price of one contains its tax.
	require.EqualValues(t, 1800, c.refund(kenji, lunch.ID, lunch.Items[0].ID, 1))

	require.Equal(t, []sale{{"Margherita", 1, 1295}}, c.sales(mario, night, "TODAY"))
	require.Equal(t, []sale{{"Margherita", 1, 1800}}, c.sales(kenji, noon, "TODAY"))
	require.Equal(t, map[string]int64{"USD": 4530 - 1295 - 133}, c.spent(ada))
	require.Equal(t, map[string]int64{"JPY": 1800}, c.spent(bob))

	// The night is over: from now on the day changes at midnight, and what was sold past it was yesterday's.
	c.closeNight(mario, night)
	require.Empty(t, c.sales(mario, night, "TODAY"))
	require.Equal(t, []sale{{"Margherita", 1, 1295}}, c.sales(mario, night, "LAST_7_DAYS"))

	// Coco leaves: signed out at once; what she did stays told.
	c.suspend(mario, "Coco")
	require.Eventually(t, func() bool { return c.asVisitor(coco) }, 5*time.Second, 20*time.Millisecond)
	require.Contains(t, c.actors(mario, home.ID), "COOK Coco")

	require.NotContains(t, c.ready.check(t), "not ready")
}

type vars = map[string]any

const managersPassword = "correct horse battery"

// chain is a shop as it should be when customers come: its database was empty, and its first manager is made by command.
type chain struct {
	*testing.T
	ready *readyShop
	url   string
	staff map[string]string // ids of accounts by name
}

func openChain(t *testing.T) *chain {
	t.Helper()
	ready := openReadyShop(t)
	folder, err := built()
	require.NoError(t, err)
	add := exec.Command(filepath.Join(folder, "pizzeria"), "account", "add", "-name", "Mario", "-email", "mario@shop.example", "-role", "MANAGER")
	add.Env = slices.Concat(ready.environment, inherited())
	add.Stdin = strings.NewReader(managersPassword)
	said, err := add.CombinedOutput()
	require.NoError(t, err, "%s", said)
	return &chain{T: t, ready: ready, url: ready.server.url, staff: map[string]string{}}
}

// zoneWhereItIs returns a time zone where it is the hour now.
func zoneWhereItIs(now time.Time, hour int) string {
	east := (hour - now.UTC().Hour() + 36) % 24 // of UTC, from -12 on
	return fmt.Sprintf("Etc/GMT%+d", 12-east)   // POSIX counts to the west
}

// payload is what mutations answer.
type payload struct {
	Token, InviteToken string
	Location, Ingredient,
	MenuItem *struct{ ID string }
	StaffMember *struct{ ID string }
	Order       *chainOrder
	Refund      *struct{ Amount int64 }
	UserErrors  []struct{ Code, Message string }
}

type chainOrder struct {
	ID     string
	Items  []struct{ ID string }
	Totals chainTotals
}

type chainTotals struct{ Subtotal, DeliveryFee, Tax, Tip, Total int64 }

// change sends a mutation with its input, and returns the payload.
func (c *chain) change(token, mutation, input string, in vars, fields string) payload {
	c.Helper()
	done, err := ask[struct{ Done payload }](c.Context(), c.url, token,
		`mutation($in: `+input+`!) { done: `+mutation+`(input: $in) { `+fields+` userErrors { code message } } }`, vars{"in": in})
	require.NoError(c, err, mutation)
	return done.Done
}

// changed is change that must be accepted.
func (c *chain) changed(token, mutation, input string, in vars, fields string) payload {
	c.Helper()
	done := c.change(token, mutation, input, in, fields)
	require.Empty(c, done.UserErrors, mutation)
	return done
}

func (c *chain) signIn(email, password string) (token string) {
	c.Helper()
	return c.changed("", "signIn", "SignInInput", vars{"email": email, "password": password}, "token").Token
}

func (c *chain) signUp(name string) (token string) {
	c.Helper()
	return c.changed("", "signUp", "SignUpInput", vars{"name": name, "email": name + "@example.org", "password": "open-sesame-" + name}, "token").Token
}

func (c *chain) location(by string, in vars) (id string) {
	c.Helper()
	in["idempotencyKey"] = rand.Text()
	in["address"] = vars{"street": "1 Main St", "city": in["name"], "postalCode": "1"}
	return c.changed(by, "createLocation", "CreateLocationInput", in, "location { id }").Location.ID
}

// hire invites somebody, who accepts, and returns the session.
func (c *chain) hire(by, name, role, location string) (token string) {
	c.Helper()
	invited := c.changed(by, "inviteStaff", "InviteStaffInput",
		vars{"name": name, "email": name + "@shop.example", "roles": []string{role}, "locationIds": []string{location}}, "staffMember { id } inviteToken")
	c.staff[name] = invited.StaffMember.ID
	return c.changed("", "acceptInvite", "AcceptInviteInput", vars{"token": invited.InviteToken, "password": "open-sesame-" + name}, "token").Token
}

func (c *chain) suspend(by, name string) {
	c.Helper()
	c.changed(by, "updateStaff", "UpdateStaffInput", vars{"id": c.staff[name], "suspended": true}, "")
}

func (c *chain) ingredient(by, name string, stock map[string]int) (id string) {
	c.Helper()
	var at []vars
	for location, onHand := range stock {
		at = append(at, vars{"locationId": location, "onHand": onHand})
	}
	return c.changed(by, "createIngredient", "CreateIngredientInput",
		vars{"idempotencyKey": rand.Text(), "name": name, "stock": at}, "ingredient { id }").Ingredient.ID
}

func (c *chain) available(by, location, ingredient string) int {
	c.Helper()
	all, err := ask[struct {
		Ingredients []struct {
			ID        string
			Available int
		}
	}](c.Context(), c.url, by, `query($at: ID!) { ingredients(locationId: $at) { id available } }`, vars{"at": location})
	require.NoError(c, err)
	for _, one := range all.Ingredients {
		if one.ID == ingredient {
			return one.Available
		}
	}
	return -1
}

// dish puts something with one size on the menu, at another price at one location.
func (c *chain) dish(by string, in vars, elsewhere string, price int) (id string) {
	c.Helper()
	in["idempotencyKey"] = rand.Text()
	id = c.changed(by, "createMenuItem", "CreateMenuItemInput", in, "menuItem { id }").MenuItem.ID
	size := in["prices"].([]vars)[0]["size"]
	c.changed(by, "updateMenuItem", "UpdateMenuItemInput", vars{
		"id": id, "locations": []vars{{"locationId": elsewhere, "prices": []vars{{"size": size, "price": price}}}},
	}, "menuItem { id }")
	return id
}

// place sends an order that is paid by card.
func (c *chain) place(by, location string, in vars) payload {
	c.Helper()
	in["idempotencyKey"], in["locationId"], in["paymentMethod"], in["paymentToken"] = rand.Text(), location, "CARD", "tok_ok"
	return c.change(by, "placeOrder", "PlaceOrderInput", in, "order { id items { id } totals { subtotal deliveryFee tax tip total } }")
}

func (c *chain) order(by, location string, total int, in vars) chainOrder {
	c.Helper()
	in["expectedTotal"] = total
	done := c.place(by, location, in)
	require.Empty(c, done.UserErrors)
	return *done.Order
}

func (c *chain) refusal(by, location string, in vars) (code string) {
	c.Helper()
	return firstCode(c.place(by, location, in))
}

func (c *chain) move(by, mutation, order string) (refused string) {
	c.Helper()
	return firstCode(c.change(by, mutation, "OrderActionInput", vars{"orderId": order}, ""))
}

func firstCode(done payload) string {
	if len(done.UserErrors) == 0 {
		return ""
	}
	return done.UserErrors[0].Code
}

func (c *chain) refund(by, order, item string, quantity int) (amount int64) {
	c.Helper()
	return c.changed(by, "refundOrder", "RefundOrderInput", vars{
		"orderId": order, "idempotencyKey": rand.Text(), "reason": "It was cold.", "lines": []vars{{"itemId": item, "quantity": quantity}},
	}, "refund { amount }").Refund.Amount
}

func (c *chain) refundRefused(by, order string) (code string) {
	c.Helper()
	return firstCode(c.change(by, "refundOrder", "RefundOrderInput", vars{"orderId": order, "idempotencyKey": rand.Text(), "reason": "r", "amount": 1}, ""))
}

type sale struct {
	Name     string
	Quantity int
	Revenue  int64
}

func (c *chain) sales(by, location, period string) []sale {
	c.Helper()
	told, err := ask[struct{ PopularPizzas []sale }](c.Context(), c.url, by,
		`query($at: ID!, $period: Period!) { popularPizzas(locationId: $at, period: $period) { name quantity revenue } }`, vars{"at": location, "period": period})
	require.NoError(c, err)
	return told.PopularPizzas
}

// spent returns what a customer has spent, by currency.
func (c *chain) spent(by string) map[string]int64 {
	c.Helper()
	told, err := ask[struct {
		OrderHistory struct {
			Spent []struct {
				Currency string
				Amount   int64
			}
		}
	}](c.Context(), c.url, by, `{ orderHistory { spent { currency amount } } }`, nil)
	require.NoError(c, err)
	all := map[string]int64{}
	for _, one := range told.OrderHistory.Spent {
		all[one.Currency] = one.Amount
	}
	return all
}

func (c *chain) closeNight(by, location string) {
	c.Helper()
	c.changed(by, "updateLocation", "UpdateLocationInput", vars{"id": location, "dayEndsAt": "00:00"}, "")
}

// asVisitor tells whether a session has ended.
func (c *chain) asVisitor(token string) bool {
	_, err := ask[struct{ Viewer *struct{ ID string } }](c.Context(), c.url, token, `{ orders(first: 0) { asOf } }`, nil)
	return err != nil && strings.Contains(err.Error(), "UNAUTHENTICATED")
}

// actors returns who has moved an order.
func (c *chain) actors(by, order string) (all []string) {
	c.Helper()
	told, err := ask[struct {
		Order struct {
			Timeline []struct{ Actor struct{ Role, Name string } }
		}
	}](c.Context(), c.url, by, `query($id: ID!) { order(id: $id) { timeline { actor { role name } } } }`, vars{"id": order})
	require.NoError(c, err)
	for _, e := range told.Order.Timeline {
		all = append(all, e.Actor.Role+" "+e.Actor.Name)
	}
	return all
}
