package shopfront

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// api asks the server's own GraphQL, without the network between.
type api struct{ graphql http.Handler }

// ask answers a query's data, which it also decodes; nil if there is none, for whatever reason: a visitor over the limit, a server
// that isn't open yet, a database that is away. ctx is the visitor's: it tells the API whose limits hold. It is asked without
// cookies, for what everybody may see.
func (a api) ask(ctx context.Context, query string, variables map[string]string, into any) json.RawMessage {
	values := url.Values{"query": {query}}
	if variables != nil {
		text, err := json.Marshal(variables)
		if err != nil {
			return nil
		}
		values.Set("variables", string(text))
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/graphql?"+values.Encode(), nil)
	if err != nil {
		return nil
	}
	r.Header.Set("Accept", "application/graphql-response+json")
	kept := &answer{head: http.Header{}, status: http.StatusOK}
	a.graphql.ServeHTTP(kept, r)
	var told struct {
		Data   json.RawMessage
		Errors []json.RawMessage
	}
	if kept.status != http.StatusOK || json.Unmarshal(kept.Bytes(), &told) != nil || len(told.Errors) > 0 {
		return nil
	}
	if json.Unmarshal(told.Data, into) != nil {
		return nil
	}
	return told.Data
}

// answer keeps what a handler writes.
type answer struct {
	bytes.Buffer
	head   http.Header
	status int
}

func (a *answer) Header() http.Header    { return a.head }
func (a *answer) WriteHeader(status int) { a.status = status }
