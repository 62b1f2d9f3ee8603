package e2e_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/tracing/tracingtest"
	"pizzeria/internal/server"
)

// openTraced opens a shop that exports traces. The returned function stops the server and returns the collector with
// all spans.
func openTraced(t *testing.T, change ...func(*server.Config)) (*shop, func() *tracingtest.Collector) {
	t.Helper()
	collector := tracingtest.Start(t)
	s := open(t, append(change, func(c *server.Config) { c.Traces.Endpoint = collector.URL })...)
	return s, func() *tracingtest.Collector {
		s.first.stop()
		return collector
	}
}

func TestATraceLeadsFromTheRequestToTheDatabase(t *testing.T) {
	s, collect := openTraced(t)
	customer := s.signIn("customer")

	answer := customer.do(placeOrder+orderFragment+refusedFragment, vars{"in": s.margherita().card("tok_ok")})

	require.Empty(t, answer.Errors)
	sent := collect()
	operation := sent.One("graphql mutation placeOrder")
	command := sent.One("command placeOrder")
	request := sent.Above(operation)
	require.Equal(t, "POST /graphql", request.Name)
	require.Equal(t, "200", request.Attributes["http.response.status_code"])
	require.Equal(t, answer.header.Get("X-Request-Id"), request.Attributes["pizzeria.request_id"])
	require.Empty(t, request.Parent)
	require.Equal(t, operation, sent.Above(command))
	require.Equal(t, "ok", command.Attributes["pizzeria.outcome"])
	statements := ""
	for _, s := range sent.Below(command) {
		statements += s.Attributes["db.query.text"]
	}
	require.Contains(t, statements, `INSERT INTO "public"."orders"`)
	require.Contains(t, statements, "FROM public.order_view", "the answer is read within the command")
	require.Contains(t, statements, "commit")
	require.Equal(t, "pizzeria", request.Service)
}

func TestTheLogLeadsToTheTrace(t *testing.T) {
	s := open(t)
	collector := tracingtest.Start(t)
	tracing, log := s.serveLogging(func(c *server.Config) { c.Traces.Endpoint = collector.URL })
	silent, plainLog := s.serveLogging(func(*server.Config) {})
	customer := s.signIn("customer")

	customer.through(tracing).placed(s.margherita())
	customer.through(silent).placed(s.margherita())

	tracing.stop()
	command := collector.One("command placeOrder")
	require.Regexp(t, `"name":"placeOrder".*"trace_id":"`+command.Trace+`","span_id":"`+command.ID+`"`, log)
	require.Contains(t, plainLog.String(), `"name":"placeOrder"`)
	require.NotContains(t, plainLog.String(), "trace_id", "without a collector there are no spans")
}

func TestARefusalIsNoError(t *testing.T) {
	s, collect := openTraced(t)
	cook := s.signIn("cook")
	placed := s.signIn("customer").placed(s.margherita())

	refused := cook.refused(cook.move("completeOrder", placed.ID))
	visitor := s.visitor().do(`{ orders(first: 1) { asOf } }`, nil)

	require.Equal(t, "INVALID_TRANSITION", refused.Code)
	require.Equal(t, "UNAUTHENTICATED", visitor.code())
	sent := collect()
	command, query := sent.One("command moveOrder COMPLETE"), sent.One("graphql query orders")
	require.Equal(t, "INVALID_TRANSITION", command.Attributes["pizzeria.outcome"])
	require.Equal(t, "UNAUTHENTICATED", query.Attributes["pizzeria.outcome"])
	require.False(t, command.Failed || query.Failed)
}

func TestEachDeliveredEventIsATraceOfItsOwn(t *testing.T) {
	s, collect := openTraced(t)
	customer, cook := s.signIn("customer"), s.signIn("cook")
	socket := cook.connect().kitchen(cook.asOf())
	stream, _ := cook.eventStream(watchKitchen, vars{"after": cook.asOf()}, "")
	opened := time.Now()

	placed := customer.placed(s.margherita())
	cook.moves(placed.ID, "startPreparingOrder", "markOrderReady")
	for _, feed := range []*feed{socket, stream} {
		feed.expect(placed.ID, 0, "PLACED", "CONFIRMED", "PREPARATION_STARTED", "READY")
	}
	ending := time.Now()

	sent := collect()
	events, openings := sent.Named("graphql event kitchenFeed"), sent.Named("graphql subscription kitchenFeed")
	require.Len(t, openings, 2)
	require.Len(t, events, 8)
	types := map[string]int{}
	for _, e := range events {
		require.Equal(t, []tracingtest.Span{e}, sent.Within(e.Trace))
		require.Len(t, e.Links, 1)
		require.Contains(t, []string{openings[0].ID, openings[1].ID}, e.Links[0])
		require.NotEmpty(t, e.Attributes["pizzeria.event.age_ms"])
		types[e.Attributes["pizzeria.event.type"]]++
	}
	require.Equal(t, map[string]int{"PLACED": 2, "CONFIRMED": 2, "PREPARATION_STARTED": 2, "READY": 2}, types)
	for _, s := range sent.All() {
		require.False(t, s.Began.Before(opened) && s.Ended.After(ending), "%s lasts as long as the stream", s.Name)
	}
}

func TestACallersTraceIsLinkedAndDecidesNothing(t *testing.T) {
	s, collect := openTraced(t)
	const theirs, span = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	visitor := s.visitor()

	for _, way := range []struct{ accept, query string }{{"application/json", "{ viewer { id } }"}, {"text/event-stream", "{ popularPizzas { name } }"}} {
		request := visitor.request(http.MethodPost, s.first.url+"/graphql", `{"query": "`+way.query+`"}`, way.accept)
		request.Header.Set("Traceparent", "00-"+theirs+"-"+span+"-00") // not to be recorded, it says
		answer, err := visitor.http.Do(request)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
	}

	sent := collect()
	request := sent.Above(sent.One("graphql query viewer"))
	stream := sent.One("graphql query popularPizzas")
	for _, first := range []tracingtest.Span{request, stream} {
		require.Empty(t, first.Parent)
		require.NotEqual(t, theirs, first.Trace)
		require.Equal(t, []string{theirs}, first.LinkedTraces)
		require.Equal(t, []string{span}, first.Links)
		require.NotEmpty(t, first.Attributes["pizzeria.request_id"])
	}
}

// The customer writes the same word wherever he can, or one that only he knows, and that no id happens to contain.
func TestTracesTellNothingOfCustomers(t *testing.T) {
	s, collect := openTraced(t)
	customer := s.signUp("Giuseppina")
	order := customer.place(s.delivery(portion{"Margherita", "MEDIUM", 1}).card("tok_insufficient_funds").
		with("specialInstructions", "ring Giuseppina").
		with("deliveryAddress", vars{"street": "7 Giuseppina Street", "city": "Giuseppina", "postalCode": "GP7 1XZ", "notes": "Giuseppina"})).Order
	customer.do(`mutation Giuseppina { Giuseppina: signUp(input: {name: "Giuseppina", email: "Giuseppina@example.org",
		password: "open-sesame", phone: "+1 555 0100"}) { userErrors { code } } }`, nil)
	customer.do(`mutation { signIn(input: {email: "Giuseppina@example.org", password: "Giuseppina"}) { userErrors { code } } }`, nil)
	customer.do(`query Giuseppina($Giuseppina: ID!) { Giuseppina: order(id: $Giuseppina) { id } }`, vars{"Giuseppina": "Giuseppina"})
	customer.do(`{ Giuseppina }`, nil)
	query := url.Values{"query": {`query Giuseppina { Giuseppina: menu(category: "Giuseppina") { id } }`}}
	request := customer.request(http.MethodGet, s.first.url+"/graphql?"+query.Encode(), "", "application/json")
	for _, header := range []string{"User-Agent", "X-Forwarded-For", "Origin", "Referer", "X-Giuseppina", "X-Request-Id", "Baggage"} {
		request.Header.Set(header, "Giuseppina=Giuseppina")
	}
	request.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	request.Header.Set("Tracestate", "shop=Giuseppina")
	request.Host = "Giuseppina.example"
	answer, err := customer.http.Do(request)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	socket := customer.connect()
	socket.order(order.ID, "").next()
	socket.subscribe(`subscription Giuseppina { Giuseppina: orderStatusChanged(orderId: "`+order.ID+`", after: "Giuseppina") { __typename } }`, nil).awaitEnd()

	sent := collect()
	require.NotEmpty(t, sent.Named("graphql query menu"))
	require.NotEmpty(t, sent.Named("graphql event orderStatusChanged"))
	for what, text := range map[string]string{
		"what he wrote": "giuseppina", "password": "open-sesame", "phone": "555 0100", "its digits": "5550100", "token": customer.token,
		"account": customer.id, "order": order.ID, "postal code": "GP7 1XZ", "the same, closed up": "GP71XZ", "card": "insufficient_funds", "address": "127.0.0.1",
	} {
		require.NotContains(t, strings.ToLower(sent.Raw()), strings.ToLower(text), what)
	}
}

// Where the cost has no limit, such a document only harms a program that follows each spread every time.
func TestAFragmentBombIsTracedAtOnce(t *testing.T) {
	s, collect := openTraced(t, func(c *server.Config) { c.Limits.Cost = -1 })

	s.visitor().do(fragmentBomb(`{ ...f0 }`, "Query", `{ ...NEXT ...NEXT }`, `{ menu { id } }`, 40), nil)

	require.Len(t, collect().Named("graphql query menu"), 2, "this one, and the shop's own")
}

func TestACollectorThatHangsHarmsNobody(t *testing.T) {
	silent, asked := make(chan struct{}), make(chan struct{}, 1000)
	collector := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		asked <- struct{}{}
		<-silent
	}))
	t.Cleanup(collector.Close)
	t.Cleanup(func() { close(silent) })
	s := open(t, func(c *server.Config) { c.Traces.Endpoint = collector.URL })
	customer := s.signIn("customer")
	customer.placed(s.margherita())
	stopping := time.Now()

	s.first.stop()

	require.NotEmpty(t, asked, "it has been asked")
	require.Less(t, time.Since(stopping), soon)
}
