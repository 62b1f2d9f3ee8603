package proof_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
)

// workload is the requests of customers and staff through the API, to any server.
type workload struct {
	f                    *fleet
	dish, customer, cook string
	placed               atomic.Int64

	done, refused, failed atomic.Int64
}

func (f *fleet) newWorkload() *workload {
	f.t.Helper()
	w := &workload{f: f, customer: f.account(auth.RoleCustomer), cook: f.account(auth.RoleManager)}
	added, err := ask[struct {
		CreateMenuItem struct{ MenuItem struct{ ID string } }
	}](f.t.Context(), f.at(0).url, w.cook, `mutation {
		createMenuItem(input: {idempotencyKey: "endless", name: "Endless", category: "Pizza", isPizza: true, prices: [{size: MEDIUM, price: 1000}]}) { menuItem { id } }
	}`, nil)
	require.NoError(f.t, err)
	w.dish = added.CreateMenuItem.MenuItem.ID
	return w
}

// commandResult is the answer to a command. Order is nil if the command was refused.
type commandResult struct{ Order *placedOrder }

type placedOrder struct {
	ID, Status string
	Version    int
}

// place orders in cash for delivery: one dish if no items are given.
func (w *workload) place(ctx context.Context, url string, items ...map[string]any) (commandResult, error) {
	if len(items) == 0 {
		items = []map[string]any{{"menuItemId": w.dish, "size": "MEDIUM", "quantity": 1}}
	}
	answer, err := ask[struct{ Done commandResult }](ctx, url, w.customer, `mutation ($items: [OrderItemInput!]!, $key: String!) {
		done: placeOrder(input: {
			idempotencyKey: $key, fulfillment: DELIVERY, paymentMethod: CASH, items: $items
			deliveryAddress: {street: "Via Roma 1", city: "Napoli", postalCode: "80100"}
		}) { order { id status version } userErrors { code } }
	}`, map[string]any{"items": items, "key": fmt.Sprint("order ", w.placed.Add(1))})
	return answer.Done, err
}

func (w *workload) move(ctx context.Context, url, how, id string) (commandResult, error) {
	answer, err := ask[struct{ Done commandResult }](ctx, url, w.cook, fmt.Sprintf(`mutation ($id: ID!) {
		done: %s(input: {orderId: $id}) { order { id status version } userErrors { code } }
	}`, how), map[string]any{"id": id})
	return answer.Done, err
}

// addRareDish adds a dish and returns the id of its only ingredient.
func (w *workload) addRareDish() (ingredientID string) {
	w.f.t.Helper()
	rare, err := ask[struct {
		CreateIngredient struct{ Ingredient struct{ ID string } }
	}](w.f.t.Context(), w.f.at(0).url, w.cook, `mutation {
		createIngredient(input: {idempotencyKey: "truffle", name: "Truffle", stock: [{onHand: 1}]}) { ingredient { id } }
	}`, nil)
	require.NoError(w.f.t, err)
	ingredientID = rare.CreateIngredient.Ingredient.ID
	_, err = ask[struct{}](w.f.t.Context(), w.f.at(0).url, w.cook, `mutation ($id: ID!) {
		createMenuItem(input: {
			idempotencyKey: "rare",
			name: "Rare", category: "Pizza", isPizza: true, prices: [{size: MEDIUM, price: 1000}], ingredients: [{ingredientId: $id, quantity: 1}]
		}) { userErrors { code } }
	}`, map[string]any{"id": ingredientID})
	require.NoError(w.f.t, err)
	return ingredientID
}

// changeMenu changes one dish, and the stock of the rare dish's ingredient, at any server until ctx ends.
func (w *workload) changeMenu(ctx context.Context, random *rand.Rand, ingredientID string) {
	for n := 0; ctx.Err() == nil; n++ {
		_, err := ask[struct{}](w.f.t.Context(), w.f.any(random), w.cook, `mutation ($id: ID!, $text: String!) {
			updateMenuItem(input: {id: $id, description: $text}) { userErrors { code } }
		}`, map[string]any{"id": w.dish, "text": fmt.Sprint("for the ", n, "th time")})
		if err == nil {
			_, err = ask[struct{}](w.f.t.Context(), w.f.any(random), w.cook, `mutation ($id: ID!, $n: Int!) {
				setStock(input: {ingredientId: $id, onHand: $n}) { userErrors { code } }
			}`, map[string]any{"id": ingredientID, "n": n % 2})
		}
		if err != nil {
			w.failed.Add(1)
		}
		time.Sleep(time.Duration(random.Int64N(int64(100 * time.Millisecond))))
	}
}

// placeOrders places n orders and returns their ids.
func (w *workload) placeOrders(t *testing.T, n int) (ids []string) {
	t.Helper()
	for range n {
		done, err := w.place(t.Context(), w.f.at(0).url)
		require.NoError(t, err)
		require.NotNil(t, done.Order)
		ids = append(ids, done.Order.ID)
	}
	return ids
}

// run sends perSecond commands a second until ctx ends. For each given order one worker dispatches and returns it over
// and over, and another places orders and moves each of them to its delivery. A command that has begun is completed.
func (w *workload) run(ctx context.Context, perSecond int, random *rand.Rand, orders []string) {
	turn := time.NewTicker(time.Second / time.Duration(perSecond))
	defer turn.Stop()
	var people sync.WaitGroup
	defer people.Wait()
	for _, id := range orders {
		keeper, other := rand.New(rand.NewPCG(random.Uint64(), 1)), rand.New(rand.NewPCG(random.Uint64(), 2))
		people.Go(func() { w.moveOrder(ctx, turn.C, keeper, id) })
		people.Go(func() {
			for ctx.Err() == nil {
				w.moveOrder(ctx, turn.C, other, "")
			}
		})
	}
}

// moveOrder moves an order on and on. An order without an id is placed first, and moved until it is delivered.
func (w *workload) moveOrder(ctx context.Context, turn <-chan time.Time, random *rand.Rand, id string) {
	placing := id == ""
	status := ""
	for awaitTurn(ctx, turn) {
		url := w.f.any(random)
		var done commandResult
		var err error
		switch how := nextMove[status]; {
		case id == "":
			done, err = w.place(w.f.t.Context(), url)
		case status == "DELIVERED":
			return
		case placing && status == "OUT_FOR_DELIVERY":
			done, err = w.move(w.f.t.Context(), url, "completeOrder", id)
		case status == "":
			done, err = ask[commandResult](w.f.t.Context(), url, w.cook, `query ($id: ID!) { order(id: $id) { id status version } }`, map[string]any{"id": id})
		default:
			done, err = w.move(w.f.t.Context(), url, how, id)
		}
		status = ""
		switch {
		case err != nil:
			w.failed.Add(1)
		case done.Order == nil:
			w.refused.Add(1)
		default:
			w.done.Add(1)
			id, status = done.Order.ID, done.Order.Status
		}
	}
}

// nextMove leads from READY to OUT_FOR_DELIVERY and back, without an end.
var nextMove = map[string]string{
	"CONFIRMED": "startPreparingOrder", "PREPARING": "markOrderReady", "READY": "dispatchOrder", "OUT_FOR_DELIVERY": "returnOrder",
}

// awaitTurn waits for the worker's turn. It returns false once there won't be another.
func awaitTurn(ctx context.Context, turn <-chan time.Time) bool {
	select {
	case <-ctx.Done():
		return false
	case <-turn:
		return ctx.Err() == nil
	}
}

func (w *workload) count() string {
	return fmt.Sprintf("%d commands answered, %d refused, %d failed", w.done.Load(), w.refused.Load(), w.failed.Load())
}
