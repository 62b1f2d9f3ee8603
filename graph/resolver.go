// Package graph is the edge: resolvers that authorize, translate and delegate to the app, and nothing else.
package graph

import (
	"context"
	"log/slog"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"pizzeria/graph/generated"
	"pizzeria/internal/app"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/projection"
)

//go:generate go tool gqlgen generate
//go:generate go run ./print ../docs/schema.graphql

// Resolver is the root of all resolvers.
type Resolver struct {
	app       *app.App
	log       *slog.Logger
	projected *projection.Extension
}

// NewSchema returns the executable schema over the app. The projection is the one that answers with it; nil for none.
func NewSchema(a *app.App, log *slog.Logger, projected *projection.Extension) graphql.ExecutableSchema {
	return generated.NewExecutableSchema(generated.Config{
		Schema:     withoutDefer(generated.NewExecutableSchema(generated.Config{}).Schema()),
		Resolvers:  &Resolver{app: a, log: log, projected: projected},
		Directives: generated.DirectiveRoot{HasRole: hasRole, StaffOnly: staffOnly, ManagerOnly: managerOnly, NotNull: notNull},
	})
}

// withoutDefer leaves out the directive @defer, which the parser adds to every schema: answers come in one piece.
func withoutDefer(schema *ast.Schema) *ast.Schema {
	own := *schema
	own.Directives = maps.Clone(schema.Directives)
	delete(own.Directives, "defer")
	return &own
}

// hasRole lets a field be resolved only for whoever may use it.
func hasRole(ctx context.Context, _ any, next graphql.Resolver, roles []auth.Role, orOrderToken, orScreen bool) (any, error) {
	by := actor(ctx)
	if orOrderToken && by.Order != nil || orScreen && by.IsScreen {
		return next(ctx)
	}
	if err := by.Require(roles...); err != nil {
		return nil, err
	}
	return next(ctx)
}

// staffOnly makes a field of an actor null for everybody but the staff of the location where that was, or of all, even if they
// may see the rest.
func staffOnly(ctx context.Context, object any, next graphql.Resolver) (any, error) {
	by := actor(ctx).Everywhere()
	if of, ok := object.(*auth.Attribution); ok && of.At != nil {
		by = actor(ctx).At(*of.At)
	}
	if !by.Staff() {
		return nil, nil
	}
	return next(ctx)
}

// managerOnly makes a field null for all but managers, also for those who may see the object.
func managerOnly(ctx context.Context, _ any, next graphql.Resolver) (any, error) {
	if !actor(ctx).Is(auth.RoleManager) {
		return nil, nil
	}
	return next(ctx)
}

// notNull refuses null for a field of an input object that may be left out.
func notNull(ctx context.Context, object any, next graphql.Resolver) (any, error) {
	fields, _ := object.(map[string]any)
	if at := graphql.GetPathContext(ctx); at != nil && at.Field != nil && fields[*at.Field] == nil {
		return nil, fault.New(fault.BadUserInput, "This may be left out, but it can't be null.")
	}
	return next(ctx)
}

// actor is who is asking. Fields that need somebody signed in say so in the schema.
func actor(ctx context.Context) auth.Actor { return auth.FromContext(ctx) }
