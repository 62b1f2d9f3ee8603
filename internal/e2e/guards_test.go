package e2e_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// introspection is the query that GraphiQL 5 begins with.
const introspection = `query IntrospectionQuery {
	__schema {
		description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
		types { ...FullType }
		directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
	}
}
fragment FullType on __Type {
	kind name description specifiedByURL isOneOf
	fields(includeDeprecated: true) {
		name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
	}
	inputFields(includeDeprecated: true) { ...InputValue }
	interfaces { ...TypeRef }
	enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
	possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type {
	kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
		kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } }
	} } } } } }
}`

func TestThePlaygroundReadsTheWholeSchema(t *testing.T) {
	s := open(t)
	type described struct{ Name, Description string }
	schema := ask[struct {
		Schema struct {
			Types []struct {
				described
				Fields, InputFields, EnumValues []described
			}
		} `json:"__schema"`
	}](s.visitor(), introspection, nil).Schema

	for _, kind := range schema.Types {
		require.NotEmpty(t, kind.Description, kind.Name)
		for _, fields := range [][]described{kind.Fields, kind.InputFields, kind.EnumValues} {
			for _, field := range fields {
				if !strings.HasPrefix(kind.Name, "__") {
					require.NotEmpty(t, field.Description, "%s.%s", kind.Name, field.Name)
				}
			}
		}
	}
	page, err := s.visitor().http.Get(s.first.url + "/playground")
	require.NoError(t, err)
	require.NoError(t, page.Body.Close())
	require.NotEqual(t, http.StatusNotFound, page.StatusCode, "the page, or how to build it")
}

func TestProductionTellsNothingOfTheSchema(t *testing.T) {
	s := open(t, func(c *server.Config) { c.Playground = false })
	visitor := s.visitor()

	require.Equal(t, "INTROSPECTION_DISABLED", visitor.do(introspection, nil).code())
	require.Equal(t, "INTROSPECTION_DISABLED", visitor.do(`{ __type(name: "Order") { name } }`, nil).code())
	for _, misspelt := range []string{
		`{ menus { id } }`, `{ menu { nam } }`, `{ menu(categorie: "x") { id } }`, `{ popularPizzas(period: TODAI) { name } }`,
	} {
		refused := visitor.do(misspelt, nil)
		require.Equal(t, "GRAPHQL_VALIDATION_FAILED", refused.code())
		require.NotContains(t, refused.body, "mean")
		require.NotContains(t, refused.body, "TODAY")
	}
	page, err := visitor.http.Get(s.first.url + "/playground")
	require.NoError(t, err)
	require.NoError(t, page.Body.Close())
	require.Equal(t, http.StatusNotFound, page.StatusCode)
	require.NotEmpty(t, s.menu, "the API itself works")
}

func TestAttemptsOnTheRealSchema(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	rows := s.written()
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	bomb := `{ menu { ...f0 } } `
	for i := range 29 {
		bomb += fmt.Sprintf(`fragment f%d on MenuItem { ...f%d ...f%d } `, i, i+1, i+1)
	}
	bomb += `fragment f29 on MenuItem { id }`

	for name, c := range map[string]struct {
		document string
		status   int
		code     string
	}{
		"16 aliases":       {`{` + repeat(16, " a%d: viewer { id }") + `}`, 422, "TOO_MANY_ALIASES"},
		"102 mutations":    {`mutation {` + repeat(102, " a%d: signOut") + `}`, 422, "TOO_MANY_ALIASES"},
		"two sign-ins":     {`mutation { a: signIn(input: {email: "a", password: "b"}) { token } b: signIn(input: {email: "a", password: "c"}) { token } }`, 422, "TOO_MANY_ALIASES"},
		"1001 tokens":      {`{ menu {` + strings.Repeat(" id", 1000) + `} }`, 400, "QUERY_TOO_LARGE"},
		"fragment bomb":    {bomb, 422, "QUERY_TOO_COMPLEX"},
		"deep":             {`{ node(id: "x") { id ` + strings.Repeat("... on Node { id ", 13) + strings.Repeat("}", 13) + ` } }`, 200, ""},
		"a million orders": {`{ orders(first: 1000000) { asOf } }`, 422, "BAD_USER_INPUT"},
		"a price":          {`mutation { placeOrder(input: {price: 1}) { order { id } } }`, 400, "GRAPHQL_VALIDATION_FAILED"},
		"subscription":     {`subscription { kitchenFeed { __typename } }`, 400, "FORBIDDEN_TRANSPORT"},
	} {
		a := customer.do(c.document, nil)
		require.Equal(t, c.status, a.status, "%s: %s", name, a.body)
		require.Less(t, len(a.body), 8<<10, name)
		require.Contains(t, a.body, c.code, name)
	}

	endpoint := s.first.url + "/graphql"
	get := customer.send(http.MethodGet, endpoint+"?query="+url.QueryEscape(`mutation { signOut }`), "")
	require.Equal(t, http.StatusMethodNotAllowed, get.status)
	require.Equal(t, "POST", get.header.Get("Allow"))
	require.Equal(t, "BATCH_NOT_ALLOWED", customer.send(http.MethodPost, endpoint, `[{"query": "{ viewer { id } }"}]`).code())
	require.Equal(t, http.StatusRequestEntityTooLarge, customer.send(http.MethodPost, endpoint, strings.Repeat(" ", 257<<10)).status)
	require.Contains(t, customer.connect().subscribe(`mutation { signOut }`, nil).ending(), "FORBIDDEN_TRANSPORT")
	socketQuery := customer.connect().subscribe(`{ viewer { id } }`, nil)
	require.JSONEq(t, `{"viewer": {"id": "`+customer.id+`"}}`, string((<-socketQuery.messages).data))
	require.Equal(t, "complete", socketQuery.ending())

	require.Equal(t, customer.id, ask[struct{ Viewer struct{ ID string } }](customer, `{ viewer { id } }`, nil).Viewer.ID, "still signed in")
	require.Equal(t, rows, s.written())
}

func TestARequestFromAnotherSiteIsRefused(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	r := customer.request(http.MethodPost, s.first.url+"/graphql", `{"query": "mutation { signOut }"}`, "application/json")
	r.Header.Set("Origin", "https://evil.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")

	resp, err := customer.http.Do(r)

	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusForbidden, resp.StatusCode)
	require.NotEmpty(t, customer.asOf(), "still signed in")
}
