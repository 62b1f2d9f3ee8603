package e2e_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A guest is a new customer each time. What holds the stock is counted by the phone number, and by the network.
func TestGuestsHoldNoMoreThanACustomer(t *testing.T) {
	s := open(t)
	s.run(`UPDATE public.locations AS l SET open_orders_limit = 4, open_portions_limit = 60, new_customer_cash_orders_limit = 2 WHERE l.slug = 'chicago'`)
	other := s.serve(s.config)
	var placed, refused atomic.Int32
	var sent sync.WaitGroup
	for i, number := range []string{"+39 081 555 0101", "0815550101", "0039 (081) 5550101", "081-555-0101", "081 555 01 01"} {
		sent.Go(func() {
			done := s.visitor().through([]*runningServer{s.first, other}[i%2]).change(placeAsGuest, vars{"in": s.margherita().ofGuest(number)})
			if done.Order != nil {
				placed.Add(1)
				return
			}
			refused.Add(1)
			assert.Equal(t, "LIMIT_REACHED", done.UserErrors[0].Code)
			assert.Equal(t, []string{"paymentMethod"}, done.UserErrors[0].Path)
		})
	}
	sent.Wait()
	require.Equal(t, [2]int32{2, 3}, [2]int32{placed.Load(), refused.Load()}, "to be paid in cash, by one person")

	s.guest(s.margherita().ofGuest("111 111 111"))
	fourth, last := s.guest(s.margherita().card("tok_ok").ofGuest("222 222 222"))
	crowd := s.visitor().refused(s.placeAsGuest(s.margherita().card("tok_ok").ofGuest("333 333 333")))
	require.Equal(t, []any{"LIMIT_REACHED", []string{"items"}}, []any{crowd.Code, crowd.Path}, "each with another number, from one network")
	s.signIn("customer").placed(s.margherita())
	fourth.moves(last.ID, "cancelOrder")
	many := s.visitor().refused(s.placeAsGuest(s.pickup(portion{"Cola", "ONE_SIZE", 50}, portion{"Cola", "ONE_SIZE", 8}).card("tok_ok").ofGuest("333 333 333")))
	require.Equal(t, "LIMIT_REACHED", many.Code, "61 portions with the three that are open")
	s.guest(s.pickup(portion{"Cola", "ONE_SIZE", 50}, portion{"Cola", "ONE_SIZE", 7}).card("tok_ok").ofGuest("333 333 333"))
}

func TestAGuestUsesACodeOnceAndHasOneFirstOrder(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	manager.promoted(tenPercent, "code", "ONCE", "conditions", vars{"maxUsesByCustomer": 1})
	manager.promoted(vars{"kind": "FIXED", "amount": 300}, "code", "WELCOME", "conditions", vars{"firstOrder": true})

	for code, number := range map[string]string{"ONCE": "081 555 0101", "WELCOME": "081 555 0202"} {
		var placed atomic.Int32
		var sent sync.WaitGroup
		for _, prefix := range []string{"", "+39 ", "0039", "+39 (0) "} {
			sent.Go(func() {
				done := s.placeAsGuest(s.margherita().with("couponCodes", []string{code}).ofGuest(prefix + number))
				if done.Order != nil {
					placed.Add(1)
					return
				}
				assert.Equal(t, "COUPON_REFUSED", done.UserErrors[0].Code)
			})
		}
		sent.Wait()
		require.EqualValues(t, 1, placed.Load(), code)

		wanted := s.margherita().with("couponCodes", []string{code})
		held := s.visitor().quoted(wanted)
		refused := s.visitor().refused(s.placeAsGuest(held.by(wanted).ofGuest(number)))
		require.Equal(t, []any{"COUPON_REFUSED", []string{"quoteId"}}, []any{refused.Code, refused.Path})
		_, ordered := s.guest(held.by(wanted).ofGuest(strings.Replace(number, "555", "777", 1)))
		require.Equal(t, held.Totals, ordered.Totals)
	}
}

// Nobody has to ask for it: half a year later nothing is left of a guest, and the books stay.
func TestAGuestIsForgotten(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	manager.promoted(tenPercent, "code", "ONCE", "conditions", vars{"maxUsesByCustomer": 1})
	guest, placed := s.guest(s.delivery(portion{"Margherita", "MEDIUM", 1}).with("couponCodes", []string{"ONCE"}).ofGuest("+44 7700 900123").
		with("contact", vars{"name": "Ada Zyxwvut", "phone": "+44 7700 900123", "email": "ada@zyxwvut.example"}).with("specialInstructions", "Beware of Tybalt"))
	guest.share(placed.ID)
	var days int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT extract(day FROM e.due_at - now()) FROM public.erasures AS e`).Scan(&days))
	require.Equal(t, 179, days)
	manager.moves(placed.ID, "startPreparingOrder", "markOrderReady", "dispatchOrder", "completeOrder")
	needles := []string{"zyxwvut", "900123", "tybalt"}
	require.NotEmpty(t, s.find(needles...))
	books := s.books()

	s.run(`UPDATE public.erasures AS e SET requested_at = now() - interval '180 days', due_at = now()`)

	s.erased(needles...)
	require.Empty(t, s.find(needles...))
	require.Equal(t, books, s.books())
	require.Equal(t, "Guest", manager.order(placed.ID).Customer.Name)
	var kept int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT (SELECT count(*) FROM public.guest_orders) + (SELECT count(*) FROM public.guest_networks) + (SELECT count(*) FROM public.order_tokens) + (
			SELECT count(*) FROM public.promotion_redemptions AS r JOIN public.orders AS o ON o.id = r.order_id WHERE r.customer_id <> o.customer_id
		)`).Scan(&kept))
	require.Zero(t, kept, "nor by what the guest was known again")
}
