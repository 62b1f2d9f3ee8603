package tracing

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"pizzeria/internal/platform/cqrs"
)

const operationTypeKey = attribute.Key("graphql.operation.type")

// Operations are the extensions that give each query and mutation a span, and each subscription one for its opening.
func (p *Provider) Operations() []graphql.HandlerExtension {
	if p == nil {
		return nil
	}
	return []graphql.HandlerExtension{operations{p}}
}

type operations struct{ *Provider }

func (operations) ExtensionName() string                   { return "Tracing" }
func (operations) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation spans the opening of a subscription, until its resolver has returned. What follows may last for
// hours: Delivery gives each event a span of its own.
func (o operations) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx).Operation
	if op.Operation != ast.Subscription {
		return next(ctx)
	}
	ctx, span := o.start(ctx, op)
	defer span.End()
	return next(context.WithValue(ctx, subscriptionKey{}, &subscription{o.tracer, rootFields(op), span.SpanContext()}))
}

// InterceptResponse spans a query or a mutation.
func (o operations) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	op := graphql.GetOperationContext(ctx).Operation
	if op == nil || op.Operation == ast.Subscription {
		return next(ctx)
	}
	ctx, span := o.start(ctx, op)
	response := next(ctx)
	end(span, outcomeOf(response))
	return response
}

// start names the span by the schema alone: an operation's name and its aliases are the client's. A socket's or an event
// stream's operation has no request's span as its parent.
func (o operations) start(ctx context.Context, op *ast.OperationDefinition) (context.Context, trace.Span) {
	name := "graphql " + string(op.Operation) + " " + rootFields(op)
	options := []trace.SpanStartOption{trace.WithAttributes(operationTypeKey.String(string(op.Operation)))}
	if caller := trace.SpanContextFromContext(ctx); !caller.IsValid() || caller.IsRemote() {
		options = append(options, trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(requestID(ctx)))
		if caller.IsValid() {
			options = append(options, trace.WithLinks(trace.Link{SpanContext: caller}))
		}
	}
	return o.tracer.Start(ctx, name, options...)
}

// rootFields are the names of the fields asked for at the top, each once. It looks at each fragment once too: the ways through
// them can be too many to walk.
func rootFields(op *ast.OperationDefinition) string {
	var names []string
	seen := map[*ast.FragmentDefinition]bool{}
	var collect func(ast.SelectionSet)
	collect = func(selected ast.SelectionSet) {
		for _, one := range selected {
			switch one := one.(type) {
			case *ast.Field:
				if !slices.Contains(names, one.Name) {
					names = append(names, one.Name)
				}
			case *ast.InlineFragment:
				collect(one.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[one.Definition] {
					seen[one.Definition] = true
					collect(one.Definition.SelectionSet)
				}
			}
		}
	}
	collect(op.SelectionSet)
	return strings.Join(names, ", ")
}

// outcomeOf is a fault if anything failed that shouldn't, or the code of the first refusal.
func outcomeOf(response *graphql.Response) string {
	outcome := cqrs.OK
	if response == nil { // the client has gone
		return "cancelled"
	}
	for _, e := range response.Errors {
		switch code, _ := e.Extensions["code"].(string); {
		case code == "INTERNAL_SERVER_ERROR":
			return cqrs.Fault
		case outcome == cqrs.OK:
			outcome = code
		}
	}
	return outcome
}
