package menu_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

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
