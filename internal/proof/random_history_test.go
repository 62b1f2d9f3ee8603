package proof_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

var allOrders = orderview.Orders{By: manager, First: 1}

// history is what random workers did, and the answers that they got.
type history struct {
	t           *testing.T
	shop        *shop
	servers     []server
	ingredients []uuid.UUID
	choices     choices

	mu        sync.Mutex
	locations []uuid.UUID // in several currencies; the first three are there from the start
	dishes    []uuid.UUID
	orders    []uuid.UUID
	intents   []intent

	done, refused, lost atomic.Int64
}

// intent is a request that can be repeated, with its first answer.
type intent struct {
	repeat func(a server) string
	answer string
}

func newHistory(t *testing.T, s *shop, servers []server) *history {
	t.Helper()
	h := &history{t: t, shop: s, servers: servers, locations: []uuid.UUID{s.at}}
	for _, currency := range []string{"JPY", "EUR"} {
		require.NoError(t, h.openLocation(servers[0], currency))
	}
	for i := range 6 {
		cmd := inventory.CreateIngredient{By: manager, IdempotencyKey: fmt.Sprint("Ingredient ", i), Name: fmt.Sprint("Ingredient ", i)}
		for _, at := range h.locations {
			cmd.Stock = append(cmd.Stock, inventory.LocationStock{LocationID: &at, OnHand: 40 + 20*i})
		}
		added, err := servers[0].CreateIngredient.Handle(t.Context(), cmd)
		require.NoError(t, err)
		h.ingredients = append(h.ingredients, added.ID)
	}
	h.choices = newChoices(t, servers[0], h.ingredients)
	for i := range 12 {
		id := dish(t, servers[0], fmt.Sprint("Pizza ", i), h.ingredients[i%6], h.ingredients[(i*5+1)%6])
		_, err := servers[0].UpdateMenuItem.Handle(t.Context(), menu.UpdateMenuItem{By: manager, ID: id, OptionGroups: &h.choices.groups, Halves: new(h.choices.policy())})
		require.NoError(t, err)
		h.dishes = append(h.dishes, id)
	}
	return h
}

// work carries out one random action after another until ctx ends. It completes the action that it has begun.
func (h *history) work(ctx context.Context, n uint64) {
	random := rand.New(rand.NewPCG(historySeed, n))
	for i := 0; ctx.Err() == nil; i++ {
		a := h.servers[random.IntN(len(h.servers))]
		var err error
		switch dice := random.IntN(100); {
		case dice < 25:
			err = h.place(a, random, fmt.Sprint(n, "-", i))
		case dice < 32:
			err = h.repeatRequest(a, random)
		case dice < 55:
			err = h.move(a, random)
		case dice < 65:
			err = h.actInKitchen(a, random)
		case dice < 72:
			err = h.pay(a, random, fmt.Sprint("pay ", n, "-", i))
		case dice < 76:
			err = h.refund(a, random, fmt.Sprint("refund ", n, "-", i))
		case dice < 78:
			err = h.amend(a, random, fmt.Sprint("amend ", n, "-", i))
		case dice < 80:
			err = h.changeMenu(a, random, fmt.Sprint("Special ", n, "-", i))
		case dice < 84:
			at := h.pickRecent(random, &h.locations)
			_, err = a.SetStock.Handle(h.t.Context(), inventory.SetStock{By: manager, IngredientID: pick(random, h.ingredients), LocationID: &at, OnHand: random.IntN(200)})
		case dice < 87:
			err = h.sellOut(a, random)
		case dice < 88 && i%8 == 0:
			err = h.openLocation(a, pick(random, []string{"EUR", "USD", "JPY"}))
		default:
			err = h.rawTransaction(random)
		}
		h.recordOutcome(err)
	}
}

// sellOut says that there is none of an ingredient, for a moment or until somebody says otherwise, or that there is some.
func (h *history) sellOut(a server, random *rand.Rand) error {
	at := h.pickRecent(random, &h.locations)
	cmd := inventory.SetIngredientAvailability{By: cook, IngredientID: pick(random, h.ingredients), LocationID: &at, Available: random.IntN(3) > 0}
	if !cmd.Available && random.IntN(2) == 0 {
		cmd.Until = new(time.Now().Add(time.Duration(100+random.IntN(500)) * time.Millisecond))
	}
	cmd.DryRun = random.IntN(10) == 0
	_, err := a.SetAvailability.Handle(h.t.Context(), cmd)
	return err
}

// mostLocations bounds the locations that a history opens.
const mostLocations = 8

// openLocation opens one more location, with taxes and a fee of its own, where nothing limits what a customer has open.
func (h *history) openLocation(a server, currency string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := len(h.locations)
	if n == mostLocations {
		return nil
	}
	opened, err := a.CreateLocation.Handle(h.t.Context(), location.CreateLocation{
		By: manager, IdempotencyKey: fmt.Sprint("location ", n), Name: fmt.Sprint("Location ", n), Slug: fmt.Sprint("location-", n),
		Address: postal.Address{Street: "Via Roma 1", City: "Napoli", PostalCode: "80100"}, TimeZone: "Asia/Tokyo", Currency: currency,
		DeliveryFee: 200, TaxRates: []location.TaxRate{{Category: location.Food, RateBasisPoints: 1000}}, OrderLimits: &location.OrderLimits{},
	})
	if err == nil {
		h.locations = append(h.locations, opened.ID)
	}
	return err
}

// recordOutcome counts an outcome. Refusals and lost races are expected; any other error fails the test.
func (h *history) recordOutcome(err error) {
	var lost *retryableError
	switch _, refused := fault.As(err); {
	case err == nil:
		h.done.Add(1)
	case refused:
		h.refused.Add(1)
	case errors.As(err, &lost):
		h.lost.Add(1)
	default:
		h.t.Errorf("seed %d: %v", historySeed, err)
	}
}

func (h *history) count() string {
	return fmt.Sprintf("%d done, %d refused, %d raw transactions rolled back by the database", h.done.Load(), h.refused.Load(), h.lost.Load())
}

var paymentTokens = []string{"", "", "", "tok_ok", "tok_ok", "tok_declined", "tok_requires_action", "tok_slow", "tok_reset", "tok_timeout", "tok_error_once"}

func (h *history) place(a server, random *rand.Rand, key string) error {
	cmd := pickup(pick(random, h.shop.customers), h.pickRecent(random, &h.dishes), key, pick(random, paymentTokens))
	at := h.pickRecent(random, &h.locations)
	cmd.LocationID, cmd.Tip = &at, random.Int64N(300)
	for range random.IntN(3) {
		cmd.Items = append(cmd.Items, ordering.ItemRequest{MenuItemID: h.pickRecent(random, &h.dishes), Size: menu.Medium, Quantity: 1 + random.IntN(3)})
	}
	h.choices.choose(random, cmd.Items, func() uuid.UUID { return h.pickRecent(random, &h.dishes) })
	if random.IntN(2) == 0 {
		cmd.Fulfillment = ordering.Delivery
		cmd.DeliveryAddress = &postal.Address{Street: "Via Roma 1", City: "Napoli", PostalCode: "80100"}
	}
	done, err := a.PlaceOrder.Handle(h.t.Context(), cmd)
	if refusal, refused := fault.As(err); err != nil && (!refused || refusal.Code.Passing()) {
		return err // its repetition is tried anew
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil {
		h.orders = append(h.orders, done.Order.ID)
	}
	h.intents = append(h.intents, intent{answer: said(done, err), repeat: func(a server) string {
		return said(a.PlaceOrder.Handle(h.t.Context(), cmd))
	}})
	return err
}

// repeatRequest repeats a request that was answered before, and compares the answers.
func (h *history) repeatRequest(a server, random *rand.Rand) error {
	h.mu.Lock()
	if len(h.intents) == 0 {
		h.mu.Unlock()
		return nil
	}
	first := pick(random, h.intents)
	h.mu.Unlock()
	if answer := first.repeat(a); answer != first.answer {
		return fmt.Errorf("repeated: %s, first: %s", answer, first.answer)
	}
	return nil
}

func (h *history) requireFirstAnswers(t *testing.T) {
	t.Helper()
	for i, intent := range h.intents {
		require.Equal(t, intent.answer, intent.repeat(h.servers[i%len(h.servers)]))
	}
}

var actions = []ordering.Action{
	ordering.Confirm, ordering.Reject, ordering.StartPreparing, ordering.StartPreparing, ordering.MarkReady, ordering.MarkReady,
	ordering.Dispatch, ordering.Return, ordering.Complete, ordering.Complete, ordering.Cancel,
}

func (h *history) move(a server, random *rand.Rand) error {
	reason := "Because."
	cmd := ordering.MoveOrder{
		OrderID: h.pickRecent(random, &h.orders), Action: pick(random, actions), Reason: &reason,
		By: pick(random, append([]auth.Actor{cook, driver, manager}, h.shop.customers...)),
	}
	if cmd.By.Staff() && random.IntN(4) == 0 {
		cmd.By.LocationIDs = []uuid.UUID{h.pickRecent(random, &h.locations)}
	}
	if !cmd.By.Staff() {
		cmd.Action = ordering.Cancel // the edge lets customers do nothing else
	}
	if random.IntN(3) == 0 {
		expected := 1 + random.IntN(5)
		cmd.ExpectedVersion = &expected
	}
	_, err := a.MoveOrder.Handle(h.t.Context(), cmd)
	return err
}

func (h *history) pay(a server, random *rand.Rand, key string) error {
	_, err := a.ProcessPayment.Handle(h.t.Context(), ordering.ProcessPayment{
		By: manager, IdempotencyKey: key, OrderID: h.pickRecent(random, &h.orders), PaymentToken: pick(random, paymentTokens[3:]),
	})
	return err
}

func (h *history) refund(a server, random *rand.Rand, key string) error {
	cmd := ordering.RefundOrder{By: manager, IdempotencyKey: key, OrderID: h.pickRecent(random, &h.orders), Reason: "Cold."}
	found, err := a.Order.Handle(h.t.Context(), orderview.ByID{ID: cmd.OrderID, By: manager})
	if err != nil {
		return err
	}
	if found != nil {
		order, err := found.Detail()
		if err != nil {
			return err
		}
		for _, item := range order.Items {
			if random.IntN(3) == 0 {
				cmd.Lines = append(cmd.Lines, ordering.RefundLine{ItemID: item.ID, Quantity: 1 + random.IntN(item.Quantity)})
			}
		}
		cmd.Restock = len(cmd.Lines) > 0 && random.IntN(2) == 0
		cmd.DeliveryFee, cmd.Tip = random.IntN(4) == 0, random.Int64N(order.Totals.Tip+1)*random.Int64N(2)
		if random.IntN(2) == 0 {
			amount := 1 + random.Int64N(order.Totals.Total+1)
			cmd.Amount = &amount
		}
	}
	_, err = a.RefundOrder.Handle(h.t.Context(), cmd)
	return err
}

func (h *history) changeMenu(a server, random *rand.Rand, name string) error {
	ctx, id := h.t.Context(), h.pickRecent(random, &h.dishes)
	recipe := []menu.RecipeLine{{IngredientID: pick(random, h.ingredients), Quantity: 1 + random.IntN(3)}}
	switch random.IntN(10) {
	case 0:
		_, err := a.ArchiveMenuItem.Handle(ctx, menu.ArchiveMenuItem{By: manager, ID: id})
		return err
	case 1, 2:
		added, err := a.CreateMenuItem.Handle(ctx, menu.CreateMenuItem{
			By: manager, IdempotencyKey: name, Name: name, Category: "Pizza", IsPizza: true, Ingredients: recipe, Prices: []menu.Price{{Size: menu.Medium, Price: random.Int64N(2_000)}},
			Locations: []menu.OfferChange{h.otherwise(random)}, OptionGroups: h.choices.groups, Halves: h.choices.policy(),
		})
		if err == nil {
			h.mu.Lock()
			h.dishes = append(h.dishes, added.ID)
			h.mu.Unlock()
		}
		return err
	case 3, 4, 5:
		_, err := a.UpdateMenuItem.Handle(ctx, menu.UpdateMenuItem{By: manager, ID: id, Ingredients: &recipe})
		return err
	case 6, 7:
		_, err := a.UpdateMenuItem.Handle(ctx, menu.UpdateMenuItem{By: manager, ID: id, Locations: []menu.OfferChange{h.otherwise(random)}})
		return err
	default:
		available := random.IntN(4) > 0
		_, err := a.UpdateMenuItem.Handle(ctx, menu.UpdateMenuItem{
			By: manager, ID: id, IsAvailable: &available, Prices: &[]menu.Price{{Size: menu.Medium, Price: 500 + random.Int64N(2_000)}},
		})
		return err
	}
}

// otherwise is what a location does otherwise with a dish.
func (h *history) otherwise(random *rand.Rand) menu.OfferChange {
	change := menu.OfferChange{LocationID: h.pickRecent(random, &h.locations)}
	if random.IntN(2) == 0 {
		change.IsAvailable = new(pick(random, []*bool{nil, new(true), new(false), new(false)}))
	}
	if random.IntN(2) == 0 {
		change.Prices = new(&[]menu.Price{{Size: menu.Medium, Price: random.Int64N(3_000)}})
	}
	return change
}

// pickRecent picks one of a growing list, half of the time one of the newest; the zero id if the list is empty.
func (h *history) pickRecent(random *rand.Rand, list *[]uuid.UUID) uuid.UUID {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := len(*list)
	switch {
	case n == 0:
		return uuid.Nil
	case random.IntN(2) == 0:
		return (*list)[n-1-random.IntN(min(n, 12))]
	}
	return pick(random, *list)
}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }
