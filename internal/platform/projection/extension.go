package projection

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/99designs/gqlgen/graphql"
)

// Object is a result of a resolver, an object or a list of them, that appends itself as a plan selects it.
type Object interface {
	AppendSelected(out []byte, plan *Plan) ([]byte, error)
}

// Extension answers by projection the fields whose results Of knows, in the place of gqlgen's generated code, which
// makes of each field of each object a call, a context and often a goroutine. Whether a field may be resolved and what an
// error does to the fields around it stays gqlgen's, and so does all of a selection that no document can answer alone
// (see compile). Without the extension the same answers are given more slowly.
type Extension struct {
	// Of returns the result as an Object, as whoever asks sees it; nil if gqlgen is to write it.
	Of func(ctx context.Context, result any) Object
	// Hide names the directive of fields that are null for those whom MaySee refuses. Those whom it lets pass may be refused by
	// an Object, which then takes the plan that Plan.Hidden returns. What gqlgen writes is not looked at: the directive has to do
	// the same there.
	Hide   string
	MaySee func(ctx context.Context) bool
	// Ignore names the directives that do nothing when a field is answered. A field with any other one is left to gqlgen.
	Ignore []string

	plans   plans
	buffers sync.Pool // of *written
}

var (
	_ graphql.HandlerExtension = (*Extension)(nil)
	_ graphql.FieldInterceptor = (*Extension)(nil)
)

// ExtensionName implements graphql.HandlerExtension.
func (*Extension) ExtensionName() string { return "Projection" }

// Validate implements graphql.HandlerExtension: it learns the schema, in which what is hidden must be able to be null.
func (e *Extension) Validate(schema graphql.ExecutableSchema) error {
	if e.Of == nil || e.Hide != "" && e.MaySee == nil {
		return errors.New("the projection doesn't know what to project, or for whom")
	}
	e.plans.schema, e.plans.hide, e.plans.ignore = schema.Schema(), e.Hide, e.Ignore
	for _, t := range e.plans.schema.Types {
		for _, f := range t.Fields {
			if f.Directives.ForName(e.Hide) != nil && f.Type.NonNull {
				return fmt.Errorf("%s.%s is hidden by @%s and can't be null", t.Name, f.Name, e.Hide)
			}
		}
	}
	return nil
}

// Plan says what is selected of the field that is being resolved, which returns an object type or a list of it; nil if no
// document can answer that alone, or there is no extension.
func (e *Extension) Plan(ctx context.Context) *Plan {
	if e == nil {
		return nil
	}
	return e.plans.of(graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx).Field, e.Hide != "" && !e.MaySee(ctx))
}

// InterceptField implements graphql.FieldInterceptor.
func (e *Extension) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	result, err := next(ctx)
	if err != nil || result == nil {
		return result, err
	}
	object := e.Of(ctx, result)
	if object == nil {
		return result, nil
	}
	plan := e.Plan(ctx)
	if plan == nil {
		return result, nil
	}
	answer, ok := e.buffers.Get().(*written)
	if !ok {
		answer = &written{to: &e.buffers}
	}
	if answer.json, err = object.AppendSelected(answer.json[:0], plan); err != nil {
		return nil, fmt.Errorf("project the answer: %w", err)
	}
	return answer, nil
}

// written is an answer that is JSON already.
type written struct {
	json []byte
	to   *sync.Pool
}

// MarshalGQL implements graphql.Marshaler. gqlgen calls it once, or never if an error beside takes the answer away.
func (w *written) MarshalGQL(to io.Writer) {
	_, _ = to.Write(w.json)
	w.to.Put(w)
}
