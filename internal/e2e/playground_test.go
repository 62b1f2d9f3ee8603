package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
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
