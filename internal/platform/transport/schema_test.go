package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport"
)

const sdl = `
type Query { hello: String! echo(text: String, n: Int): String! items(first: Int! = 10): [Item!]! whoami: String! panics: String! fails: String! }
type Mutation { touch: Int! signIn: Int! pay: Int! }
type Subscription {
  "Counts after the cursor: as many as wanted, or without end; each event is padded."
  ticks(count: Int! = 0, every: Int! = 1, pad: Int! = 0, cut: Int! = 0, after: String): Tick!
  refused: Tick!
  closes(code: Int!): Tick!
  ends: Tick!
  panics: Tick!
  "Each subscription has a source of its own."
  bells: Tick!
}
type Item { id: ID! items(first: Int! = 10): [Item!]! }
type Tick { n: Int! cursor: String! pad: String! }
`

// shop is a hand-written executable schema. It counts what runs, so that tests see that nothing is left running.
type shop struct {
	schema  *ast.Schema
	touched atomic.Int64
	running atomic.Int64
	pulled  atomic.Int64 // ticks that the transport has asked for
	bells   chan *bell   // the sources of those who subscribed, in order
}

func newShop() *shop {
	return &shop{schema: gqlparser.MustLoadSchema(&ast.Source{Name: "shop.graphqls", Input: sdl}), bells: make(chan *bell, 1)}
}

func (s *shop) Schema() *ast.Schema { return s.schema }

func (s *shop) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

type object map[string]any

func (s *shop) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	roots := graphql.CollectFields(op, op.Operation.SelectionSet, nil)
	if op.Operation.Operation == ast.Subscription {
		return s.subscribe(ctx, roots[0])
	}
	answered := false
	return func(ctx context.Context) *graphql.Response {
		if answered {
			return nil
		}
		answered = true
		data := object{}
		for _, f := range roots {
			data[f.Alias] = s.root(ctx, f)
		}
		return encoded(data)
	}
}

func encoded(data object) *graphql.Response {
	text, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	return &graphql.Response{Data: text}
}

func (s *shop) root(ctx context.Context, f graphql.CollectedField) any {
	op := graphql.GetOperationContext(ctx)
	args := f.ArgumentMap(op.Variables)
	switch f.Name {
	case "__typename":
		return f.ObjectDefinition.Name
	case "hello":
		return "hello"
	case "echo":
		text, _ := args["text"].(string)
		return text
	case "whoami":
		user, _ := ctx.Value(userKey{}).(string)
		return user
	case "items":
		return s.items(op, f, number(args["first"]))
	case "touch", "signIn", "pay":
		return s.touched.Add(1)
	case "fails":
		graphql.AddError(ctx, errors.New("pq: password of the database"))
	case "panics":
		panic("boom")
	}
	return nil
}

func (s *shop) items(op *graphql.OperationContext, f graphql.CollectedField, n int) []object {
	list := make([]object, n)
	for i := range list {
		list[i] = object{}
		for _, inner := range graphql.CollectFields(op, f.Selections, nil) {
			list[i][inner.Alias] = strconv.Itoa(i)
			if inner.Name == "items" {
				list[i][inner.Alias] = s.items(op, inner, number(inner.ArgumentMap(op.Variables)["first"]))
			}
		}
	}
	return list
}

func (s *shop) subscribe(ctx context.Context, f graphql.CollectedField) graphql.ResponseHandler {
	args := f.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	switch f.Name {
	case "refused":
		graphql.AddError(ctx, fault.New(fault.Forbidden, "Not yours."))
		return nil
	case "closes":
		graphql.AddError(ctx, &transport.CloseError{Code: 1013, Reason: "Fell behind"})
		return nil
	case "bells":
		return s.listen(ctx, f)
	case "panics":
		return func(context.Context) *graphql.Response { panic("boom") }
	case "ends":
		transport.EndWith(ctx, fault.New(fault.Unavailable, "The feed is gone."))
		return func(context.Context) *graphql.Response { return nil }
	}
	results := make(chan object)
	s.running.Add(1)
	go s.tick(ctx, results, args)
	return func(ctx context.Context) *graphql.Response {
		select {
		case tick, ok := <-results:
			if !ok {
				return nil
			}
			return encoded(object{f.Alias: tick})
		case <-ctx.Done():
			return nil
		}
	}
}

func (s *shop) tick(ctx context.Context, results chan<- object, args map[string]any) {
	defer s.running.Add(-1)
	defer close(results)
	after, _ := args["after"].(string)
	if after == "" {
		after = transport.LastEventID(ctx)
	}
	first, _ := strconv.Atoi(strings.TrimPrefix(after, "c"))
	pad := strings.Repeat("x", number(args["pad"]))
	for n := first + 1; number(args["count"]) == 0 || n <= number(args["count"]); n++ {
		if cut := number(args["cut"]); cut > 0 && n-first > cut {
			transport.EndWith(ctx, &transport.CloseError{Code: transport.CloseServiceRestart, Reason: "Come back"})
			return
		}
		select {
		case results <- object{"n": n, "cursor": "c" + strconv.Itoa(n), "pad": pad}:
			s.pulled.Add(1)
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(time.Duration(number(args["every"])) * time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

func number(v any) int {
	switch v := v.(type) {
	case int64:
		return int(v)
	case json.Number:
		n, _ := v.Int64()
		return int(n)
	}
	return 0
}

type userKey struct{}

// present is what the edge of a real server does: refusals are shown, faults hidden.
func present(_ context.Context, err error) *gqlerror.Error {
	code, message := "INTERNAL_SERVER_ERROR", "Something went wrong."
	if refusal, ok := fault.As(err); ok {
		code, message = string(refusal.Code), refusal.Message
	}
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
}
