package app

import (
	"context"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/demo"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/kitchen/kitchenstore"
	"pizzeria/internal/location/locationstore"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/promotion/promotionstore"
)

// Seed adds the demo shop, with one or two locations, and its accounts; what is there already stays as it is.
func Seed(ctx context.Context, db *gorm.DB, locations int, now func() time.Time) error {
	accounts := &customer.CreateAccountHandler{
		Accounts: customerstore.New(db, now), Passwords: customer.NewPasswords(runtime.GOMAXPROCS(0)),
	}
	return demo.Seed(ctx, demo.Shop{
		Accounts: accounts, Locations: locationstore.New(db), Kitchens: kitchenstore.New(db), Stock: inventorystore.New(db), Groups: menustore.New(db), Menu: menustore.New(db),
		Deals: promotionstore.New(db),
	}, locations, now())
}

// OpenDemoAccounts returns the e-mail addresses of the demo's accounts that its password still opens.
func OpenDemoAccounts(ctx context.Context, db *gorm.DB, now func() time.Time) ([]string, error) {
	return demo.OpenAccounts(ctx, customerstore.New(db, now), customer.NewPasswords(runtime.GOMAXPROCS(0)))
}

// HasOwnAccounts tells whether there are other accounts than the demo's.
func HasOwnAccounts(ctx context.Context, pool *pgxpool.Pool) (bool, error) {
	others, err := customerview.CountOthers(ctx, pool, demo.AccountIDs(), nil)
	return others > 0, err
}

// ManagerAppointed tells whether there is a manager beside the demo's.
func ManagerAppointed(ctx context.Context, pool *pgxpool.Pool) (bool, error) {
	managers, err := customerview.CountOthers(ctx, pool, demo.AccountIDs(), []auth.Role{auth.RoleManager})
	return managers > 0, err
}
