package orderstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/text"
	"pizzeria/internal/promotion/promotionstore"
)

// GetAmendable reads all of an order that an amendment may change. made tells that the amendment named was made, or begun,
// already.
func (s *Store) GetAmendable(ctx context.Context, id, amendment uuid.UUID) (order *ordering.Order, made bool, err error) {
	db := s.db.WithContext(ctx)
	state, err := loadAmendable(db, id, "")
	if err != nil {
		return nil, false, err
	}
	err = db.Raw(`
		SELECT EXISTS (SELECT FROM public.order_amendments AS a WHERE a.id = ?) OR EXISTS (SELECT FROM public.payment_supplements AS s WHERE s.id = ?)`,
		amendment, amendment).Find(&made).Error
	if err != nil {
		return nil, false, fmt.Errorf("look up amendment: %w", err)
	}
	return ordering.Restore(state), made, nil
}

// Amend loads all of an order under its lock, lets change decide, and saves it, with its ticket and its stock.
func (s *Store) Amend(ctx context.Context, id uuid.UUID, change func(*ordering.Order) error) (*ordering.Order, error) {
	return s.inTx(ctx, func(tx *gorm.DB) (*ordering.Order, error) { return update(tx, id, loadAmendable, change) })
}

// amendableRow is what an amendment needs of an order beside what a move and a refund do.
type amendableRow struct {
	PlacedAt            time.Time
	PriceLines          []pricing.PriceLine    `gorm:"serializer:json"`
	Taxes               []pricing.TaxLine      `gorm:"serializer:json"`
	Coupons             []pricing.CouponResult `gorm:"serializer:json"`
	Rules               *ordering.Rules        `gorm:"serializer:json"`
	Baking              []location.Batch       `gorm:"serializer:json"`
	EstimatedReadyAt    *time.Time
	EstimatedDeliveryAt *time.Time
	PersonID            *uuid.UUID
	Network             *string
}

// loadAmendable is loadWhole with all of the order's lines, and by what it was priced and planned.
func loadAmendable(db *gorm.DB, id uuid.UUID, lock string) (ordering.State, error) {
	state, err := loadWhole(db, id, lock)
	if err != nil {
		return ordering.State{}, err
	}
	var row amendableRow
	err = db.Raw(`
		SELECT
			o.placed_at, o.price_lines, o.taxes, o.coupons, o.rules, o.baking, o.estimated_ready_at, o.estimated_delivery_at, g.person_id, n.network
		FROM public.orders AS o
		LEFT JOIN public.guest_orders AS g ON g.order_id = o.id
		LEFT JOIN public.guest_networks AS n ON n.order_id = o.id
		WHERE o.id = ?`, id).Find(&row).Error
	if err != nil {
		return ordering.State{}, fmt.Errorf("load what an order was priced by: %w", err)
	}
	var items []itemRow
	if err := db.Where("order_id = ?", id).Order("line").Find(&items).Error; err != nil {
		return ordering.State{}, fmt.Errorf("load lines: %w", err)
	}
	state.PlacedAt, state.PriceLines, state.Taxes, state.Coupons, state.Rules = row.PlacedAt, row.PriceLines, row.Taxes, row.Coupons, row.Rules
	state.Batches, state.EstimatedReadyAt, state.EstimatedDeliveryAt = row.Baking, value(row.EstimatedReadyAt), row.EstimatedDeliveryAt
	if row.PersonID != nil {
		state.Guest = &ordering.Guest{PersonID: *row.PersonID, Network: value(row.Network)}
	}
	state.Lines = make([]ordering.Line, len(items))
	for i, item := range items {
		state.Lines[i] = item.line()
	}
	return state, nil
}

func (r itemRow) line() ordering.Line {
	return ordering.Line{
		ID: r.ID, MenuItemID: r.MenuItemID, Name: r.Name, Category: r.Category, IsPizza: r.IsPizza, TaxCategory: r.TaxCategory, Size: r.Size,
		Quantity: r.Quantity, UnitPrice: r.UnitPriceCents, Discount: r.DiscountCents, Tax: r.TaxCents, Instructions: r.Instructions,
		Preparation: time.Duration(r.PreparationSeconds) * time.Second, Takes: time.Duration(r.TakesSeconds) * time.Second,
		Ingredients: r.Ingredients, Options: r.Options, SecondHalf: r.SecondHalf, Allergens: []inventory.Allergen(r.Allergens), AsPriced: r.Priced,
	}
}

// saveAmendment writes what an amendment has changed of an order, and remembers what it was. Lines are numbered anew:
// nothing refers to them, since what was given back before can't be amended.
func saveAmendment(tx *gorm.DB, order *ordering.Order) error {
	a := order.Amendment()
	if a == nil {
		return nil
	}
	state := order.State()
	before, err := loadAmendable(tx, state.ID, "")
	if err != nil {
		return err
	}
	if err := rememberBefore(tx, before, state, a); err != nil {
		return err
	}
	changed := []string{
		"subtotal_cents", "discount_cents", "delivery_fee_cents", "tax_cents", "tip_cents", "total_cents", "price_lines", "taxes", "coupons", "rules",
		"kitchen_seconds", "baking", "estimated_ready_at", "estimated_delivery_at",
	}
	row, err := orderRowOf(state)
	if err != nil {
		return err
	}
	if err := tx.Model(&row).Select(changed).Where("id = ?", state.ID).Updates(&row).Error; err != nil {
		return fmt.Errorf("update order: %w", err)
	}
	if err := tx.Exec(`DELETE FROM public.order_items AS i WHERE i.order_id = ?`, state.ID).Error; err != nil {
		return fmt.Errorf("delete order items: %w", err)
	}
	if err := tx.Create(itemRowsOf(state)).Error; err != nil {
		return fmt.Errorf("insert order items: %w", err)
	}
	before.Customer = state.Customer
	return allow(tx, before, a.Limits)
}

type amendmentRow struct {
	ID               uuid.UUID
	OrderID          uuid.UUID
	Version          int
	PriceChangeCents int64
	Before           string
	Dropped          []string `gorm:"serializer:json"`
}

func (amendmentRow) TableName() string { return "public.order_amendments" }

func rememberBefore(tx *gorm.DB, before, after ordering.State, a *ordering.Amendment) error {
	content, err := text.JSON(before.Content())
	if err != nil {
		return fmt.Errorf("write what an order was: %w", err)
	}
	row := amendmentRow{ID: a.ID, OrderID: after.ID, Version: after.Version, PriceChangeCents: a.PriceChange, Before: string(content), Dropped: append([]string{}, a.Dropped...)}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert amendment: %w", err)
	}
	return nil
}

// amendStock has the order hold what it needs after an amendment, and its promotions be those that still apply.
func amendStock(tx *gorm.DB, order *ordering.Order) error {
	a, state := order.Amendment(), order.State()
	if a == nil {
		return nil
	}
	at := order.Events()[0].At
	if err := promotionstore.Amend(tx, state.ID, a.After.Promotions, at); err != nil {
		return err
	}
	if err := computeModels(tx); err != nil {
		return err
	}
	short, err := inventorystore.Amend(tx, inventorystore.Order{ID: state.ID, LocationID: state.LocationID}, state.Needs(), at)
	if err == nil && len(short) > 0 {
		return state.OutOfStock(short)
	}
	return err
}
