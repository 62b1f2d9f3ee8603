package e2e_test

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

// Documents that can't be read show which lists read them.
func TestAListReadsDocumentsOnlyForWhatStandsNowhereElse(t *testing.T) {
	w := openServerPair(t)
	customer, manager := w.signIn("customer"), w.signIn("manager")
	w.placeAwkwardOrders(customer, manager)
	brief := []string{
		`{ orders { nodes { ...brief } } }`,
		`{ orders { edges { cursor node { ...brief } } pageInfo { endCursor } } }`,
		`{ orders(filter: {statuses: [CANCELLED]}) { nodes { placedAt t: totals { __typename sum: total } itemsCount ... on Node { id } } } }`,
		`{ orderHistory { totalOrders orders { nodes { ...brief } edges { node { customer { name } } } } } }`,
		`{ orders(first: 1) { nodes { items @skip(if: true) { id } number } } }`,
		`{ orders { pageInfo { hasNextPage } } }`,
	}
	before := map[string]string{}
	for i, document := range brief {
		if i != 2 && i < 4 {
			document += briefFragment
		}
		brief[i] = document
		w.requireSameAnswer(customer, document, nil)
		before[document] = w.normalize(customer.do(document, nil).body)
	}

	w.run(`CREATE TABLE public.kept AS SELECT id, document FROM public.order_fresh`)
	w.run(`UPDATE public.order_fresh SET document = '"garbled"'`)

	for _, document := range brief {
		require.Equal(t, before[document], w.normalize(customer.do(document, nil).body), document)
	}
	careless := customer.through(w.serveWith(w.config, slog.New(slog.DiscardHandler)))
	for _, more := range []string{`items { id }`, `customer { phone }`, `totals { total tax }`, `estimatedReadyAt`, `payment { status }`} {
		require.Equal(t, "INTERNAL_SERVER_ERROR", careless.do(`{ orders(first: 1) { nodes { id `+more+` } } }`, nil).code(), more)
	}
	w.run(`UPDATE public.order_fresh AS f SET document = k.document FROM public.kept AS k WHERE k.id = f.id`)
	w.run(`DROP TABLE public.kept`)
}
