// Package orderstore keeps orders in Postgres: GORM rows to aggregate and back, and the transactions around it.
package orderstore

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/text"
)

type orderRow struct {
	ID         uuid.UUID
	LocationID uuid.UUID
	Version    int
	Status     ordering.Status
	ordering.Details
	CustomerID          uuid.UUID
	CustomerName        string
	CustomerPhone       *string
	CustomerEmail       *string
	Street              *string
	City                *string
	PostalCode          *string
	AddressNotes        *string
	SubtotalCents       int64
	DiscountCents       int64
	DeliveryFeeCents    int64
	TaxCents            int64
	TipCents            int64
	TotalCents          int64
	TaxIncluded         bool
	PriceLines          string
	Taxes               string
	Coupons             string
	Rules               *ordering.Rules `gorm:"serializer:json"`
	Currency            string
	PlacedAt            time.Time
	BusinessDay         time.Time `gorm:"type:date"`
	EstimatedReadyAt    *time.Time
	EstimatedDeliveryAt *time.Time
	PromisedLikely      *time.Time
	PromisedLatest      *time.Time
	PromiseReason       *string
	KitchenSeconds      int
	WaySeconds          int
	Baking              []location.Batch `gorm:"serializer:json"`
}

func (orderRow) TableName() string { return "public.orders" }

type itemRow struct {
	OrderID        uuid.UUID
	Line           int
	ID             uuid.UUID
	MenuItemID     uuid.UUID
	Name           string
	Category       string
	IsPizza        bool
	TaxCategory    location.TaxCategory
	Size           menu.Size
	Quantity       int
	UnitPriceCents int64
	TotalCents     int64
	DiscountCents  int64
	TaxCents       int64
	Instructions   *string
	TakesSeconds   int

	PreparationSeconds int
	Priced             pricing.Line `gorm:"serializer:json"`

	Ingredients []menu.Ingredient     `gorm:"serializer:json"`
	Options     []ordering.LineOption `gorm:"serializer:json"`
	SecondHalf  *ordering.LineHalf    `gorm:"serializer:json"`
	Allergens   postgres.Texts[inventory.Allergen]
}

func (itemRow) TableName() string { return "public.order_items" }

type paymentRow struct {
	ID            uuid.UUID
	OrderID       uuid.UUID
	Method        payment.Method
	Status        payment.Status
	AmountCents   int64
	RefundedCents int64
	Supplements   int
	ChangedCents  int64
	Attempt       int
	AttemptID     *uuid.UUID
	AttemptedAt   *time.Time
	Token         *string
	IntentID      *string
	IntentAttempt int
	DeclineCode   *string
	BurntKeys     int
	ActionSecret  *string `gorm:"column:action_client_secret"`
	ActionURL     *string
	Due           *ordering.Due
	DueSince      *time.Time
	DueAt         *time.Time
	DueTries      int

	RefundsDueAt    *time.Time
	RefundsDueTries int
}

func (paymentRow) TableName() string { return "public.payments" }

func orderRowOf(s ordering.State) (orderRow, error) {
	row := orderRow{
		ID: s.ID, LocationID: s.LocationID, Version: s.Version, Status: s.Status, Details: s.Details,
		CustomerID: s.Customer.ID, CustomerName: s.Customer.Name, CustomerPhone: s.Customer.Phone, CustomerEmail: s.Customer.Email,
		SubtotalCents: s.Totals.Subtotal, DiscountCents: s.Totals.Discount, DeliveryFeeCents: s.Totals.DeliveryFee,
		TaxCents: s.Totals.Tax, TipCents: s.Totals.Tip, TotalCents: s.Totals.Total, TaxIncluded: s.Totals.TaxIncluded,
		Currency: s.Currency, PlacedAt: s.PlacedAt, BusinessDay: s.BusinessDay, EstimatedReadyAt: optional(s.EstimatedReadyAt), EstimatedDeliveryAt: s.EstimatedDeliveryAt,
	}
	row.Rules = s.Rules
	row.PromisedLikely, row.PromisedLatest, row.PromiseReason = optional(s.Promise.Likely), optional(s.Promise.Latest), optional(s.Promise.Reason)
	row.KitchenSeconds, row.WaySeconds, row.Baking = int(s.KitchenTime.Seconds()), int(s.Way.Seconds()), s.Batches
	if a := s.Address; a != nil {
		row.Street, row.City, row.PostalCode, row.AddressNotes = &a.Street, &a.City, &a.PostalCode, a.Notes
	}
	var errs [3]error
	row.PriceLines, errs[0] = list(s.PriceLines)
	row.Taxes, errs[1] = list(s.Taxes)
	row.Coupons, errs[2] = list(s.Coupons)
	return row, errors.Join(errs[:]...)
}

// list writes a list as the API does, since an order's document has it as it stands.
func list[T any](all []T) (string, error) {
	written, err := text.JSON(append([]T{}, all...))
	if err != nil {
		return "", fmt.Errorf("write an order's price: %w", err)
	}
	return string(written), nil
}

func itemRowsOf(s ordering.State) []itemRow {
	rows := make([]itemRow, len(s.Lines))
	for i, l := range s.Lines {
		rows[i] = itemRow{
			OrderID: s.ID, Line: i + 1, ID: l.ID, MenuItemID: l.MenuItemID, Name: l.Name, Category: l.Category, IsPizza: l.IsPizza, TaxCategory: l.TaxCategory,
			Size: l.Size, Quantity: l.Quantity, UnitPriceCents: l.UnitPrice, TotalCents: l.Total(), DiscountCents: l.Discount, TaxCents: l.Tax, Instructions: l.Instructions, TakesSeconds: int(l.Takes.Seconds()),
			PreparationSeconds: int(l.Preparation.Seconds()), Priced: l.AsPriced,
			Ingredients: append([]menu.Ingredient{}, l.Ingredients...),
			Options:     append([]ordering.LineOption{}, l.Options...), SecondHalf: l.SecondHalf, Allergens: l.Allergens,
		}
	}
	return rows
}

func paymentRowOf(s ordering.State) paymentRow {
	p := s.Payment
	return paymentRow{
		ID: p.ID, OrderID: s.ID, Method: p.Method, Status: p.Status, AmountCents: p.Amount, RefundedCents: p.Refunded, Supplements: p.Supplements, ChangedCents: p.Changed,
		Attempt: p.Attempt, AttemptID: optional(p.AttemptID), AttemptedAt: p.AttemptedAt, Token: optional(p.Token),
		IntentID: optional(p.IntentID), IntentAttempt: p.IntentAttempt, DeclineCode: optional(p.DeclineCode),
		ActionSecret: optional(p.Action.ClientSecret), ActionURL: optional(p.Action.URL),
		BurntKeys: p.BurntKeys, Due: optional(p.Due), DueSince: p.DueSince, DueAt: p.DueAt, DueTries: p.DueTries,
		RefundsDueAt: p.RefundsDueAt, RefundsDueTries: p.RefundsDueTries,
	}
}

// optional turns a zero value into NULL, value turns NULL into a zero value.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func value[T any](p *T) T {
	var zero T
	return *cmp.Or(p, &zero)
}
