package guard

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"pizzeria/internal/platform/fault"
)

// Executor is gqlgen's executor behind the guards.
type Executor struct {
	*executor.Executor
	schema *ast.Schema
	limits Limits
	rules  *rules.Rules
	cache  *documentCache
	rate   *limiter
}

// document is parsed, measured and valid. It is shared by requests and never changed.
type document struct {
	*ast.QueryDocument
	varies bool
}

var _ graphql.GraphExecutor = (*Executor)(nil)

// New makes an executor for the schema. A Rate that is zero is no limit; client names the client that an operation counts for.
func New(es graphql.ExecutableSchema, limits Limits, rate Rate, client func(context.Context) string) *Executor {
	limits = limits.WithDefaults()
	inner := executor.New(es)
	inner.SetQueryCache(handover{})
	inner.Use(switches(limits))
	return &Executor{
		Executor: inner, schema: es.Schema(), limits: limits, rules: documentRules(),
		cache: newDocumentCache(limits.CacheBytes), rate: newLimiter(rate, client),
	}
}

// CreateOperationContext implements graphql.GraphExecutor. It always returns a context, also beside errors.
func (e *Executor) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	doc, errs := e.document(params)
	if errs != nil {
		return &graphql.OperationContext{OperationName: params.OperationName, Headers: params.Headers}, errs
	}
	params.Query = doc.Operations[0].Position.Src.Input // the same text: subscriptions to one document keep it once
	op, errs := e.Executor.CreateOperationContext(context.WithValue(ctx, handover{}, doc), params)
	switch {
	case errs == nil:
		return op, nil
	case op.Operation == nil:
		return op, gqlerror.List{wrongDocument(ValidationFailed, "The document has no such operation, or operationName is missing.")}
	case op.Stats.Validation.End.IsZero():
		return op, gqlerror.List{e.uncoercible(errs[0])}
	default:
		return op, errs
	}
}

// Admit counts an operation for the client of ctx, and refuses one above the rate. It comes after sign-in, which tells who
// the client is, and which only an operation that could run may cost.
func (e *Executor) Admit(ctx context.Context) *gqlerror.Error { return e.rate.admit(ctx) }

func (e *Executor) document(params *graphql.RawParams) (*ast.QueryDocument, gqlerror.List) {
	known, ok := e.cache.get(params.Query)
	if ok && !known.varies {
		return known.QueryDocument, nil
	}
	doc := known.QueryDocument
	if !ok {
		var err *gqlerror.Error
		if doc, err = e.parse(params.Query); err != nil {
			return nil, gqlerror.List{err}
		}
	}
	varies, err := measure(e.schema, e.limits, doc, params.Variables)
	if err != nil {
		return nil, gqlerror.List{err}
	}
	if !ok {
		if errs := e.validate(doc); errs != nil {
			return nil, errs
		}
		e.cache.add(params.Query, document{doc, varies})
	}
	return doc, nil
}

func (e *Executor) parse(query string) (*ast.QueryDocument, *gqlerror.Error) {
	src := &ast.Source{Input: query}
	if refusal := e.scan(src); refusal != nil {
		return nil, refusal
	}
	doc, err := parser.ParseQuery(src)
	if err != nil {
		refusal := wrongDocument(ParseFailed, "Syntax error in the GraphQL document.")
		if syntax, ok := errors.AsType[*gqlerror.Error](err); ok {
			refusal.Locations = syntax.Locations
		}
		return nil, refusal
	}
	if len(doc.Operations) == 0 {
		return nil, wrongDocument(ParseFailed, "The GraphQL document has no operation.")
	}
	return doc, nil
}

// maxName bounds one name, in bytes: the paths of errors and the keys of data repeat names.
const maxName = 128

// scan refuses a document that has too many tokens, or a name that is too long, before anything is made of it.
func (e *Executor) scan(src *ast.Source) *gqlerror.Error {
	lex := lexer.New(src)
	for n := 1; ; n++ {
		token, err := lex.ReadToken()
		switch {
		case err != nil || token.Kind == lexer.EOF:
			return nil //nolint:nilerr // the parser reports it
		case over(n, e.limits.Tokens):
			return Refuse(QueryTooLarge, http.StatusBadRequest, fmt.Sprintf("A document may have %d tokens at most.", e.limits.Tokens))
		case token.Kind == lexer.Name && len(token.Value) > maxName:
			return Refuse(QueryTooLarge, http.StatusBadRequest, fmt.Sprintf("A name may have %d characters at most.", maxName))
		}
	}
}

// uncoercible reports a variable that doesn't fit, by the names in the document and the schema alone. Where introspection
// is disabled, it names nothing.
func (e *Executor) uncoercible(err *gqlerror.Error) *gqlerror.Error {
	refusal := wrongDocument(fault.BadUserInput, "A variable does not fit its type.")
	path := err.Path
	if err.Message == "unknown field" && len(path) > 0 {
		path = path[:len(path)-1] // the last name is the client's own
	}
	if len(path) > 1 && e.limits.Introspection {
		refusal.Extensions["variable"] = path[1:]
	}
	return refusal
}

// handover gives the inner executor the document that the guards have passed, in the place of its own cache, so that it
// neither parses nor validates.
type handover struct{}

func (handover) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	doc, ok := ctx.Value(handover{}).(*ast.QueryDocument)
	return doc, ok
}

func (handover) Add(context.Context, string, *ast.QueryDocument) {}

// switches is the extension that applies the limits known only while an operation runs.
type switches Limits

func (switches) ExtensionName() string                   { return "Guard" }
func (switches) Validate(graphql.ExecutableSchema) error { return nil }

func (s switches) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = !s.Introspection
	return nil
}

func (s switches) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	resp := next(ctx)
	if resp != nil && over(len(resp.Errors), s.Errors) {
		resp.Errors = resp.Errors[:s.Errors]
	}
	return resp
}
