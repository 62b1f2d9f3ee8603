package menu_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/platform/fault"
)

func TestManyServersMakeAScheduledChangeOnce(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	var items, changes []uuid.UUID
	for range 5 {
		id := c.item(t, margherita())
		items = append(items, id)
		for _, name := range []string{"First", "Second"} {
			changes = append(changes, c.in(time.Hour, menu.UpdateMenuItem{ID: id, Name: new(name)}))
		}
	}
	c.now = c.now.Add(time.Hour)

	var servers errgroup.Group
	for range 4 {
		servers.Go(func() error { return c.server().Round(t.Context()) })
	}

	require.NoError(t, servers.Wait())
	require.NoError(t, c.server().Round(t.Context()), "what a server has left that lost too many races")
	for _, id := range items {
		require.Equal(t, "Second", c.dish(t, id).Name, "of the same time, in the order in which they were scheduled")
		require.Equal(t, 3, c.seen(t, id).Version)
	}
	for _, id := range changes {
		require.Equal(t, menu.Done, c.became(id).Status)
	}
}

// dying is the store of a server whose connection ends after the change was made, and before the commit.
type dying struct {
	*menustore.Store
	c *calendar
}

func (d dying) UpdateScheduled(ctx context.Context, id uuid.UUID, change func(*menu.Scheduled, menu.Stores) error) error {
	return d.Store.UpdateScheduled(ctx, id, func(s *menu.Scheduled, in menu.Stores) error {
		err := change(s, in)
		_, killed := d.c.db.Pool.Exec(ctx, `
			SELECT pg_terminate_backend(a.pid)
			FROM pg_stat_activity AS a
			WHERE a.datname = current_database() AND a.state = 'idle in transaction'`)
		return errors.Join(err, killed)
	})
}

func TestAChangeWhoseServerDiesInTheMiddleIsMadeByAnother(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id := c.item(t, margherita())
	change := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Regina")})
	c.now = c.now.Add(time.Hour)
	server := c.server()
	server.Changes = dying{c.store, c}

	require.NoError(t, server.Round(t.Context()))

	require.Equal(t, menu.Waiting, c.became(change).Status)
	require.Equal(t, 1, c.seen(t, id).Version, "nothing of it was done")
	c.passes(time.Second)
	require.Equal(t, 1, c.seen(t, id).Version, "a fault is tried again later")
	c.passes(10 * time.Second)
	require.Equal(t, menu.Done, c.became(change).Status)
	require.Equal(t, "Regina", c.dish(t, id).Name)
	require.Equal(t, 2, c.seen(t, id).Version)
	require.Len(t, c.told(t, id), 2)
}

func TestAFormThatIsNotKnownIsLeftToOtherServersForAWhile(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id := c.item(t, margherita())
	newer := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Newer")})
	later := c.in(2*time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Later")})
	_, err := c.db.Pool.Exec(t.Context(), `UPDATE public.scheduled_menu_changes AS c SET form = $1 WHERE c.id = $2`, menu.Form+1, newer)
	require.NoError(t, err)
	late := c.server()
	late.Running = func() time.Duration { return 0 }

	c.now = c.now.Add(2 * time.Hour)
	require.NoError(t, late.Round(t.Context()))
	require.Equal(t, menu.Waiting, c.became(newer).Status, "it has just come")
	c.passes(0)
	require.Equal(t, menu.Refused, c.became(newer).Status, "the other one has looked for two hours")
	require.Equal(t, menu.Done, c.became(later).Status)

	newest := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Newest")})
	_, err = c.db.Pool.Exec(t.Context(), `UPDATE public.scheduled_menu_changes AS c SET form = $1 WHERE c.id = $2`, menu.Form+1, newest)
	require.NoError(t, err)
	after := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Name: new("After")})
	c.passes(time.Hour + 9*time.Minute)
	require.Equal(t, []menu.ScheduledStatus{menu.Waiting, menu.Waiting}, []menu.ScheduledStatus{c.became(newest).Status, c.became(after).Status}, "nor does one of the same item overtake it")
	c.passes(time.Minute)
	c.requireRefused(newest, fault.BadUserInput)
	require.Equal(t, menu.Done, c.became(after).Status)
}
