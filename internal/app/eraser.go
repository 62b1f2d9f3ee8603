package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/kitchen/kitchenstore"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/platform/cqrs/keystore"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/readmodel"
)

// eraseEvery is how soon a server begins to forget whose account was deleted.
const eraseEvery = 2 * time.Second

// newEraser knows where something of people is kept, beside their accounts.
func newEraser(pool *pgxpool.Pool, db *gorm.DB, now func() time.Time, log *slog.Logger) *customer.Eraser {
	return &customer.Eraser{
		Erasures: customerstore.New(db, now),
		Data:     []customer.PersonalData{orderstore.New(db), kitchenstore.New(db), menustore.New(db), events.Authors{DB: db}, keystore.New(db)},
		Renewed:  func(ctx context.Context, since time.Time) (bool, error) { return readmodel.Renewed(ctx, pool, since) },
		Now:      now, Log: log,
	}
}
