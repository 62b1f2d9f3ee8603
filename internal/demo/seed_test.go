package demo_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/demo"
	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/kitchen/kitchenstore"
	"pizzeria/internal/location"
	"pizzeria/internal/location/locationstore"
	"pizzeria/internal/menu"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/promotion/promotionstore"
)

func TestSeededShopIsOpen(t *testing.T) {
	t.Parallel()
	s := newShop(t)

	s.seed(t)

	items := s.menu(t)
	inThreeSizes := 0
	for _, item := range items {
		require.True(t, item.IsAvailable, item.Name)
		for _, group := range item.OptionGroups {
			for _, option := range group.Options {
				require.True(t, option.IsAvailable, option.Name)
			}
		}
		if item.Category == "Pizza" && len(item.Prices) == 3 {
			require.NotNil(t, item.Halves, item.Name)
			require.GreaterOrEqual(t, len(item.OptionGroups), 3, item.Name)
			inThreeSizes++
		}
	}
	require.GreaterOrEqual(t, inThreeSizes, 12)
	for _, category := range []string{"Pizza", "Sides", "Desserts", "Drinks"} {
		require.True(t, slices.ContainsFunc(items, func(i *menuview.MenuItem) bool { return i.Category == category }), category)
	}
	require.Zero(t, s.count(t, `SELECT count(*) FROM public.menu_items AS m
		WHERE NOT EXISTS (SELECT FROM public.recipes AS r WHERE r.menu_item_id = m.id)`), "items without a recipe")
	require.Zero(t, s.count(t, `SELECT count(*) FROM public.ingredients AS g
		WHERE NOT EXISTS (SELECT FROM public.recipes AS r WHERE r.ingredient_id = g.id)
			AND NOT EXISTS (SELECT FROM public.menu_options AS o WHERE o.ingredient_id = g.id)`), "ingredients that nothing needs")
	require.Zero(t, s.count(t, `SELECT count(*) FROM public.ingredient_view AS g
		WHERE g.on_hand <> (SELECT sum(m.on_hand) FROM public.stock_movements AS m WHERE m.ingredient_id = g.id)`), "unexplained stock")
}

func TestEachRoleHasAnAccount(t *testing.T) {
	t.Parallel()
	s := newShop(t)

	s.seed(t)

	passwords := customer.NewPasswords(1)
	for email, role := range map[string]auth.Role{
		"customer@example.com": auth.RoleCustomer, "cook@example.com": auth.RoleCook,
		"driver@example.com": auth.RoleDriver, "manager@example.com": auth.RoleManager,
	} {
		account, found, err := s.accounts.ByEmail(t.Context(), email)
		require.NoError(t, err)
		require.True(t, found, email)
		require.Equal(t, []auth.Role{role}, account.Roles)
		ok, err := passwords.Verify(t.Context(), "pizzeria-demo", account.PasswordHash)
		require.NoError(t, err)
		require.True(t, ok, email)
	}
}

func TestSeedingAgainKeepsTheManagersChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	require.NoError(t, s.shop.Locations.Add(t.Context(), location.NewLocation(demo.Locations()[0], s.now)))
	flour := inventory.Ingredient{ID: uuid.New(), Name: "pizza DOUGH (g)", Stock: []inventory.LocationStock{{OnHand: 1000}}}
	require.NoError(t, s.shop.Stock.(*inventorystore.Store).Add(t.Context(), flour, auth.System().Author(), s.now))
	s.seed(t)
	first := s.menu(t)
	items := s.shop.Menu.(*menustore.Store)
	update := menu.UpdateMenuItemHandler{Items: items, Now: func() time.Time { return s.now }}
	_, err := update.Handle(t.Context(), menu.UpdateMenuItem{
		ID: first[0].ID, Name: new("Mine"), Prices: new([]menu.Price{{Size: menu.Large, Price: 1}}), Ingredients: new([]menu.RecipeLine{}),
	})
	require.NoError(t, err)
	archive := menu.ArchiveMenuItemHandler{Items: items, Now: func() time.Time { return s.now }}
	_, err = archive.Handle(t.Context(), menu.ArchiveMenuItem{ID: first[1].ID})
	require.NoError(t, err)
	edited := s.menu(t)
	movements := s.count(t, `SELECT count(*) FROM public.stock_movements`)

	s.seed(t)

	require.Equal(t, edited, s.menu(t))
	require.Len(t, edited, len(first)-1)
	require.Equal(t, movements, s.count(t, `SELECT count(*) FROM public.stock_movements`))
	require.Equal(t, 1, s.count(t, `SELECT count(*) FROM public.ingredient_view WHERE lower(name) LIKE '%dough%' AND on_hand = 1000`))
	require.Equal(t, 4, s.count(t, `SELECT count(*) FROM public.accounts`))
}

// Whoever tries out how an account is deleted can sign in to the demo again afterwards.
func TestADeletedDemoAccountIsThereAgainAfterTheNextSeeding(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.seed(t)
	for range 2 {
		before, _, err := s.accounts.ByEmail(t.Context(), "cook@example.com")
		require.NoError(t, err)
		require.NoError(t, s.accounts.Delete(t.Context(), before.ID, auth.System().Author()))
		_, err = s.shop.Accounts.Handle(t.Context(), customer.CreateAccount{
			ID: before.ID, Name: "Coco Cook", Email: "cook@example.com", Password: demo.Password, Roles: []auth.Role{auth.RoleCook},
		})
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)

		s.seed(t)

		again, found, err := s.accounts.ByEmail(t.Context(), "cook@example.com")
		require.NoError(t, err)
		require.True(t, found)
		require.NotEqual(t, before.ID, again.ID, "what was the deleted one's is nobody's")
		require.Contains(t, demo.AccountIDs(), again.ID)
	}
	open, err := demo.OpenAccounts(t.Context(), s.accounts, customer.NewPasswords(1))
	require.NoError(t, err)
	require.Contains(t, open, "cook@example.com", "no shop opens with its password")
}

func TestSeedingTheMenuAtOnceSeedsItOnce(t *testing.T) {
	t.Parallel()
	s, once := newShop(t), newShop(t)
	once.seed(t)
	for _, account := range demo.Accounts(nil) {
		_, err := s.shop.Accounts.Handle(t.Context(), account)
		require.NoError(t, err)
	}

	var group errgroup.Group
	for range 3 {
		group.Go(func() error { return demo.Seed(t.Context(), s.shop, 2, s.now) })
	}

	require.NoError(t, group.Wait())
	require.Equal(t, once.menu(t), s.menu(t))
}

func TestTheDemosGroupsAreValid(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.seed(t)
	groups, err := (&menuview.OptionGroupsHandler{Pool: s.db.Pool}).Handle(t.Context(), menuview.OptionGroups{})
	require.NoError(t, err)
	require.Len(t, groups, 4)
	for _, g := range groups {
		for _, o := range g.Options {
			for _, p := range o.Prices {
				require.Zero(t, p.Price%10, "%s: halves are whole cents", o.Name)
			}
		}
	}
}

func TestDemoAccountsAreValid(t *testing.T) {
	t.Parallel()
	for _, account := range demo.Accounts(nil) {
		require.NoError(t, account.Validate())
	}
}

type shop struct {
	db       *pgtest.Database
	accounts *customerstore.Store
	shop     demo.Shop
	now      time.Time
}

func newShop(t *testing.T) *shop {
	t.Helper()
	db := pgtest.New(t)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	accounts := customerstore.New(db.Gorm, func() time.Time { return now })
	return &shop{db: db, accounts: accounts, now: now, shop: demo.Shop{
		Accounts:  &customer.CreateAccountHandler{Accounts: accounts, Passwords: customer.NewPasswords(2)},
		Locations: locationstore.New(db.Gorm),
		Kitchens:  kitchenstore.New(db.Gorm),
		Stock:     inventorystore.New(db.Gorm),
		Groups:    menustore.New(db.Gorm),
		Menu:      menustore.New(db.Gorm),
		Deals:     promotionstore.New(db.Gorm),
	}}
}

func (s *shop) seed(t *testing.T) {
	t.Helper()
	require.NoError(t, demo.Seed(t.Context(), s.shop, 2, s.now))
}

func (s *shop) menu(t *testing.T) []*menuview.MenuItem {
	t.Helper()
	items, err := menuview.NewMenuHandler(s.db.Pool, 1).Handle(t.Context(), menuview.Menu{LocationID: &demo.Locations()[0].ID, IncludeUnavailable: true})
	require.NoError(t, err)
	return items
}

func (s *shop) count(t *testing.T, query string) (n int) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), query).Scan(&n))
	return n
}
