package orderstore

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/promotion/promotionstore"
)

// Store owns the transactions of the write side of orders.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Add stores a new order with its lines, payment and events, and reserves its stock: all of it, or nothing. An order
// that is there already is left as it is. It fails with INSUFFICIENT_STOCK if an ingredient doesn't reach, and with what limits
// says of what the customer has open with this order.
func (s *Store) Add(ctx context.Context, order *ordering.Order, limits location.OrderLimits) error {
	state := order.State()
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		added, err := insertOrder(tx, state)
		if err != nil || !added {
			return err
		}
		if err := allow(tx, state, limits); err != nil {
			return err
		}
		if err := promotionstore.Redeem(tx, state.ID, state.PersonID(), state.Promotions); err != nil {
			return err
		}
		if err := appendEvents(tx, order); err != nil {
			return err
		}
		if err := followTickets(tx, order); err != nil {
			return err
		}
		if err := computeModels(tx); err != nil {
			return err
		}
		short, err := inventorystore.Reserve(tx, inventorystore.Order{ID: state.ID, LocationID: state.LocationID}, state.Needs(), state.PlacedAt)
		if err != nil {
			return err
		}
		if len(short) > 0 {
			return state.OutOfStock(short)
		}
		return nil
	})
}

// insertOrder stores a new order with its lines and payment, unless it is there already.
func insertOrder(tx *gorm.DB, state ordering.State) (added bool, err error) {
	row, err := orderRowOf(state)
	if err != nil {
		return false, err
	}
	if err := addGuest(tx, state); err != nil {
		return false, err
	}
	inserted := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
	if _, constraint, _ := postgres.Constraint(inserted.Error); constraint == "orders_location_currency_fkey" {
		return false, postgres.LostRace(fmt.Errorf("the location's currency has changed: %w", inserted.Error))
	}
	if inserted.Error != nil {
		return false, fmt.Errorf("insert order: %w", inserted.Error)
	}
	if inserted.RowsAffected == 0 {
		return false, nil
	}
	if err := tx.Create(itemRowsOf(state)).Error; err != nil {
		return false, fmt.Errorf("insert order items: %w", err)
	}
	paid := paymentRowOf(state)
	if err := tx.Create(&paid).Error; err != nil {
		return false, fmt.Errorf("insert payment: %w", err)
	}
	return true, rememberGuest(tx, state)
}

// Update loads one order under a row lock, lets change decide, and saves the order with the events it recorded. It
// fails with NOT_FOUND if there is no such order.
func (s *Store) Update(ctx context.Context, id uuid.UUID, change func(*ordering.Order) error) (*ordering.Order, error) {
	return s.inTx(ctx, func(tx *gorm.DB) (*ordering.Order, error) { return update(tx, id, load, change) })
}

// inTx is postgres.InTx for what returns an order.
func (s *Store) inTx(ctx context.Context, do func(tx *gorm.DB) (*ordering.Order, error)) (*ordering.Order, error) {
	var order *ordering.Order
	err := postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) (err error) {
		order, err = do(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return order, nil
}

// loader reads of an order what a change of it needs, under the lock named.
type loader func(db *gorm.DB, id uuid.UUID, lock string) (ordering.State, error)

func update(tx *gorm.DB, id uuid.UUID, read loader, change func(*ordering.Order) error) (*ordering.Order, error) {
	before, err := read(tx, id, lockBoth)
	if err != nil {
		return nil, err
	}
	order := ordering.Restore(before)
	if err := change(order); err != nil {
		return nil, err
	}
	return order, save(tx, before, order)
}

// Get reads one order without a lock; NOT_FOUND if there is none.
func (s *Store) Get(ctx context.Context, id uuid.UUID) (*ordering.Order, error) {
	state, err := load(s.db.WithContext(ctx), id, "")
	if err != nil {
		return nil, err
	}
	return ordering.Restore(state), nil
}

// Has tells whether the order exists.
func (s *Store) Has(ctx context.Context, id uuid.UUID) (bool, error) {
	var there bool
	err := s.db.WithContext(ctx).Raw(`SELECT EXISTS (SELECT FROM public.orders AS o WHERE o.id = ?)`, id).Find(&there).Error
	if err != nil {
		return false, fmt.Errorf("look up order: %w", err)
	}
	return there, nil
}
