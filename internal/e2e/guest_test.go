package e2e_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const placeAsGuest = `mutation($in: PlaceOrderInput!) { done: placeOrder(input: $in) { order { ...full } guestToken userErrors { ...refused } } }`

// ofGuest is an order of somebody without an account, with a key that nobody guesses.
func (b basket) ofGuest(phone string) basket {
	return b.with("idempotencyKey", uuid.NewString()).with("contact", vars{"name": "Gustav Gast", "phone": phone})
}

func (s *shop) placeAsGuest(b basket) outcome {
	s.Helper()
	return s.visitor().change(placeAsGuest, vars{"in": b})
}

// bearer is somebody who has a token.
func (s *shop) bearer(token string) *person {
	s.Helper()
	p := s.visitor()
	p.token = token
	return p
}

// guest places an order without an account, and returns its guest.
func (s *shop) guest(b basket) (*person, order) {
	s.Helper()
	done := s.placeAsGuest(b)
	placed := s.visitor().accepted(done)
	require.NotEmpty(s, done.GuestToken)
	return s.bearer(done.GuestToken), placed
}

const phone = "+39 081 555 0101"

// Somebody without an account orders, does what the bank asks, and sees the order come.
func TestAGuestOrdersAndWatchesWithTheTokenOfTheOrder(t *testing.T) {
	s := open(t)
	cook := s.signIn("cook")
	guest, placed := s.guest(s.margherita().card("tok_requires_action").ofGuest(phone))
	require.Equal(t, "Gustav Gast", placed.Customer.Name)
	require.Equal(t, []string{"CANCELLED"}, placed.AllowedTransitions, "as the guest sees it")
	require.Equal(t, actor{Role: "GUEST"}, placed.Timeline[0].Actor)
	require.Equal(t, placed, *guest.order(placed.ID))
	require.Equal(t, []string{"Order"}, guest.nodes(placed.ID))
	socket := guest.connect().order(placed.ID, "")
	stream, _ := guest.eventStream(watchOrder, vars{"id": placed.ID}, "")
	for _, f := range []*feed{socket, stream} {
		f.expect(placed.ID, 0, "PLACED")
	}

	done, _ := browse(t, http.MethodPost, *placed.Payment.NextAction.URL, url.Values{"refuse": {"false"}})
	require.Less(t, done.StatusCode, 400)
	cook.eventually(placed.ID, func(o *order) bool { return o.Status == "CONFIRMED" })
	cook.moves(placed.ID, "startPreparingOrder")

	for _, f := range []*feed{socket, stream} {
		f.expect(placed.ID, 1, "CONFIRMED", "PREPARATION_STARTED")
	}
	require.Empty(t, guest.order(placed.ID).AllowedTransitions)
	late := guest.refused(guest.move("cancelOrder", placed.ID))
	require.Equal(t, "INVALID_TRANSITION", late.Code)
	require.Equal(t, actor{"GUEST", "Gustav Gast"}, cook.order(placed.ID).Timeline[0].Actor)
}

func TestAGuestPaysAgainAndCancelsInTime(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	guest, placed := s.guest(s.margherita().card("tok_requires_action").ofGuest(phone).
		with("contact", vars{"name": " Gustav  Gast", "phone": phone, "email": "gustav@gast.example"}))

	require.Equal(t, "CONFIRMED", guest.accepted(guest.pay(placed.ID, "tok_ok")).Status)
	require.Equal(t, placed.Totals.Total, s.charges(placed.ID).Held)
	cancelled := guest.accepted(guest.move("cancelOrder", placed.ID, "reason", "Too late for us."))

	require.Equal(t, "CANCELLED", cancelled.Status)
	require.Zero(t, s.charges(placed.ID).Held)
	require.Equal(t, []string{"PLACED by GUEST", "CONFIRMED by SYSTEM", "CANCELLED by GUEST"}, moved(*manager.order(placed.ID)))
	told := ask[struct {
		Order struct {
			Customer struct{ ID, Name, Phone, Email string }
		}
	}](manager, `query($id: ID!) { order(id: $id) { customer { id name phone email } } }`, vars{"id": placed.ID}).Order.Customer
	require.Equal(t, []string{"Gustav Gast", phone, "gustav@gast.example"}, []string{told.Name, told.Phone, told.Email})
	again, declined := s.visitor(), s.placeAsGuest(s.margherita().card("tok_declined").ofGuest(phone))
	require.Equal(t, "PAYMENT_DECLINED", declined.UserErrors[0].Code)
	again.token = declined.GuestToken
	require.Equal(t, "REJECTED", again.order(declined.Order.ID).Status, "the guest may see what became of it")
}

func moved(o order) (moves []string) {
	for _, e := range o.Timeline {
		moves = append(moves, e.Type+" by "+e.Actor.Role)
	}
	return moves
}

func TestATokenOfAnOrderIsForThatOrderAlone(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	another := customer.placed(s.margherita().card("tok_requires_action"))
	_, stranger := s.guest(s.margherita().card("tok_requires_action").ofGuest(phone))
	guest, own := s.guest(s.margherita().ofGuest(phone))
	rows := s.countWrittenRows()

	for _, id := range []string{another.ID, stranger.ID, uuid.NewString()} {
		require.Nil(t, guest.order(id))
		require.Equal(t, []string{""}, guest.nodes(id))
		require.Equal(t, "NOT_FOUND", guest.refused(guest.move("cancelOrder", id)).Code)
		require.Equal(t, "NOT_FOUND", guest.refused(guest.pay(id, "tok_ok")).Code)
		require.Equal(t, "NOT_FOUND", guest.share(id).UserErrors[0].Code)
		require.Contains(t, guest.connect().order(id, "").awaitEnd(), "NOT_FOUND")
	}
	for _, document := range []string{
		`{ orders { nodes { id } } }`, `{ orderHistory { totalOrders } }`, `mutation { updateProfile(input: {name: "Mallory"}) { userErrors { code } } }`,
		`mutation { changePassword(input: {currentPassword: "a", newPassword: "b"}) { userErrors { code } } }`,
		`mutation { deleteAccount(input: {password: "a"}) { userErrors { code } } }`, `mutation { signOutEverywhere { userErrors { code } } }`,
		`mutation { confirmOrder(input: {orderId: "` + own.ID + `"}) { order { id } } }`, `{ ingredients { id } }`, `{ auditLog { nodes { at } } }`,
		`mutation { refundOrder(input: {orderId: "` + own.ID + `", idempotencyKey: "k", amount: 1, reason: "r"}) { order { id } } }`,
	} {
		require.Equal(t, "UNAUTHENTICATED", guest.do(document, nil).code(), document)
	}
	require.Contains(t, guest.connect().kitchen("").awaitEnd(), "UNAUTHENTICATED")
	require.Equal(t, `{"viewer":null}`, string(guest.do(`{ viewer { id } }`, nil).Data))
	require.Equal(t, rows, s.countWrittenRows())
	require.NotEmpty(t, guest.previewed(s.margherita()).Totals, "what every visitor may, the bearer may too")
	require.NotNil(t, guest.quoted(s.margherita()))
}

func TestWhoOrdersWithoutAnAccountSaysWhomToTurnTo(t *testing.T) {
	s := open(t)
	nobody := s.visitor().refused(s.visitor().place(s.margherita()))
	require.Equal(t, []any{"UNAUTHENTICATED", []string{"contact"}}, []any{nobody.Code, nobody.Path})
	for path, contact := range map[string]vars{
		"name":  {"name": " ", "phone": phone},
		"phone": {"name": "Gustav", "phone": "call me"},
		"email": {"name": "Gustav", "phone": phone, "email": "nonsense"},
	} {
		refused := s.visitor().refused(s.placeAsGuest(s.margherita().ofGuest(phone).with("contact", contact)))
		require.Equal(t, []any{"BAD_USER_INPUT", []string{"contact", path}}, []any{refused.Code, refused.Path})
	}
	for _, key := range []string{"k", "order-1", "{" + uuid.NewString() + "}"} {
		refused := s.visitor().refused(s.placeAsGuest(s.margherita().ofGuest(phone).with("idempotencyKey", key)))
		require.Equal(t, []any{"BAD_USER_INPUT", []string{"idempotencyKey"}}, []any{refused.Code, refused.Path})
	}

	customer := s.signIn("customer")
	done := customer.change(placeAsGuest, vars{"in": s.margherita().with("contact", vars{"name": "Her sister", "phone": "0815 12345"})})
	require.Equal(t, "Her sister", customer.accepted(done).Customer.Name, "what is told for this order")
	require.Equal(t, customer.id, done.Order.Customer.ID)
	require.Empty(t, done.GuestToken, "an account needs none")
}

// The answer gets lost, and the request is sent again: by then to other servers, at once.
func TestARepeatedKeyOfAGuestIsOneOrderAndAnotherToken(t *testing.T) {
	s := open(t)
	other := s.serve(s.config)
	wanted := s.margherita().ofGuest(phone)
	first, placed := s.guest(wanted)
	tokens := make([]string, 6)
	var sent sync.WaitGroup
	for i := range tokens {
		sent.Go(func() {
			done := s.visitor().through([]*runningServer{s.first, other}[i%2]).change(placeAsGuest, vars{"in": wanted})
			if assert.NotNil(t, done.Order) && assert.Equal(t, placed.ID, done.Order.ID) {
				tokens[i] = done.GuestToken
			}
		})
	}
	sent.Wait()

	for _, token := range tokens {
		require.NotEqual(t, first.token, token)
		require.Equal(t, placed.ID, s.bearer(token).order(placed.ID).ID)
	}
	require.Equal(t, placed.ID, first.order(placed.ID).ID, "who got the first answer after all")
	conflict := s.visitor().refused(s.placeAsGuest(wanted.with("tip", 100)))
	require.Equal(t, "IDEMPOTENCY_CONFLICT", conflict.Code)
	var orders, customers int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT (SELECT count(*) FROM public.orders), (SELECT count(*) FROM public.customers AS c WHERE c.name = 'Guest')`).Scan(&orders, &customers))
	require.Equal(t, [2]int{1, 1}, [2]int{orders, customers})
	require.Empty(t, s.find(strings.Split(wanted["idempotencyKey"].(string), ",")...), "the key is a secret too")

	simultaneous := s.margherita().ofGuest(phone)
	ids := sync.Map{}
	for range 6 {
		sent.Go(func() { ids.Store(s.placeAsGuest(simultaneous).Order.ID, true) })
	}
	sent.Wait()
	found := 0
	ids.Range(func(any, any) bool { found++; return true })
	require.Equal(t, 1, found)
}
