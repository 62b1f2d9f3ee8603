package transport

import (
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
)

// encode returns an answer as JSON. One that is nothing but data is taken as it is, since it is JSON already;
// json.Marshal would read it twice more to be sure.
func encode(resp *graphql.Response) ([]byte, error) {
	if len(resp.Errors) > 0 || len(resp.Extensions) > 0 || len(resp.Path) > 0 || resp.Label != "" || resp.HasNext != nil || resp.Data == nil {
		return json.Marshal(resp)
	}
	const head, tail = `{"data":`, `}`
	out := make([]byte, 0, len(head)+len(resp.Data)+len(tail))
	return append(append(append(out, head...), resp.Data...), tail...), nil
}
