package inventory_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// noon is when everything happens that isn't told otherwise.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestAnIngredientIsSoldOutUntilATimeForTodayOrUntilFurtherNotice(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	s.inZone(t, "Europe/Rome", 180)
	basil := s.create(t, inventory.CreateIngredient{Name: "Basil", Stock: []inventory.LocationStock{{OnHand: 50}}})
	soldOut := inventory.SetIngredientAvailability{By: mia, IngredientID: basil}

	until, today := soldOut, soldOut
	until.Until, until.Reason = new(noon.Add(7*time.Hour)), new(" The fridge is  broken. ")
	today.ForToday = true

	s.setAvailability(t, until)
	require.Equal(t, "50 0 0 out until 2026-03-01T19:00:00Z: The fridge is broken.", s.said(t, basil))
	s.setAvailability(t, today)
	require.Equal(t, "50 0 0 out until 2026-03-02T02:00:00Z", s.said(t, basil), "at three in Rome")
	s.setAvailability(t, soldOut)
	require.Equal(t, "50 0 0 out", s.said(t, basil))
	s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: basil, Available: true})
	require.Equal(t, "50 0 50", s.said(t, basil))
	require.Equal(t, []string{
		"ADDED SYSTEM", "SOLD_OUT MANAGER until 2026-03-01T19:00:00Z: The fridge is broken.", "SOLD_OUT MANAGER until 2026-03-02T02:00:00Z",
		"SOLD_OUT MANAGER", "AVAILABLE MANAGER",
	}, s.told(t, basil))
}

func TestWhatIsSoEverAgainIsNoNews(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	basil := s.create(t, inventory.CreateIngredient{Name: "Basil"})
	soldOut := inventory.SetIngredientAvailability{By: mia, IngredientID: basil, Until: new(noon.Add(time.Hour))}

	for range 2 {
		s.setAvailability(t, soldOut)
	}
	for range 2 {
		s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: basil, Available: true})
	}

	require.Equal(t, []string{"ADDED SYSTEM", "SOLD_OUT MANAGER until 2026-03-01T13:00:00Z", "AVAILABLE MANAGER"}, s.told(t, basil))
}

func TestADryRunChangesNothing(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	basil := s.create(t, inventory.CreateIngredient{Name: "Basil", Stock: []inventory.LocationStock{{OnHand: 5}}})

	s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: basil, DryRun: true})
	_, late := s.availability.Handle(t.Context(), inventory.SetIngredientAvailability{By: mia, IngredientID: basil, Until: &noon, DryRun: true})

	requireRefusal(t, late, fault.BadUserInput, "until")
	require.Equal(t, "5 0 5", s.said(t, basil))
	require.Equal(t, []string{"ADDED SYSTEM"}, s.told(t, basil))
}

func TestCountingDoesNotMakeAvailable(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	basil := s.create(t, inventory.CreateIngredient{Name: "Basil"})
	s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: basil})

	s.set(t, basil, 80)

	require.Equal(t, "80 0 0 out", s.said(t, basil))
	s.requireExplained(t)
}

func TestLocationsSellOutApart(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	there := s.db.AddLocation(t, "EUR")
	basil := s.create(t, inventory.CreateIngredient{Name: "Basil", Stock: []inventory.LocationStock{{LocationID: &s.at, OnHand: 5}, {LocationID: &there, OnHand: 7}}})
	cook := auth.Actor{ID: uuid.New(), Name: "Carlo", Roles: []auth.Role{auth.RoleCook}, LocationIDs: []uuid.UUID{s.at}}
	driver := auth.Actor{ID: uuid.New(), Name: "Dora", Roles: []auth.Role{auth.RoleDriver}}

	s.setAvailability(t, inventory.SetIngredientAvailability{By: cook, IngredientID: basil, LocationID: &s.at})
	_, elsewhere := s.availability.Handle(t.Context(), inventory.SetIngredientAvailability{By: cook, IngredientID: basil, LocationID: &there})
	_, driving := s.availability.Handle(t.Context(), inventory.SetIngredientAvailability{By: driver, IngredientID: basil, LocationID: &there})
	_, anywhere := s.availability.Handle(t.Context(), inventory.SetIngredientAvailability{By: mia, IngredientID: basil})
	_, nothing := s.availability.Handle(t.Context(), inventory.SetIngredientAvailability{By: mia, IngredientID: uuid.New(), LocationID: &there})

	require.Equal(t, "5 0 0 out", s.said(t, basil))
	require.Equal(t, "7 0", s.level(t, basil, there))
	require.Equal(t, "12 0 7 false", s.everywhere(t, basil))
	requireRefusal(t, elsewhere, fault.Forbidden)
	requireRefusal(t, driving, fault.Forbidden)
	requireRefusal(t, anywhere, fault.BadUserInput, "locationId")
	requireRefusal(t, nothing, fault.NotFound, "ingredientId")
	s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: basil, LocationID: &there})
	require.Equal(t, "12 0 0 true", s.everywhere(t, basil))
}

func TestWhatCannotBeSaidOfAnIngredient(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		cmd  inventory.SetIngredientAvailability
		path string
	}{
		"available until":    {inventory.SetIngredientAvailability{Available: true, Until: &noon}, "until"},
		"available today":    {inventory.SetIngredientAvailability{Available: true, ForToday: true}, "until"},
		"two ends":           {inventory.SetIngredientAvailability{Until: &noon, ForToday: true}, "until"},
		"an empty reason":    {inventory.SetIngredientAvailability{Reason: new(" ")}, "reason"},
		"a long reason":      {inventory.SetIngredientAvailability{Reason: new(strings.Repeat("x", 201))}, "reason"},
		"a reason in lines":  {inventory.SetIngredientAvailability{Reason: new("a\nb")}, "reason"},
		"an odd, fine thing": {cmd: inventory.SetIngredientAvailability{Available: true, Reason: new(strings.Repeat("é", 200))}},
	} {
		if err := c.cmd.Validate(); c.path == "" {
			require.NoError(t, err, name)
		} else {
			requireRefusal(t, err, fault.BadUserInput, c.path)
		}
	}
	s := newStock(t)
	basil := s.create(t, inventory.CreateIngredient{Name: "Basil"})
	for _, until := range []time.Time{noon, noon.Add(-time.Hour), noon.AddDate(2, 0, 0)} {
		_, err := s.availability.Handle(t.Context(), inventory.SetIngredientAvailability{By: mia, IngredientID: basil, Until: &until})
		requireRefusal(t, err, fault.BadUserInput, "until")
	}
}

func TestManyServersMakeAvailableOnce(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	var ids []uuid.UUID
	for range 5 {
		id := s.create(t, inventory.CreateIngredient{Name: uuid.NewString(), Stock: []inventory.LocationStock{{OnHand: 5}}})
		s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: id, Until: new(noon.Add(time.Hour))})
		ids = append(ids, id)
	}
	longer := ids[4]

	require.Equal(t, time.Second, s.round(t, noon), "nothing is near")
	require.Equal(t, 300*time.Millisecond, s.round(t, noon.Add(time.Hour-300*time.Millisecond)), "the next round is when it ends")
	require.Equal(t, "5 0 0 out until 2026-03-01T13:00:00Z", s.said(t, ids[0]))
	s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: longer})
	var servers errgroup.Group
	for range 4 {
		servers.Go(func() error {
			_, err := s.keeper(noon.Add(time.Hour)).Round(t.Context())
			return err
		})
	}
	require.NoError(t, servers.Wait())

	for _, id := range ids[:4] {
		require.Equal(t, "5 0 5", s.said(t, id))
		require.Equal(t, []string{"ADDED SYSTEM", "SOLD_OUT MANAGER until 2026-03-01T13:00:00Z", "AVAILABLE SYSTEM"}, s.told(t, id))
	}
	require.Equal(t, "5 0 0 out", s.said(t, longer))
}

// faulty is a store that one ingredient can't be written to.
type faulty struct {
	*inventorystore.Store
	id uuid.UUID
}

func (f faulty) UpdateAvailability(
	ctx context.Context, id uuid.UUID, place *uuid.UUID, by auth.Author, at time.Time, reason *string, change func(at inventory.Place, l *inventory.Level) error,
) (inventory.StockKey, error) {
	if id == f.id {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		ctx = ended
	}
	return f.Store.UpdateAvailability(ctx, id, place, by, at, reason, change)
}

func TestWhatFailsKeepsNothingElseFromComingBack(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	var ids []uuid.UUID
	for n := range 3 {
		id := s.create(t, inventory.CreateIngredient{Name: uuid.NewString(), Stock: []inventory.LocationStock{{OnHand: 5}}})
		s.setAvailability(t, inventory.SetIngredientAvailability{By: mia, IngredientID: id, Until: new(noon.Add(time.Duration(n+1) * time.Minute))})
		ids = append(ids, id)
	}
	server := s.keeper(noon.Add(time.Hour))
	server.Stock = faulty{s.store, ids[0]}

	pause, err := server.Round(t.Context())

	require.ErrorContains(t, err, ids[0].String())
	require.Equal(t, time.Second, pause)
	require.Equal(t, []string{"5 0 0 out until 2026-03-01T12:01:00Z", "5 0 5", "5 0 5"}, []string{s.said(t, ids[0]), s.said(t, ids[1]), s.said(t, ids[2])})
	s.round(t, noon.Add(time.Hour))
	require.Equal(t, "5 0 5", s.said(t, ids[0]))
}

func (s *stock) keeper(now time.Time) *inventory.AvailabilityKeeper {
	return &inventory.AvailabilityKeeper{
		Stock: s.store, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }, Every: time.Second, Committed: func() {},
	}
}

func (s *stock) round(t *testing.T, now time.Time) time.Duration {
	t.Helper()
	pause, err := s.keeper(now).Round(t.Context())
	require.NoError(t, err)
	return pause
}

func (s *stock) setAvailability(t *testing.T, cmd inventory.SetIngredientAvailability) {
	t.Helper()
	require.NoError(t, cmd.Validate())
	_, err := s.availability.Handle(t.Context(), cmd)
	require.NoError(t, err)
}

func (s *stock) inZone(t *testing.T, zone string, dayEndsAt location.TimeOfDay) {
	t.Helper()
	_, err := s.db.Pool.Exec(t.Context(), `UPDATE public.locations AS l SET time_zone = $1, day_ends_at = $2 WHERE l.id = $3`, zone, int(dayEndsAt), s.at)
	require.NoError(t, err)
}

// said is what the first location has of an ingredient: the units on hand, reserved and available, and how it is sold out.
func (s *stock) said(t *testing.T, id uuid.UUID) (said string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT concat(
			concat_ws(' ', v.on_hand, v.reserved, v.available), CASE WHEN v.is_sold_out THEN ' out' END,
			' until ' || readmodel.rfc3339(v.sold_out_until), ': ' || v.sold_out_reason
		)
		FROM public.location_stock_view AS v
		WHERE v.id = $1 AND v.location_id = $2`, id, s.at).Scan(&said))
	return said
}

// everywhere is what all locations have of it: the units on hand, reserved and available, and whether it is sold out.
func (s *stock) everywhere(t *testing.T, id uuid.UUID) (all string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT concat_ws(' ', v.on_hand, v.reserved, v.available, v.is_sold_out::text) FROM public.ingredient_view AS v WHERE v.id = $1`, id).Scan(&all))
	return all
}

// told are an ingredient's events: what happened, by whom, until when and why.
func (s *stock) told(t *testing.T, id uuid.UUID) (told []string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(concat(e.type, ' ', e.actor_role, ' until ' || (e.payload -> 'after' ->> 'soldOutUntil'), ': ' || e.reason) ORDER BY e.version)
		FROM public.events AS e
		WHERE e.stream_id = $1`, id).Scan(&told))
	return told
}
