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

// work is what customers and staff do through the API, at any server.
type work struct {
	f                    *fleet
	dish, customer, cook string
	placed               atomic.Int64

	done, refused, lost atomic.Int64
}

func (f *fleet) work() *work {
	f.t.Helper()
	w := &work{f: f, customer: f.account(auth.RoleCustomer), cook: f.account(auth.RoleManager)}
	added, err := ask[struct {
		CreateMenuItem struct{ MenuItem struct{ ID string } }
	}](f.t.Context(), f.at(0).url, w.cook, `mutation {
		createMenuItem(input: {name: "Endless", category: "Pizza", prices: [{size: MEDIUM, price: 1000}]}) { menuItem { id } }
	}`, nil)
	require.NoError(f.t, err)
	w.dish = added.CreateMenuItem.MenuItem.ID
	return w
}

// moved is the order after a command; nil if the command was refused.
type moved struct{ Order *placement }

type placement struct {
	ID, Status string
	Version    int
}

// place orders for cash, to be delivered: one dish, if nothing else is said.
func (w *work) place(ctx context.Context, url string, items ...map[string]any) (moved, error) {
	if len(items) == 0 {
		items = []map[string]any{{"menuItemId": w.dish, "size": "MEDIUM", "quantity": 1}}
	}
	answer, err := ask[struct{ Done moved }](ctx, url, w.customer, `mutation ($items: [OrderItemInput!]!, $key: String!) {
		done: placeOrder(input: {
			idempotencyKey: $key, fulfillment: DELIVERY, paymentMethod: CASH, items: $items
			deliveryAddress: {street: "Via Roma 1", city: "Napoli", postalCode: "80100"}
		}) { order { id status version } userErrors { code } }
	}`, map[string]any{"items": items, "key": fmt.Sprint("order ", w.placed.Add(1))})
	return answer.Done, err
}

func (w *work) move(ctx context.Context, url, how, id string) (moved, error) {
	answer, err := ask[struct{ Done moved }](ctx, url, w.cook, fmt.Sprintf(`mutation ($id: ID!) {
		done: %s(input: {orderId: $id}) { order { id status version } userErrors { code } }
	}`, how), map[string]any{"id": id})
	return answer.Done, err
}

// changeMenu has a manager change a dish, and count what another is made of, at any server, until ctx ends.
func (w *work) changeMenu(ctx context.Context, random *rand.Rand) {
	rare, err := ask[struct {
		CreateIngredient struct{ Ingredient struct{ ID string } }
	}](w.f.t.Context(), w.f.at(0).url, w.cook, `mutation {
		createIngredient(input: {name: "Truffle", onHand: 1}) { ingredient { id } }
	}`, nil)
	if err == nil {
		_, err = ask[struct{}](w.f.t.Context(), w.f.at(0).url, w.cook, `mutation ($id: ID!) {
			createMenuItem(input: {
				name: "Rare", category: "Pizza", prices: [{size: MEDIUM, price: 1000}], ingredients: [{ingredientId: $id, quantity: 1}]
			}) { userErrors { code } }
		}`, map[string]any{"id": rare.CreateIngredient.Ingredient.ID})
	}
	if err != nil {
		w.f.t.Errorf("add a rare dish: %v", err)
	}
	for n := 0; ctx.Err() == nil; n++ {
		_, err := ask[struct{}](w.f.t.Context(), w.f.any(random), w.cook, `mutation ($id: ID!, $text: String!) {
			updateMenuItem(input: {id: $id, description: $text}) { userErrors { code } }
		}`, map[string]any{"id": w.dish, "text": fmt.Sprint("for the ", n, "th time")})
		if err == nil {
			_, err = ask[struct{}](w.f.t.Context(), w.f.any(random), w.cook, `mutation ($id: ID!, $n: Int!) {
				setStock(input: {ingredientId: $id, onHand: $n}) { userErrors { code } }
			}`, map[string]any{"id": rare.CreateIngredient.Ingredient.ID, "n": n % 2})
		}
		if err != nil {
			w.lost.Add(1)
		}
		time.Sleep(time.Duration(random.Int64N(int64(100 * time.Millisecond))))
	}
}

// orders places so many orders, and returns their ids.
func (w *work) orders(t *testing.T, n int) (ids []string) {
	t.Helper()
	for range n {
		done, err := w.place(t.Context(), w.f.at(0).url)
		require.NoError(t, err)
		require.NotNil(t, done.Order)
		ids = append(ids, done.Order.ID)
	}
	return ids
}

// run has one person for each order named, who sends it out again and again, and as many who see one order after the
// other through, so many commands a second in all, until ctx ends. What has begun is brought to its end.
func (w *work) run(ctx context.Context, perSecond int, random *rand.Rand, orders []string) {
	turn := time.NewTicker(time.Second / time.Duration(perSecond))
	defer turn.Stop()
	var people sync.WaitGroup
	defer people.Wait()
	for _, id := range orders {
		keeper, other := rand.New(rand.NewPCG(random.Uint64(), 1)), rand.New(rand.NewPCG(random.Uint64(), 2))
		people.Go(func() { w.keep(ctx, turn.C, keeper, id) })
		people.Go(func() {
			for ctx.Err() == nil {
				w.keep(ctx, turn.C, other, "")
			}
		})
	}
}

// keep moves an order on and on; a new one ("") is placed first, and the work ends with its delivery.
func (w *work) keep(ctx context.Context, turn <-chan time.Time, random *rand.Rand, id string) {
	placing := id == ""
	status := ""
	for await(ctx, turn) {
		url := w.f.any(random)
		var done moved
		var err error
		switch how := next[status]; {
		case id == "":
			done, err = w.place(w.f.t.Context(), url)
		case status == "DELIVERED":
			return
		case placing && status == "OUT_FOR_DELIVERY":
			done, err = w.move(w.f.t.Context(), url, "completeOrder", id)
		case status == "":
			done, err = ask[moved](w.f.t.Context(), url, w.cook, `query ($id: ID!) { order(id: $id) { id status version } }`, map[string]any{"id": id})
		default:
			done, err = w.move(w.f.t.Context(), url, how, id)
		}
		status = ""
		switch {
		case err != nil:
			w.lost.Add(1)
		case done.Order == nil:
			w.refused.Add(1)
		default:
			w.done.Add(1)
			id, status = done.Order.ID, done.Order.Status
		}
	}
}

// next leads round and round.
var next = map[string]string{
	"CONFIRMED": "startPreparingOrder", "PREPARING": "markOrderReady", "READY": "dispatchOrder", "OUT_FOR_DELIVERY": "returnOrder",
}

// await waits for one's turn; false once there won't be another.
func await(ctx context.Context, turn <-chan time.Time) bool {
	select {
	case <-ctx.Done():
		return false
	case <-turn:
		return ctx.Err() == nil
	}
}

func (w *work) count() string {
	return fmt.Sprintf("%d commands answered, %d refused, %d lost", w.done.Load(), w.refused.Load(), w.lost.Load())
}
