package projection

import (
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

const storedThing = `{"id":"1","name":"N","note":"n","count":3}`

func TestAStoredDocumentAnswersEachPlanTheSameEachTime(t *testing.T) {
	t.Parallel()
	s := Store([]byte(storedThing))
	for range 3 {
		for selection, expected := range map[string]string{
			`{ id }`: `{"id":"1"}`, `{ count id }`: `{"count":3,"id":"1"}`, `{ a: name }`: `{"a":"N"}`, `{ note }`: `{"note":"n"}`,
			`{ b: note c: note }`: `{"b":"n","c":"n"}`, `{ name count }`: `{"name":"N","count":3}`,
		} {
			out, err := s.AppendSelected([]byte("before"), planned(t, selection))
			require.NoError(t, err)
			require.Equal(t, "before"+expected, string(out))
		}
	}
	require.Len(t, *s.answers.Load(), rememberedAnswers)
}

func TestAStoredDocumentRemembersWhatIsAskedAgain(t *testing.T) {
	t.Parallel()
	s, plan := Store([]byte(storedThing)), planned(t, `{ id name }`)
	first, err := s.AppendSelected(nil, plan)
	require.NoError(t, err)

	s.document = nil // so that nothing can be read from it any more

	again, err := s.AppendSelected(nil, plan)
	require.NoError(t, err)
	require.Equal(t, first, again)
	first[0] = '!' // a buffer that is used again
	again, err = s.AppendSelected(nil, plan)
	require.NoError(t, err)
	require.Equal(t, byte('{'), again[0])
	require.Equal(t, first[1:], again[1:])
}

// No other request comes with such a plan.
func TestAStoredDocumentForgetsWhatVariablesDecide(t *testing.T) {
	t.Parallel()
	op, f := asked(t, `{ id note @include(if: $yes) }`)
	p := plans{schema: op.schema}
	s := Store([]byte(storedThing))
	for yes, expected := range map[bool]string{true: `{"id":"1","note":"n"}`, false: `{"id":"1"}`} {
		request := &graphql.OperationContext{Doc: op.Doc, Variables: map[string]any{"yes": yes}}
		out, err := s.AppendSelected(nil, p.of(request, f, false))
		require.NoError(t, err)
		require.Equal(t, expected, string(out))
	}
	require.Nil(t, s.answers.Load())
}

func TestAStoredDocumentRemembersNoFault(t *testing.T) {
	t.Parallel()
	s := Store([]byte(`{"id":"1"`))
	_, err := s.AppendSelected(nil, planned(t, `{ id }`))
	require.Error(t, err)
	require.Nil(t, s.answers.Load())
}

func TestAStoredDocumentIsSharedByManyPlansAtOnce(t *testing.T) {
	t.Parallel()
	s := Store([]byte(storedThing))
	group := errgroup.Group{}
	for n := range 8 {
		name := fmt.Sprintf("a%d", n)
		plan, expected := planned(t, `{ `+name+`: id }`), fmt.Sprintf(`{"%s":"1"}`, name)
		group.Go(func() error {
			for range 200 {
				if out, err := s.AppendSelected(nil, plan); err != nil || string(out) != expected {
					return fmt.Errorf("%s: %s, %w", name, out, err)
				}
			}
			return nil
		})
	}
	require.NoError(t, group.Wait())
}
