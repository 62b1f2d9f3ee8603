package menu_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

func TestArchivedItemIsGoneBeforeAndAfterARefresh(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	frozen := s.item(t, margherita())
	s.refresh(t)
	fresh := s.item(t, margherita())

	for _, id := range []uuid.UUID{frozen, fresh} {
		_, err := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: id})
		require.NoError(t, err)
	}

	require.Equal(t, 2, s.tombstones(t))
	require.Nil(t, s.seen(t, frozen))
	require.Nil(t, s.seen(t, fresh))
	s.refresh(t)
	require.Zero(t, s.tombstones(t))
	require.Nil(t, s.seen(t, frozen))
	require.Nil(t, s.seen(t, fresh))
	s.requireExact(t)
}

func TestItemIsAvailableExactlyWhileStockReachesItsRecipe(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour := s.ingredient(t, "Flour", 250)
	id := s.item(t, margherita(needs(flour, 250)...))

	for _, step := range []struct {
		onHand    int
		available bool
	}{{250, true}, {249, true}, {188, true}, {187, false}, {0, false}, {187, false}, {188, true}, {1000, true}} {
		s.setStock(t, flour, step.onHand)
		require.Equal(t, step.available, s.seen(t, id).IsAvailable, "%d on hand", step.onHand)
		s.requireExact(t)
	}
}

// A new location has stock of every ingredient, so every dish is computed, and most are told to be sold out there.
func TestANewLocationComputesEachDishOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	flour, cheese := s.ingredient(t, "Flour", 1000), s.ingredient(t, "Cheese", 1000)
	for range 5 {
		s.item(t, margherita(append(needs(flour, 250), needs(cheese, 100)...)...))
	}
	tx, err := s.db.Pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback(t.Context())) }()
	count := func(query string) (n int) {
		require.NoError(t, tx.QueryRow(t.Context(), query).Scan(&n))
		return n
	}
	const writes = `SELECT n_tup_ins + n_tup_upd FROM pg_stat_xact_user_tables WHERE schemaname = 'readmodel' AND relname = 'menu_1_fresh'`
	before := count(writes)

	_, err = tx.Exec(t.Context(), `
		INSERT INTO public.locations
		SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'slug', 'another'))).*
		FROM public.locations AS l`)
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `SET CONSTRAINTS ALL IMMEDIATE`)
	require.NoError(t, err)

	require.Equal(t, 5, count(writes)-before)
	require.Equal(t, 5, count(`SELECT count(*) FROM public.events WHERE type = 'SOLD_OUT'`))
}

// Stock and recipes change at once, from many sides; none of the changes may go unseen.
func TestAvailabilityIsExactAfterConcurrentChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	ingredients := []uuid.UUID{s.ingredient(t, "Flour", 100), s.ingredient(t, "Salt", 100), s.ingredient(t, "Water", 100)}
	var items []uuid.UUID
	for range 4 {
		items = append(items, s.item(t, margherita(needs(ingredients[0], 50)...)))
	}

	var group errgroup.Group
	for worker := range 8 {
		random := rand.New(rand.NewPCG(7, uint64(worker)))
		group.Go(func() error {
			for range 40 {
				if err := retried(func() error { return s.randomChange(t, random, ingredients, items) }); err != nil {
					return err
				}
			}
			return nil
		})
	}

	require.NoError(t, group.Wait())
	s.requireExact(t)
}

func (s *shop) randomChange(t *testing.T, random *rand.Rand, ingredients, items []uuid.UUID) error {
	ingredient, item := ingredients[random.IntN(len(ingredients))], items[random.IntN(len(items))]
	var err error
	switch random.IntN(3) {
	case 0:
		_, err = s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: item, Ingredients: new(needs(ingredient, 1+random.IntN(100)))})
	case 1:
		_, err = s.update.Handle(t.Context(), menu.UpdateMenuItem{ID: item, IsAvailable: new(random.IntN(4) > 0)})
	default:
		_, err = s.count.Handle(t.Context(), inventory.SetStock{By: mia, IngredientID: ingredient, LocationID: &s.at, OnHand: random.IntN(100)})
	}
	return err
}

// retried does what the pipeline does around every command.
func retried(change func() error) error {
	for try := 1; ; try++ {
		if err := change(); !postgres.Retryable(err) || try == 4 {
			return err
		}
	}
}

func TestViewEqualsItsDefinitionAfterAnyChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	count := 0
	rapid.Check(t, func(r *rapid.T) {
		ctx := t.Context()
		count++
		flour := s.ingredient(t, fmt.Sprint("Flour ", count), 10)
		salt := s.ingredient(t, fmt.Sprint("Salt ", count), 10)
		item := s.item(t, margherita(needs(flour, 5)...))
		quantity := rapid.IntRange(1, 20)
		changes := map[string]func(){
			"create": func() { item = s.item(t, margherita(needs(salt, quantity.Draw(r, "salt"))...)) },
			"update": func() {
				recipe := append(needs(flour, quantity.Draw(r, "flour")), needs(salt, quantity.Draw(r, "salt"))...)
				_, err := s.update.Handle(ctx, menu.UpdateMenuItem{
					ID: item, Name: new(rapid.StringMatching(`[a-z]{1,9}`).Draw(r, "name")), Ingredients: &recipe,
					IsAvailable: new(rapid.Bool().Draw(r, "available")),
				})
				require.True(r, err == nil || fault.Is(err, fault.NotFound), "%v", err)
			},
			"archive": func() {
				_, err := s.archive.Handle(ctx, menu.ArchiveMenuItem{ID: item})
				require.True(r, err == nil || fault.Is(err, fault.NotFound), "%v", err)
			},
			"count": func() {
				s.setStock(t, rapid.SampledFrom([]uuid.UUID{flour, salt}).Draw(r, "ingredient"), quantity.Draw(r, "on hand"))
			},
			"sell out": func() {
				s.setAvailable(t, rapid.SampledFrom([]uuid.UUID{flour, salt}).Draw(r, "ingredient"), rapid.Bool().Draw(r, "there is some"))
			},
			"many rows at once": func() {
				_, err := s.db.Pool.Exec(ctx, `UPDATE public.recipes SET quantity = $1 WHERE ingredient_id = $2`, quantity.Draw(r, "quantity"), salt)
				require.NoError(r, err)
			},
			"refresh": func() { s.refresh(t) },
		}
		names := rapid.SampledFrom(slices.Sorted(maps.Keys(changes)))
		for _, name := range rapid.SliceOfN(names, 1, 8).Draw(r, "changes") {
			changes[name]()
			s.requireExact(r)
		}
	})
}

func TestSeededItemsKeepWhatIsThere(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	at := s.create.Now()
	there := s.item(t, margherita())
	archived := s.item(t, margherita())
	_, err := s.archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: archived})
	require.NoError(t, err)
	flour := inventory.Ingredient{ID: uuid.New(), Name: "Flour", Stock: []inventory.LocationStock{{OnHand: 7}}}
	ids, err := inventorystore.New(s.db.Gorm).AddMissing(t.Context(), []inventory.Ingredient{flour}, at)
	require.NoError(t, err)
	other := margherita(needs(ids[flour.ID], 16)...)
	other.Name = "Other"
	added := uuid.New()

	var group errgroup.Group
	for range 4 {
		group.Go(func() error {
			return s.dishes.AddMissing(t.Context(), []*menu.Item{
				menu.NewItem(there, other, at), menu.NewItem(archived, other, at), menu.NewItem(added, other, at),
			})
		})
	}

	require.NoError(t, group.Wait())
	require.Equal(t, "Margherita", s.seen(t, there).Name)
	require.Nil(t, s.seen(t, archived))
	require.Equal(t, "Other", s.seen(t, added).Name)
	require.False(t, s.seen(t, added).IsAvailable)
	s.requireExact(t)
}

func (s *shop) tombstones(t *testing.T) (n int) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.menu_fresh WHERE tombstone`).Scan(&n))
	return n
}
