package menu_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// opening is when the tests of scheduled changes begin.
var opening = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// calendar is a shop with a clock that the test sets, and servers that make scheduled changes.
type calendar struct {
	*shop
	t      *testing.T
	now    time.Time
	store  *menustore.Store
	people people
}

// people are those who have an account now.
type people map[uuid.UUID]auth.Actor

func (p people) Acting(_ context.Context, id uuid.UUID) (auth.Actor, bool, error) {
	actor, found := p[id]
	return actor, found, nil
}

func newCalendar(t *testing.T) *calendar {
	t.Helper()
	s := newShop(t)
	return &calendar{shop: s, t: t, now: opening, store: s.dishes, people: people{mia.ID: mia}}
}

func (c *calendar) server() *menu.Scheduler {
	return &menu.Scheduler{
		Changes: c.store, Accounts: c.people, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return c.now }, NewID: uuid.New,
		Running: func() time.Duration { return c.now.Sub(opening) }, Committed: func() {},
	}
}

func (c *calendar) try(by auth.Actor, at time.Time, change menu.Change) (uuid.UUID, error) {
	cmd := menu.ScheduleMenuChange{By: by, At: at, Change: change}.WithSubject(uuid.Must(uuid.NewV7()))
	if err := cmd.Authorize(); err != nil {
		return uuid.Nil, err
	}
	if err := cmd.Validate(); err != nil {
		return uuid.Nil, err
	}
	return (&menu.ScheduleMenuChangeHandler{Schedule: c.store, Now: func() time.Time { return c.now }}).Handle(c.t.Context(), cmd)
}

// in schedules a change of an item for a while from now.
func (c *calendar) in(wait time.Duration, cmd menu.UpdateMenuItem) uuid.UUID {
	c.t.Helper()
	id, err := c.try(mia, c.now.Add(wait), menu.Change{UpdateMenuItem: &cmd})
	require.NoError(c.t, err)
	return id
}

// passes lets time pass, and has a server look.
func (c *calendar) passes(d time.Duration) {
	c.t.Helper()
	c.now = c.now.Add(d)
	require.NoError(c.t, c.server().Round(c.t.Context()))
}

func (c *calendar) became(id uuid.UUID) *menuview.ScheduledChange {
	c.t.Helper()
	pool := c.db.Pool
	found, err := (&menuview.ScheduledChangesHandler{Pool: pool, Items: &menuview.ItemByIDHandler{Pool: pool}, Of: &menuview.OptionGroupsHandler{Pool: pool}}).Change(c.t.Context(), id)
	require.NoError(c.t, err)
	return found
}

func (c *calendar) requireRefused(id uuid.UUID, code fault.Code, path ...string) {
	c.t.Helper()
	became := c.became(id)
	require.Equal(c.t, menu.Refused, became.Status)
	require.Equal(c.t, code, became.Refusal.Code)
	require.Equal(c.t, path, became.Refusal.Path)
}

func TestAScheduledChangeIsMadeAtItsTimeOfWhatIsThereThen(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id := c.item(t, margherita())
	change := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Prices: new([]menu.Price{{Size: menu.Medium, Price: 1100}})})
	waiting := c.became(change)
	require.Equal(t, []any{menu.Waiting, opening, opening.Add(time.Hour), "Mia", id}, []any{waiting.Status, waiting.CreatedAt.UTC(), waiting.At.UTC(), *waiting.By.Name, waiting.MenuItem.ID})

	c.passes(time.Hour - time.Millisecond)
	require.Equal(t, menu.Waiting, c.became(change).Status)
	require.Equal(t, int64(990), c.dish(t, id).Prices[menu.Medium])
	c.change(t, menu.UpdateMenuItem{ID: id, Name: new("Regina")})
	c.passes(time.Millisecond)

	require.Equal(t, map[menu.Size]int64{menu.Medium: 1100}, c.dish(t, id).Prices)
	require.Equal(t, "Regina", c.dish(t, id).Name, "what isn't named stays as it is then")
	made := c.became(change)
	require.Equal(t, []any{menu.Done, opening.Add(time.Hour)}, []any{made.Status, made.EndedAt.UTC()})
	var by, reason string
	require.NoError(t, c.db.Pool.QueryRow(t.Context(), `
		SELECT e.actor_name, e.reason FROM public.events AS e WHERE e.stream_id = $1 ORDER BY e.version DESC LIMIT 1`, id).Scan(&by, &reason))
	require.Equal(t, []string{"Mia", "Scheduled for 2026-03-01T13:00:00Z."}, []string{by, reason})
	c.requireExact(t)

	c.passes(time.Hour)
	require.Equal(t, 3, c.seen(t, id).Version, "it is made once")
}

func TestScheduledChangesAreMadeInTheirOrderAlsoWhenNoServerWasThere(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id := c.item(t, margherita())
	last := c.in(3*time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Third")})
	first := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Name: new("First")})
	c.in(2*time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Second")})

	c.passes(5 * time.Hour)

	require.Equal(t, "Third", c.dish(t, id).Name)
	require.Equal(t, 4, c.seen(t, id).Version)
	require.Equal(t, opening.Add(5*time.Hour), c.became(first).EndedAt.UTC(), "late, and it is told")
	require.Equal(t, menu.Done, c.became(last).Status)
}

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

func TestAnImageIsKeptForTheChangeThatBringsIt(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id, image := c.item(t, margherita()), uuid.New()
	require.NoError(t, c.store.AddImage(t.Context(), menu.Image{ID: image, UploadedAt: c.now}))
	c.in(72*time.Hour, menu.UpdateMenuItem{ID: id, ImageID: new(&image)})
	require.NoError(t, c.store.AddImage(t.Context(), menu.Image{ID: image, UploadedAt: c.now.Add(time.Hour)}))
	c.change(t, menu.UpdateMenuItem{ID: id, ImageID: new(&image)})
	c.change(t, menu.UpdateMenuItem{ID: id, ImageID: new((*uuid.UUID)(nil))})

	swept, err := menustore.SweepImages().Run(t.Context(), c.db.Pool, c.now.Add(71*time.Hour))
	require.NoError(t, err)
	require.Zero(t, swept)
	c.passes(72 * time.Hour)

	var has *uuid.UUID
	require.NoError(t, c.db.Pool.QueryRow(t.Context(), `SELECT m.image_id FROM public.menu_items AS m WHERE m.id = $1`, id).Scan(&has))
	require.Equal(t, &image, has)
}

func TestAScheduledChangeOfAnOptionGroup(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	group := c.group(t, menu.OptionGroupTerms{Name: "Dips", Max: new(2), Options: []menu.Option{option("Garlic", nil, 0)}})
	change, err := c.try(mia, c.now.Add(time.Hour), menu.Change{UpdateOptionGroup: &menu.UpdateOptionGroup{ID: group, Name: new("Sauces"), Max: new((*int)(nil))}})
	require.NoError(t, err)
	require.Equal(t, "Dips", c.became(change).OptionGroup.Name)

	c.passes(time.Hour)

	became := c.became(change)
	require.Equal(t, menu.Done, became.Status)
	require.Equal(t, "Sauces", became.OptionGroup.Name)
	require.Nil(t, became.OptionGroup.Max)
	values, err := became.Shown(mia)
	require.NoError(t, err)
	require.Equal(t, []*menuview.ScheduledValue{{Field: "max"}, {Field: "name", Value: new("Sauces")}}, values)
}

func TestManagersOfALocationSeeWhatIsToChangeThere(t *testing.T) {
	t.Parallel()
	c := newCalendar(t)
	id, there := c.item(t, margherita()), c.db.AddLocation(t, "EUR")
	offer := func(place uuid.UUID) menu.OfferChange {
		return menu.OfferChange{LocationID: place, IsAvailable: new(new(false))}
	}
	chains, theirs := c.in(3*time.Hour, menu.UpdateMenuItem{ID: id, Name: new("Regina"), Locations: []menu.OfferChange{offer(there)}}), c.in(2*time.Hour, menu.UpdateMenuItem{ID: id, Locations: []menu.OfferChange{offer(there)}})
	both := c.in(time.Hour, menu.UpdateMenuItem{ID: id, Locations: []menu.OfferChange{offer(c.at), offer(there)}})
	done := c.in(time.Minute, menu.UpdateMenuItem{ID: id, PreparationMinutes: new(20)})
	c.passes(time.Minute)
	pool := c.db.Pool
	handler := &menuview.ScheduledChangesHandler{Pool: pool, Items: &menuview.ItemByIDHandler{Pool: pool}, Of: &menuview.OptionGroupsHandler{Pool: pool}, Now: func() time.Time { return c.now }}
	list := func(q menuview.ScheduledChanges) (ids []uuid.UUID) {
		q.First = 50
		found, err := handler.Handle(t.Context(), q)
		require.NoError(t, err)
		for _, one := range found {
			require.True(t, one.VisibleTo(q.By))
			ids = append(ids, one.ID)
		}
		return ids
	}
	luca := auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleManager}, LocationIDs: []uuid.UUID{c.at}}

	require.Equal(t, []uuid.UUID{both, theirs, chains, done}, list(menuview.ScheduledChanges{By: mia}), "the next first, then what is over")
	require.Equal(t, []uuid.UUID{both, chains, done}, list(menuview.ScheduledChanges{By: luca, MenuItemID: &id}))
	require.Empty(t, list(menuview.ScheduledChanges{By: mia, MenuItemID: &there}))
	require.Equal(t, []uuid.UUID{done}, list(menuview.ScheduledChanges{By: mia, Status: new(menu.Done)}))
	shown, err := c.became(both).Shown(luca)
	require.NoError(t, err)
	require.Equal(t, `{"`+c.at.String()+`":{"isAvailable":false}}`, *shown[0].Value)
	shown, err = c.became(chains).Shown(luca)
	require.NoError(t, err)
	require.Equal(t, []*menuview.ScheduledValue{{Field: "name", Value: new("Regina")}}, shown)
	require.False(t, c.became(theirs).VisibleTo(luca))

	c.now = c.now.Add(8 * 24 * time.Hour)
	require.False(t, slices.Contains(list(menuview.ScheduledChanges{By: mia}), done), "it was long ago")
	for _, first := range []int{0, 101} {
		_, err := handler.Handle(t.Context(), menuview.ScheduledChanges{By: mia, First: first})
		requireRefusal(t, err, fault.BadUserInput, "first")
	}
}
