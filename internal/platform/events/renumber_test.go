package events_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
)

// A server's tail is made before the log of a restored dump is put right: when its events may all be beyond what the new
// cluster has reached.
func TestATailThatWasMadeBeforeALogIsRenumberedTakesNoOldEventForNew(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]int{"all events": 0, "the last events": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shop, _ := open(t)
			for range 5 {
				shop.MustPlace(t)
			}
			_, err := shop.Pool.Exec(t.Context(), fmt.Sprintf(`
				ALTER TABLE public.events DISABLE TRIGGER USER;
				UPDATE public.events AS e SET xid = (1000000 + e.xid::text::bigint)::text::xid8
				WHERE e.position >= (SELECT min(n.position) FROM public.events AS n) + %d;
				ALTER TABLE public.events ENABLE TRIGGER USER`, first))
			require.NoError(t, err)
			tail := prepare(t, shop, events.TailOptions{})

			require.NoError(t, events.Renumber(t.Context(), shop.Pool, slog.New(slog.DiscardHandler)))
			tail.run(t)
			order := shop.MustPlace(t)

			tail.requireExactly(t, []eventstest.Key{{ID: order, Version: 1}})
		})
	}
}
