package app

import (
	"context"
	"runtime"
	"time"

	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/demo"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location/locationstore"
	"pizzeria/internal/menu/menustore"
)

// Seed adds the demo shop and its accounts; what is there already stays as it is.
func Seed(ctx context.Context, db *gorm.DB, now func() time.Time) error {
	accounts := &customer.CreateAccountHandler{
		Accounts: customerstore.New(db, now), Passwords: customer.NewPasswords(runtime.GOMAXPROCS(0)),
	}
	return demo.Seed(ctx, demo.Shop{Accounts: accounts, Locations: locationstore.New(db), Stock: inventorystore.New(db), Menu: menustore.New(db)}, now())
}
