package menu_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestWhatScheduledChangesAreRefusedForWhenTheirTimeHasCome(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id, gone := c.item(t, margherita()), c.item(t, margherita())
	luca := auth.Actor{ID: uuid.New(), Name: "Luca", Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{c.at}}
	nina := auth.Actor{ID: uuid.New(), Name: "Nina", Roles: []auth.Role{auth.RoleManager}}
	offer := func(price int64) menu.Change {
		return menu.Change{UpdateMenuItem: &menu.UpdateMenuItem{ID: id, Locations: []menu.OfferChange{{LocationID: c.at, Prices: new(new([]menu.Price{{Size: menu.Small, Price: price}}))}}}}
	}
	at := c.now.Add(time.Hour)
	schedule := func(by auth.Actor, change menu.Change) uuid.UUID {
		scheduled, err := c.try(by, at, change)
		require.NoError(t, err)
		return scheduled
	}
	moved, suspended := schedule(luca, offer(1)), schedule(nina, offer(2))
	expecting := c.in(time.Hour, menu.UpdateMenuItem{ID: id, ExpectedVersion: new(1), Name: new("Mine")})
	archived := c.in(time.Hour, menu.UpdateMenuItem{ID: gone, Name: new("Regina")})
	c.change(t, menu.UpdateMenuItem{ID: id, Prices: new([]menu.Price{{Size: menu.Medium, Price: 990}})})
	unsold := schedule(mia, offer(3))
	_, err := c.archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: gone})
	require.NoError(t, err)
	elsewhere := luca
	elsewhere.LocationIDs = []uuid.UUID{uuid.New()}
	c.people[luca.ID] = elsewhere

	c.passes(time.Hour)

	c.requireRefused(moved, fault.Forbidden)
	c.requireRefused(suspended, fault.Forbidden)
	c.requireRefused(expecting, fault.VersionConflict, "updateMenuItem", "expectedVersion")
	require.Equal(t, 2, c.became(expecting).Refusal.Details.CurrentVersion)
	c.requireRefused(archived, fault.NotFound, "updateMenuItem", "id")
	c.requireRefused(unsold, fault.BadUserInput, "updateMenuItem", "locations", "0", "prices", "0", "size")
	require.Equal(t, 2, c.seen(t, id).Version)
	var told []string
	require.NoError(t, c.db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(e.type || ' ' || e.actor_role ORDER BY e.version) FROM public.events AS e WHERE e.stream_id = $1`, archived).Scan(&told))
	require.Equal(t, []string{"SCHEDULED MANAGER", "REFUSED SYSTEM"}, told)
}

func TestWhatCanNotBeScheduled(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id := c.item(t, margherita())
	later := c.now.Add(time.Hour)
	renamed := menu.Change{UpdateMenuItem: &menu.UpdateMenuItem{ID: id, Name: new("Regina")}}
	luca := auth.Actor{ID: uuid.New(), Name: "Luca", Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{c.at}}
	for name, test := range map[string]struct {
		by     auth.Actor
		at     time.Time
		change menu.Change
		code   fault.Code
		path   []string
	}{
		"at once":          {mia, c.now, renamed, fault.BadUserInput, []string{"at"}},
		"in two years":     {mia, c.now.AddDate(2, 0, 0), renamed, fault.BadUserInput, []string{"at"}},
		"nothing":          {mia, later, menu.Change{}, fault.BadUserInput, []string{"updateMenuItem"}},
		"both":             {mia, later, menu.Change{renamed.UpdateMenuItem, &menu.UpdateOptionGroup{}}, fault.BadUserInput, []string{"updateMenuItem"}},
		"no such item":     {mia, later, menu.Change{UpdateMenuItem: &menu.UpdateMenuItem{ID: uuid.New()}}, fault.NotFound, []string{"updateMenuItem", "id"}},
		"no such group":    {mia, later, menu.Change{UpdateOptionGroup: &menu.UpdateOptionGroup{ID: uuid.New()}}, fault.NotFound, []string{"updateOptionGroup", "id"}},
		"no such image":    {mia, later, menu.Change{UpdateMenuItem: &menu.UpdateMenuItem{ID: id, ImageID: new(new(uuid.New()))}}, fault.BadUserInput, []string{"updateMenuItem", "imageId"}},
		"no name":          {mia, later, menu.Change{UpdateMenuItem: &menu.UpdateMenuItem{ID: id, Name: new(" ")}}, fault.BadUserInput, []string{"updateMenuItem", "name"}},
		"of all, by some":  {luca, later, renamed, fault.Forbidden, nil},
		"a group, by some": {luca, later, menu.Change{UpdateOptionGroup: &menu.UpdateOptionGroup{ID: id}}, fault.Forbidden, nil},
	} {
		_, err := c.try(test.by, test.at, test.change)
		refusal, refused := fault.As(err)
		require.True(t, refused, "%s: %v", name, err)
		require.Equal(t, test.code, refusal.Code, name)
		require.Equal(t, test.path, refusal.Path, name)
	}
	for range 100 {
		c.in(time.Hour, *renamed.UpdateMenuItem)
	}
	_, err := c.try(mia, later, renamed)
	require.True(t, fault.Is(err, fault.LimitReached), "%v", err)
}

func TestWhoMayCancelAScheduledChange(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id, there := c.item(t, margherita()), c.db.AddLocation(t, "EUR")
	manager := func(at ...uuid.UUID) auth.Actor {
		return auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleManager}, LocationIDs: at}
	}
	hides := func(places ...uuid.UUID) menu.UpdateMenuItem {
		cmd := menu.UpdateMenuItem{ID: id}
		for _, place := range places {
			cmd.Locations = append(cmd.Locations, menu.OfferChange{LocationID: place, IsAvailable: new(new(false))})
		}
		return cmd
	}
	cancel := func(by auth.Actor, change uuid.UUID) error {
		_, err := (&menu.CancelScheduledMenuChangeHandler{Scheduled: c.store, Now: func() time.Time { return c.now }}).Handle(t.Context(), menu.CancelScheduledMenuChange{By: by, ID: change})
		return err
	}
	chains, here, both := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Regina")}), c.in(time.Hour, hides(c.at)), c.in(time.Hour, hides(c.at, there))
	late := c.in(time.Minute, menu.UpdateMenuItem{ID: id, Name: new("Regina")})
	c.passes(time.Minute)

	require.True(t, fault.Is(cancel(manager(c.at), chains), fault.Forbidden))
	require.True(t, fault.Is(cancel(manager(there), here), fault.NotFound))
	require.True(t, fault.Is(cancel(manager(there), both), fault.Forbidden))
	require.True(t, fault.Is(cancel(mia, uuid.New()), fault.NotFound))
	requireRefusal(t, cancel(mia, late), fault.BadUserInput, "id")
	require.NoError(t, cancel(manager(c.at), here))
	require.NoError(t, cancel(manager(c.at, there), both))
	require.NoError(t, cancel(mia, chains))
	require.NoError(t, cancel(mia, chains), "it is so already")

	c.passes(time.Hour)
	for _, change := range []uuid.UUID{chains, here, both} {
		require.Equal(t, menu.Cancelled, c.became(change).Status)
	}
	require.Equal(t, 2, c.seen(t, id).Version, "none was made but the first")
}
