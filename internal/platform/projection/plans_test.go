package projection

import (
	"runtime"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
)

func TestWhatNoDocumentCanAnswerIsLeftToGqlgen(t *testing.T) {
	t.Parallel()
	for _, selection := range []string{`{ hidden }`, `{ id sized(cm: 1) }`, `{ sized }`, `{ id other { name } }`} {
		require.Nil(t, planned(t, selection), selection)
	}
	require.NotNil(t, planned(t, `{ id hidden @skip(if: true) }`))
}

func TestAPlanIsMadeOnce(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id part { name } ...F } } fragment F on Thing { note `)
	p := plans{schema: op.schema}

	first := p.of(op.OperationContext, f)

	require.Same(t, first, p.of(op.OperationContext, f))
	// Another field of the same name was merged into it.
	f.Selections = append(f.Selections, f.Selections[1])
	require.NotSame(t, first, p.of(op.OperationContext, f))
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
			require.Len(t, p.of(again, f).fields, map[bool]int{true: 2, false: 1}[yes], selection)
		}
	}
}

func TestPlansAreForgottenWithTheirDocuments(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id ...F } } fragment F on Thing { note `)
	p := &plans{schema: op.schema}
	require.NotNil(t, p.of(op.OperationContext, f))
	require.Equal(t, 1, p.count())

	op, f = operation{}, graphql.CollectedField{}

	require.Eventually(t, func() bool { runtime.GC(); return p.count() == 0 }, 15*time.Second, time.Millisecond)
	require.Nil(t, f.Field)
	require.Nil(t, op.OperationContext)
}

func (p *plans) count() (n int) {
	p.known.Range(func(any, any) bool { n++; return true })
	return n
}
