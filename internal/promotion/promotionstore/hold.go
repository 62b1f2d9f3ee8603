package promotionstore

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/fault"
)

// Hold takes a use of each promotion for a quote that is stored already, in its transaction. It loses a race as Redeem does.
func Hold(tx *gorm.DB, quote uuid.UUID, applied []pricing.AppliedPromotion) error {
	for _, p := range inOrder(applied) {
		if err := takeUse(tx, p); err != nil {
			return err
		}
		if err := tx.Exec(`INSERT INTO public.promotion_holds (quote_id, promotion_id) VALUES (?, ?)`, quote, p.ID).Error; err != nil {
			return fmt.Errorf("insert hold: %w", err)
		}
	}
	return nil
}

// GiveBack returns the uses that quotes hold, in the transaction that ends them. Promotions are locked before their holds go, in
// order: whoever changes one counts both anew.
func GiveBack(tx *gorm.DB, quotes []uuid.UUID) error {
	if len(quotes) == 0 {
		return nil
	}
	err := tx.Exec(`
		SELECT FROM public.promotions AS p
		WHERE p.id IN (SELECT h.promotion_id FROM public.promotion_holds AS h WHERE h.quote_id IN ?)
		ORDER BY p.id
		FOR NO KEY UPDATE`, quotes).Error
	if err != nil {
		return fmt.Errorf("lock promotions: %w", err)
	}
	err = tx.Exec(`
		WITH gone AS (
			DELETE FROM public.promotion_holds AS h WHERE h.quote_id IN ? RETURNING h.promotion_id
		)
		UPDATE public.promotions AS p
		SET uses = p.uses - g.uses
		FROM (SELECT gone.promotion_id, count(*) AS uses FROM gone GROUP BY gone.promotion_id) AS g
		WHERE p.id = g.promotion_id AND p.max_uses IS NOT NULL`, quotes).Error
	if err != nil {
		return fmt.Errorf("give uses of promotions back: %w", err)
	}
	return nil
}

// RedeemHeld makes what a quote holds the redemptions of its order, which is stored already. It fails with COUPON_REFUSED if the
// customer, who may have been a visitor then, can't use one of them: they are told before anything is charged.
func RedeemHeld(tx *gorm.DB, order, customer, quote uuid.UUID, applied []pricing.AppliedPromotion) error {
	for _, p := range inOrder(applied) {
		switch err := redeem(tx, order, customer, p); {
		case errors.Is(err, errChanged):
			return fault.New(fault.CouponRefused, "This account can't use %s any more. Ask for the price anew.", p.Name).At("quoteId")
		case err != nil:
			return err
		}
	}
	if err := tx.Exec(`DELETE FROM public.promotion_holds AS h WHERE h.quote_id = ?`, quote).Error; err != nil {
		return fmt.Errorf("delete holds: %w", err)
	}
	return nil
}

func inOrder(applied []pricing.AppliedPromotion) []pricing.AppliedPromotion {
	applied = slices.Clone(applied)
	slices.SortFunc(applied, func(a, b pricing.AppliedPromotion) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return applied
}
