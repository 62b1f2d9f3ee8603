package e2e_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Everywhere in the input of every field, a value of every other kind, literally and in a variable: the document is
// refused, or the value is. It is no fault of ours, and none is logged.
func TestValuesOfAnotherKind(t *testing.T) {
	s := open(t)
	manager := s.signIn("manager")
	schema, socket := readInputs(manager), manager.connect()
	tried := 0
	try := func(operation, document string, v vars) {
		tried++
		if operation != "subscription" {
			a := manager.do(document, v)
			require.Less(t, a.status, 500, document)
			require.NotContains(t, a.body, "INTERNAL_SERVER_ERROR", "%s %v", document, v)
			return
		}
		feed := socket.subscribe(document, v)
		select {
		case m := <-feed.messages:
			require.NotContains(t, m.ended, "INTERNAL_SERVER_ERROR", "%s %v", document, v)
		case <-time.After(100 * time.Millisecond): // nothing wrong with that one
		}
		feed.cancel()
	}

	for _, root := range []string{"Query", "Mutation", "Subscription"} {
		operation := strings.ToLower(root)
		for _, f := range schema[root].Fields {
			for _, argument := range f.Args {
				others := ""
				for _, other := range f.Args {
					if other.Name != argument.Name && other.Type.Kind == "NON_NULL" {
						others += fmt.Sprintf(" %s: %s", other.Name, literal(schema.validValue(other.Type)))
					}
				}
				for n, wrong := range schema.invalidValues(argument.Type) {
					call := "{ f: " + f.Name + "(" + argument.Name + ": %s" + others + ")" + f.Type.selection() + " }"
					literally := n%2 == 0
					if literally || raceFactor == 1 { // the race detector makes it many times slower: then in one of the two ways
						try(operation, operation+fmt.Sprintf(call, literal(wrong)), nil)
					}
					if !literally || raceFactor == 1 {
						try(operation, operation+"($v: "+argument.Type.String()+")"+fmt.Sprintf(call, "$v"), vars{"v": wrong})
					}
				}
			}
		}
	}
	t.Log(tried, "documents")
	require.Greater(t, tried, 500)
}

// What validation lets pass and the executor doesn't expect.
func TestDocumentsThatTripTheExecutor(t *testing.T) {
	s := openProduction(t)
	manager := s.signIn("manager")
	wrongInput, wrongDocument := expectedRefusal{status: 422, code: "BAD_USER_INPUT"}, expectedRefusal{status: 400, code: "GRAPHQL_VALIDATION_FAILED"}

	null := vars{"x": nil}
	wrongInput.require(t, manager.attack(`query($x: Boolean = true) { menu @include(if: $x) { id } }`, null))
	wrongInput.require(t, manager.attack(`query($x: Boolean = true) { menu { ... @skip(if: $x) { id } } }`, null))
	for _, document := range []string{
		`{ orders(filter: {placedAfter: 1e400}) { asOf } }`, `mutation { createMenuItem(input: {idempotencyKey: "k", name: "x", category: "x", prices: [{size: SMALL, price: 9223372036854775808}]}) { menuItem { id } } }`,
		`subscription { kitchenFeed(after: 1e400) { __typename } }`, `subscription { kitchenFeed @skip(if: true) { __typename } }`,
		`{ orderHistory { ... @defer { orders { asOf } } } }`, `{ menu { ... @defer { id } } }`,
	} {
		wrongDocument.require(t, manager.attack(document, nil), document)
		require.Contains(t, manager.connect().subscribe(document, nil).awaitEnd(), "GRAPHQL_VALIDATION_FAILED", document)
	}
}
