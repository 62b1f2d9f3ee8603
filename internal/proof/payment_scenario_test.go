package proof_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// scenario is one order to which several people do something at the same time.
type scenario struct {
	*testing.T
	shop    *shop
	servers []server
	random  *rand.Rand
	key     string
	order   uuid.UUID
}

// run places an order and carries out one of several sets of concurrent actions on it.
func (sc *scenario) run(pizza uuid.UUID) {
	token := pick(sc.random, []string{"tok_requires_action", "tok_requires_action", "tok_ok", "tok_slow", "tok_reset"})
	done, err := placeWithRetry(sc.Context(), pick(sc.random, sc.servers), pickup(sc.shop.customers[0], pizza, sc.key, token))
	if err != nil {
		sc.Errorf("place order: %v", err)
		return
	}
	sc.order = done.Order.ID
	customer := sc.shop.customers[0]
	if token == "tok_requires_action" {
		sc.runConcurrently(pick(sc.random, [][]func(){
			{sc.finishAtBank("")},
			{sc.finishAtBank("true")},
			{sc.finishAtBank(""), sc.pay("tok_ok"), sc.pay("tok_requires_action"), sc.finishAtBank("")},
			{sc.finishAtBank(""), sc.pay("tok_ok"), sc.move(customer, ordering.Cancel)},
			{sc.finishAtBank(""), sc.finishAtBank("true"), sc.pay("tok_declined"), sc.pay("tok_ok")},
			{sc.finishAtBank("true"), sc.finishAtBank("true"), sc.pay("tok_declined")},
			{sc.finishAtBank(""), sc.cancelAtGateway(), sc.pay("tok_requires_action"), sc.cancelAtGateway()},
			{sc.finishAtBank(""), sc.move(cook, ordering.StartPreparing), sc.move(customer, ordering.Cancel)},
		})...)
		return
	}
	// A hold that is cancelled by hand doesn't meet the kitchen here: that order would stay unpaid.
	sc.runConcurrently(pick(sc.random, [][]func(){
		{sc.cancelAtGateway(), sc.cancelAtGateway(), sc.move(customer, ordering.Cancel)},
		{sc.cancelAtGateway(), sc.move(cook, ordering.Reject)},
		{sc.move(cook, ordering.StartPreparing), sc.move(customer, ordering.Cancel), sc.refund(100)},
		{sc.move(cook, ordering.StartPreparing)},
		{sc.move(cook, ordering.StartPreparing)},
	})...)
	sc.runConcurrently(pick(sc.random, [][]func(){
		{sc.refund(100 + sc.random.IntN(900)), sc.refund(50), sc.refund(60)},
		{sc.refund(100 + sc.random.IntN(900)), sc.move(cook, ordering.Cancel), sc.refund(50)},
	})...)
}

// runConcurrently carries out all actions, each of which begins within 20 ms.
func (sc *scenario) runConcurrently(actions ...func()) {
	var all sync.WaitGroup
	for _, action := range actions {
		pause := time.Duration(sc.random.IntN(20)) * time.Millisecond
		all.Go(func() {
			time.Sleep(pause)
			action()
		})
	}
	all.Wait()
}

func (sc *scenario) move(by auth.Actor, action ordering.Action) func() {
	a, reason := pick(sc.random, sc.servers), "Because."
	return func() {
		_, err := a.MoveOrder.Handle(sc.Context(), ordering.MoveOrder{OrderID: sc.order, Action: action, By: by, Reason: &reason})
		sc.recordError(err)
	}
}

func (sc *scenario) pay(token string) func() {
	a := pick(sc.random, sc.servers)
	return func() {
		_, err := a.ProcessPayment.Handle(sc.Context(), ordering.ProcessPayment{
			By: sc.shop.customers[0], IdempotencyKey: sc.key + token, OrderID: sc.order, PaymentToken: token,
		})
		sc.recordError(err)
	}
}

// recordError fails the test unless err is a refusal.
func (sc *scenario) recordError(err error) {
	if _, refused := fault.As(err); err != nil && !refused {
		sc.Error(err)
	}
}

func (sc *scenario) finishAtBank(refuse string) func() {
	return func() { sc.callGateway("/_bank", url.Values{"order": {sc.order.String()}, "refuse": {refuse}}) }
}

func (sc *scenario) cancelAtGateway() func() {
	return func() { sc.callGateway("/v1/payment_intents/"+sc.intent()+"/cancel", nil) }
}

func (sc *scenario) refund(amount int) func() {
	return func() {
		sc.callGateway("/v1/refunds", url.Values{"payment_intent": {sc.intent()}, "amount": {fmt.Sprint(amount)}})
	}
}

func (sc *scenario) intent() string {
	var id *string
	err := sc.shop.db.Pool.QueryRow(sc.Context(), `SELECT p.intent_id FROM public.payments AS p WHERE p.order_id = $1`, sc.order).Scan(&id)
	if err != nil || id == nil {
		return "none"
	}
	return *id
}

// callGateway does what somebody does at the gateway by hand. The gateway may refuse, since other actions run
// meanwhile.
func (sc *scenario) callGateway(path string, form url.Values) {
	request, err := http.NewRequestWithContext(sc.Context(), http.MethodPost, sc.shop.gateway.URL()+path, strings.NewReader(form.Encode()))
	if err != nil {
		sc.Error(err)
		return
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", "Bearer sk_proof")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		sc.Error(err)
		return
	}
	if _ = response.Body.Close(); response.StatusCode >= http.StatusInternalServerError || response.StatusCode == http.StatusUnauthorized {
		sc.Errorf("%s: %d", path, response.StatusCode)
	}
}
