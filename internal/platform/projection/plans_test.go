package projection

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestWhatNoDocumentCanAnswerIsLeftToGqlgen(t *testing.T) {
	t.Parallel()
	for _, selection := range []string{`{ hidden }`, `{ id sized(cm: 1) }`, `{ sized }`, `{ id other { name } }`} {
		require.Nil(t, planned(t, selection), selection)
	}
	require.NotNil(t, planned(t, `{ id hidden @skip(if: true) }`))
}

func TestDirectivesThatDoNothingArePassedBy(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id heavy }`)

	require.Nil(t, (&plans{schema: op.schema}).of(op.OperationContext, f, false))
	require.NotNil(t, (&plans{schema: op.schema, ignore: []string{"weight"}}).of(op.OperationContext, f, false))
}

func TestAPlanIsMadeOnce(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id part { name } ...F } } fragment F on Thing { note `)
	p := plans{schema: op.schema}

	first := p.of(op.OperationContext, f, false)

	require.Same(t, first, p.of(op.OperationContext, f, false))
	// Another field of the same name was merged into it.
	f.Selections = append(f.Selections, f.Selections[1])
	require.NotSame(t, first, p.of(op.OperationContext, f, false))
}

func TestAPlanThatVariesIsMadeForItsVariables(t *testing.T) {
	t.Parallel()
	for _, selection := range []string{
		`{ id note @include(if: $yes) }`, `{ id ... @include(if: $yes) { note } }`, `{ id ...F @include(if: $yes) } } fragment F on Thing { note `,
		`{ id ...F } } fragment F on Thing { ... { note @include(if: $yes) } `,
	} {
		op, f := asked(t, selection)
		p := plans{schema: op.schema}
		for _, yes := range []bool{true, false, true} {
			again := &graphql.OperationContext{Doc: op.Doc, Variables: map[string]any{"yes": yes}}
			require.Len(t, p.of(again, f, false).fields, map[bool]int{true: 2, false: 1}[yes], selection)
		}
	}
}

func TestPlansAreForgottenWithTheirDocuments(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id ...F } } fragment F on Thing { note `)
	p := &plans{schema: op.schema}
	require.NotNil(t, p.of(op.OperationContext, f, false))
	require.Equal(t, 1, p.count())

	op, f = operation{}, graphql.CollectedField{}

	require.Eventually(t, func() bool { runtime.GC(); return p.count() == 0 }, 15*time.Second, time.Millisecond)
	require.Nil(t, f.Field)
	require.Nil(t, op.OperationContext)
}

// Who may see a field and who may not ask by the same document, in turns.
func TestAFieldIsHiddenFromSome(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id h: hidden hidden part { name } }`)
	p := plans{schema: op.schema, hide: "secret"}
	doc := []byte(`{"id":"1","hidden":"seen","part":{"name":"P"}}`)

	for range 2 {
		for hidden, expected := range map[bool]string{
			false: `{"id":"1","h":"seen","hidden":"seen","part":{"name":"P"}}`,
			true:  `{"id":"1","h":null,"hidden":null,"part":{"name":"P"}}`,
		} {
			out, err := p.of(op.OperationContext, f, hidden).Document(nil, doc, nil)
			require.NoError(t, err)
			require.Equal(t, expected, string(out))
		}
	}
}

// Where it depends on the object who may see a field, the object takes the plan that it is due; objects inside of others do, too.
func TestAnObjectHidesAFieldByItself(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id hidden parts { name hush } }`)
	p := plans{schema: op.schema, hide: "secret"}
	plan := p.of(op.OperationContext, f, false)
	doc := []byte(`{"id":"1","hidden":"seen","parts":[{"name":"P","hush":"seen"}]}`)

	seen, err := plan.Document(nil, doc, nil)
	require.NoError(t, err)
	require.Equal(t, string(doc), string(seen))
	hidden, err := plan.Hidden().Document(nil, doc, nil)
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"1","hidden":null,"parts":[{"name":"P","hush":null}]}`, string(hidden))
	for part := range plan.Within("Part") {
		hidden, err := part.Hidden().Document(nil, []byte(`{"name":"P","hush":"seen"}`), nil)
		require.NoError(t, err)
		require.JSONEq(t, `{"name":"P","hush":null}`, string(hidden))
	}

	op, f = asked(t, `{ id part { name } }`)
	plain := p.of(op.OperationContext, f, false)
	require.Same(t, plain, plain.Hidden(), "nothing is hidden")
	op, f = asked(t, `{ id hidden }`)
	all := p.of(op.OperationContext, f, true)
	require.Same(t, all, all.Hidden(), "all is hidden already")
}

// Values that stand in no document are asked for, by the plans of objects, and hidden ones aren't.
func TestValues(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id part { name } hidden __typename }`)
	p := plans{schema: op.schema, hide: "secret"}
	value := func(out []byte, field string, of *Plan) ([]byte, error) {
		if field != "id" {
			return of.Document(out, []byte(`{"name":"P"}`), nil)
		}
		return Text(out, "1"), nil
	}

	out, err := p.of(op.OperationContext, f, true).Values(nil, value)
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"1","part":{"name":"P"},"hidden":null,"__typename":"Thing"}`, string(out))

	_, err = p.of(op.OperationContext, f, true).Values(nil, func([]byte, string, *Plan) ([]byte, error) { return nil, ErrUnknownField })
	require.ErrorIs(t, err, ErrUnknownField)
}

func TestWhatIsHiddenMustBeNullable(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `directive @secret on FIELD_DEFINITION type Query { id: ID! @secret }`})
	e := Extension{Of: func(context.Context, any) Object { return nil }, Hide: "secret", MaySee: func(context.Context) bool { return true }}

	require.ErrorContains(t, e.Validate(&graphql.ExecutableSchemaMock{SchemaFunc: func() *ast.Schema { return schema }}), "Query.id")
}

func (p *plans) count() (n int) {
	p.known.Range(func(any, any) bool { n++; return true })
	return n
}
