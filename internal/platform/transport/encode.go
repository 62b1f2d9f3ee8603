package transport

import (
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
)

// The envelope of an answer that is nothing but data.
const dataBegins, dataEnds = `{"data":`, `}`

// isData tells whether an answer is nothing but data. Then its JSON is known: json.Marshal would read it twice more.
func isData(resp *graphql.Response) bool {
	return resp.Data != nil && len(resp.Errors) == 0 && len(resp.Extensions) == 0 && len(resp.Path) == 0 && resp.Label == "" && resp.HasNext == nil
}

// encode returns an answer as JSON.
func encode(resp *graphql.Response) ([]byte, error) {
	if !isData(resp) {
		return json.Marshal(resp)
	}
	out := make([]byte, 0, len(dataBegins)+len(resp.Data)+len(dataEnds))
	return append(append(append(out, dataBegins...), resp.Data...), dataEnds...), nil
}
