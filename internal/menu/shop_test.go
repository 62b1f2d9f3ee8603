package menu_test

import (
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/migrations"
)

// mia manages all locations.
var mia = auth.Actor{ID: uuid.New(), Name: "Mia", Roles: []auth.Role{auth.RoleManager}}

// shop is the menu and the stock on a database of the test's own.
type shop struct {
	db      *pgtest.Database
	at      uuid.UUID // its first location
	create  *menu.CreateMenuItemHandler
	update  *menu.UpdateMenuItemHandler
	archive *menu.ArchiveMenuItemHandler
	dishes  *menustore.Store
	groups  *menu.OptionGroupHandlers
	buy     *inventory.CreateIngredientHandler
	count   *inventory.SetStockHandler
	sellOut *inventory.SetIngredientAvailabilityHandler
}

func newShop(t testing.TB) *shop {
	t.Helper()
	db := pgtest.New(t)
	at := db.AddLocation(t, "EUR")
	now := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	items, stock := menustore.New(db.Gorm), inventorystore.New(db.Gorm)
	return &shop{
		db:      db,
		at:      at,
		create:  &menu.CreateMenuItemHandler{Items: items, Now: now},
		update:  &menu.UpdateMenuItemHandler{Items: items, Now: now},
		archive: &menu.ArchiveMenuItemHandler{Items: items, Now: now},
		dishes:  items,
		groups:  &menu.OptionGroupHandlers{Groups: items, Now: now, NewID: uuid.New},
		buy:     &inventory.CreateIngredientHandler{Ingredients: stock, Now: now},
		count:   &inventory.SetStockHandler{Stock: stock, Now: now},
		sellOut: &inventory.SetIngredientAvailabilityHandler{Stock: stock, Zones: new(location.Zones), Now: now},
	}
}

func (s *shop) ingredient(t testing.TB, name string, onHand int) uuid.UUID {
	t.Helper()
	id, err := s.buy.Handle(t.Context(), inventory.CreateIngredient{
		IngredientID: uuid.New(), Name: name, Stock: []inventory.LocationStock{{LocationID: &s.at, OnHand: onHand}},
	})
	require.NoError(t, err)
	return id
}

func (s *shop) item(t testing.TB, cmd menu.CreateMenuItem) uuid.UUID {
	t.Helper()
	require.NoError(t, cmd.Validate())
	id, err := s.create.Handle(t.Context(), cmd.WithSubject(uuid.New()))
	require.NoError(t, err)
	return id
}

func (s *shop) setStock(t testing.TB, ingredient uuid.UUID, onHand int) {
	t.Helper()
	_, err := s.count.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: ingredient, LocationID: &s.at, OnHand: onHand})
	require.NoError(t, err)
}

func (s *shop) setAvailable(t testing.TB, ingredient uuid.UUID, available bool) {
	t.Helper()
	_, err := s.sellOut.Handle(t.Context(), inventory.SetIngredientAvailability{By: mia, IngredientID: ingredient, LocationID: &s.at, Available: available})
	require.NoError(t, err)
}

func (s *shop) change(t testing.TB, cmd menu.UpdateMenuItem) {
	t.Helper()
	require.NoError(t, cmd.Validate())
	_, err := s.update.Handle(t.Context(), cmd)
	require.NoError(t, err)
}

// seen is the item as the view shows it; nil if it doesn't.
func (s *shop) seen(t testing.TB, id uuid.UUID) *menuview.MenuItem {
	t.Helper()
	item, err := (&menuview.ItemByIDHandler{Pool: s.db.Pool}).OnMenu(t.Context(), id)
	require.NoError(t, err)
	return item
}

// refresh moves everything that is committed from the exact level into the frozen one.
func (s *shop) refresh(t testing.TB) {
	t.Helper()
	var seen string
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT pg_current_snapshot()::text`).Scan(&seen))
	_, err := s.db.Pool.Exec(t.Context(), `REFRESH MATERIALIZED VIEW CONCURRENTLY readmodel.menu_1_snapshot`)
	require.NoError(t, err)
	_, err = s.db.Pool.Exec(t.Context(), `DELETE FROM public.menu_fresh WHERE pg_visible_in_snapshot(xid, $1::pg_snapshot)`, seen)
	require.NoError(t, err)
}

// useNextMenu brings the menu to a definition with a column more, and keeps the generation of before, as an upgrade does while
// servers of the version before are at work.
func (s *shop) useNextMenu(t testing.TB) {
	t.Helper()
	text, err := fs.ReadFile(migrations.FS, "readmodels/menu.sql")
	require.NoError(t, err)
	next := strings.Replace(string(text), "\nFROM public.menu_items AS m\n", ",\n    m.updated_at\nFROM public.menu_items AS m\n", 1)
	require.NotEqual(t, string(text), next)
	pool, err := postgres.Connect(t.Context(), s.db.DSN, postgres.Options{MaxConns: 4, NoTimeouts: true, Application: readmodel.Application})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	files := fstest.MapFS{"readmodels/menu.sql": {Data: []byte(next)}}
	b, err := readmodel.Open(t.Context(), pool, files, "", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.NoError(t, b.Run(t.Context()))
}

// requireExact compares the view with its definition, and what was told last of each item with what the view shows.
func (s *shop) requireExact(t require.TestingT) {
	var differences int
	err := s.db.Gorm.Raw(`
		SELECT count(*) FROM (
			(SELECT v::text FROM public.menu_view AS v EXCEPT ALL SELECT s::text FROM public.menu_source AS s)
			UNION ALL
			(SELECT s::text FROM public.menu_source AS s EXCEPT ALL SELECT v::text FROM public.menu_view AS v)
		) AS d`).Scan(&differences).Error
	require.NoError(t, err)
	require.Zero(t, differences)
	var untold int
	err = s.db.Gorm.Raw(`
		SELECT count(*)
		FROM public.menu_items AS m
		LEFT JOIN public.menu_view AS v ON v.id = m.id
		LEFT JOIN LATERAL (
			SELECT e.payload FROM public.events AS e WHERE e.stream_id = m.id ORDER BY e.version DESC LIMIT 1
		) AS told ON true
		WHERE coalesce(v.is_available, false) <> coalesce((told.payload ->> 'isAvailable')::boolean, false)
			OR coalesce(v.sold_out::jsonb, '[]') <> coalesce(told.payload -> 'soldOut', '[]')
			OR coalesce(v.options_sold_out::jsonb, '[]') <> coalesce(told.payload -> 'optionsSoldOut', '[]')
			OR v.shows <> told.payload ->> 'shows'`).Scan(&untold).Error
	require.NoError(t, err)
	require.Zero(t, untold, "items of which something else was told")
}

// told lists the events of an item: version, what happened, the item's own version if it counted up, whether it can be had,
// and who did it.
func (s *shop) told(t testing.TB, id uuid.UUID) (events []string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(concat_ws(' ', e.version, e.type, e.payload ->> 'version', e.payload ->> 'isAvailable', e.actor_role) ORDER BY e.version)
		FROM public.events AS e
		WHERE e.stream_id = $1`, id).Scan(&events))
	return events
}

func margherita(recipe ...menu.RecipeLine) menu.CreateMenuItem {
	return menu.CreateMenuItem{
		Name: "Margherita", Category: "Pizza", IsPizza: true,
		Prices:      []menu.Price{{Size: menu.Medium, Price: 990}, {Size: menu.Small, Price: 790}},
		Allergens:   []inventory.Allergen{inventory.Milk},
		Ingredients: recipe,
	}
}
