package promotionstore

import (
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/postgres"
)

type redemptionRow struct {
	OrderID     uuid.UUID
	PromotionID uuid.UUID
	CustomerID  uuid.UUID
	AmountCents int64
}

func (redemptionRow) TableName() string { return "public.promotion_redemptions" }

// errChanged is why an order has to be priced anew.
var errChanged = errors.New("a promotion has changed, or was used, since the order was priced")

// Redeem counts, in the transaction of a new order that is stored already, that promotions made it cheaper. If one of them
// has changed since they were read, or can't be used any more, the transaction has lost a race (postgres.LostRace): read
// anew, the order costs something else.
func Redeem(tx *gorm.DB, order, customer uuid.UUID, applied []pricing.AppliedPromotion) error {
	for _, p := range inOrder(applied) {
		if err := takeUse(tx, p); err != nil {
			return err
		}
		if err := redeem(tx, order, customer, p); err != nil {
			return err
		}
	}
	return nil
}

// redeem records a use that has been taken, unless the customer can't have it by now.
func redeem(tx *gorm.DB, order, customer uuid.UUID, p pricing.AppliedPromotion) error {
	row := redemptionRow{OrderID: order, PromotionID: p.ID, CustomerID: customer, AmountCents: p.Amount}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert redemption: %w", err)
	}
	if p.MaxUsesByCustomer == nil && !p.FirstOrder {
		return nil
	}
	return checkCustomer(tx, order, customer, p)
}

// takeUse keeps a promotion as it is until the transaction ends and, where its uses are bounded, counts one more.
func takeUse(tx *gorm.DB, p pricing.AppliedPromotion) error {
	statement := `SELECT p.id FROM public.promotions AS p WHERE p.id = ? AND p.version = ? FOR KEY SHARE`
	if p.MaxUses != nil {
		statement = `UPDATE public.promotions AS p SET uses = p.uses + 1 WHERE p.id = ? AND p.version = ? AND p.uses < p.max_uses RETURNING p.id`
	}
	var taken []uuid.UUID
	if err := tx.Raw(statement, p.ID, p.Version).Find(&taken).Error; err != nil {
		return fmt.Errorf("take a use of a promotion: %w", err)
	}
	if len(taken) == 0 {
		return postgres.LostRace(errChanged)
	}
	return nil
}

// checkCustomer looks anew at what the customer, or the person who orders as a guest, has used and ordered. One customer's orders
// take turns here.
func checkCustomer(tx *gorm.DB, order, customer uuid.UUID, p pricing.AppliedPromotion) error {
	if err := postgres.TakeTurns(tx, "promotions of "+customer.String()); err != nil {
		return err
	}
	var seen struct {
		Uses       int
		HasOrdered bool
	}
	err := tx.Raw(`
		SELECT
			(
				SELECT count(*)
				FROM public.promotion_redemptions AS r
				WHERE r.promotion_id = ? AND r.customer_id = c.id AND r.released_at IS NULL
			) AS uses,
			`+hasOrdered+` AS has_ordered
		FROM (SELECT ?::uuid AS id, ?::uuid AS order_id) AS c`, p.ID, customer, order,
	).Find(&seen).Error
	switch {
	case err != nil:
		return fmt.Errorf("look at a customer's promotions: %w", err)
	case p.MaxUsesByCustomer != nil && seen.Uses > *p.MaxUsesByCustomer, p.FirstOrder && seen.HasOrdered:
		return postgres.LostRace(errChanged)
	}
	return nil
}

// Release gives back, in the transaction that cancels or rejects an order, what promotions it used.
func Release(tx *gorm.DB, order uuid.UUID, at time.Time) error {
	return release(tx, order, []uuid.UUID{uuid.Nil}, at)
}

// release gives back the order's promotions but for some.
func release(tx *gorm.DB, order uuid.UUID, kept []uuid.UUID, at time.Time) error {
	err := tx.Exec(`
		WITH released AS (
			UPDATE public.promotion_redemptions AS r
			SET released_at = ?
			WHERE r.order_id = ? AND r.promotion_id NOT IN ? AND r.released_at IS NULL
			RETURNING r.promotion_id
		)
		UPDATE public.promotions AS p
		SET uses = p.uses - 1
		FROM released AS r
		WHERE p.id = r.promotion_id AND p.max_uses IS NOT NULL`, at, order, kept,
	).Error
	if err != nil {
		return fmt.Errorf("release promotions: %w", err)
	}
	return nil
}

// Amend writes, in the transaction that changes an order, what promotions take off it by now, and gives back those that
// don't apply any more.
func Amend(tx *gorm.DB, order uuid.UUID, applied []pricing.AppliedPromotion, at time.Time) error {
	kept := []uuid.UUID{uuid.Nil}
	for _, p := range inOrder(applied) {
		kept = append(kept, p.ID)
		err := tx.Exec(`
			UPDATE public.promotion_redemptions AS r
			SET amount_cents = ?
			WHERE r.order_id = ? AND r.promotion_id = ? AND r.released_at IS NULL`, p.Amount, order, p.ID).Error
		if err != nil {
			return fmt.Errorf("update redemption: %w", err)
		}
	}
	return release(tx, order, kept, at)
}
