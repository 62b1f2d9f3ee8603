package guard

import (
	"context"
	"fmt"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"pizzeria/internal/platform/clock"
)

// Executor is gqlgen's executor behind the guards.
type Executor struct {
	*executor.Executor
	schema *ast.Schema
	limits Limits
	rules  *rules.Rules
	cache  *documentCache

	rate    *limiter
	clients Clients
}

// document is parsed, measured and valid. It is shared by requests and never changed.
type document struct {
	*ast.QueryDocument
	varies bool
	cost   int // with the variables that it was measured with
}

var _ graphql.GraphExecutor = (*Executor)(nil)

// New makes an executor for the schema. A Rate that is zero is no limit; clients names the client that a request counts for.
func New(es graphql.ExecutableSchema, limits Limits, rate Rate, clients Clients) *Executor {
	limits = limits.WithDefaults()
	inner := executor.New(es)
	inner.SetQueryCache(handover{})
	inner.Use(switches(limits))
	return &Executor{
		Executor: inner, schema: es.Schema(), limits: limits, rules: documentRules(),
		cache: newDocumentCache(limits.CacheBytes), rate: newLimiter(rate, clock.New()), clients: clients,
	}
}

// costKey is where an operation's statistics have its cost.
const costKey = "Cost"

// CostOf is what an operation costs, as Limits.Cost counts it.
func CostOf(op *graphql.OperationContext) int {
	cost, _ := op.Stats.GetExtension(costKey).(int)
	return cost
}

// CreateOperationContext implements graphql.GraphExecutor. It always returns a context, also beside errors.
func (e *Executor) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	doc, errs := e.document(ctx, params)
	if errs != nil {
		return &graphql.OperationContext{OperationName: params.OperationName, Headers: params.Headers}, errs
	}
	params.Query = doc.Operations[0].Position.Src.Input // the same text: subscriptions to one document keep it once
	op, errs := e.Executor.CreateOperationContext(context.WithValue(ctx, handover{}, doc.QueryDocument), params)
	switch {
	case errs == nil:
		op.Stats.SetExtension(costKey, doc.cost)
		return op, nil
	case op.Operation == nil:
		return op, gqlerror.List{WrongDocument(ValidationFailed, "The document has no such operation, or operationName is missing.")}
	case op.Stats.Validation.End.IsZero():
		return op, gqlerror.List{e.uncoercible(op.Operation, errs[0])}
	default:
		return op, errs
	}
}

func (e *Executor) document(ctx context.Context, params *graphql.RawParams) (document, gqlerror.List) {
	known, ok := e.cache.get(params.Query)
	if ok && !known.varies {
		return known, nil
	}
	doc := known.QueryDocument
	if !ok {
		err := e.admitDocument(ctx, params.Query)
		if err == nil {
			doc, err = e.parse(params.Query)
		}
		if err != nil {
			return document{}, gqlerror.List{err}
		}
	}
	varies, cost, err := measure(e.schema, e.limits, doc, params.Variables)
	if err != nil {
		return document{}, gqlerror.List{err}
	}
	measured := document{doc, varies, cost}
	if !ok {
		if errs := e.validate(doc); errs != nil {
			return document{}, errs
		}
		e.cache.add(params.Query, measured)
	}
	return measured, nil
}

func (e *Executor) parse(query string) (*ast.QueryDocument, *gqlerror.Error) {
	src := &ast.Source{Input: query}
	if refusal := e.scan(src); refusal != nil {
		return nil, refusal
	}
	doc, err := parser.ParseQuery(src)
	if err != nil {
		return nil, e.syntax(err)
	}
	if len(doc.Operations) == 0 {
		return nil, WrongDocument(ParseFailed, "The GraphQL document has no operation.")
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
		case err != nil: // the parser would only say that something is invalid
			return e.syntax(err)
		case token.Kind == lexer.EOF:
			return nil
		case over(n, e.limits.Tokens):
			return Refuse(QueryTooLarge, http.StatusBadRequest, fmt.Sprintf("A document may have %d tokens at most.", e.limits.Tokens))
		case token.Kind == lexer.Name && len(token.Value) > maxName:
			return Refuse(QueryTooLarge, http.StatusBadRequest, fmt.Sprintf("A name may have %d characters at most.", maxName))
		}
	}
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
