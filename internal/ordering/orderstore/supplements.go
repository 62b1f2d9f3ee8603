package orderstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
)

type supplementRow struct {
	ID            uuid.UUID
	OrderID       uuid.UUID
	Number        int
	Status        payment.Status
	AmountCents   int64
	RefundedCents int64
	Attempt       int
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
	Amendment     *ordering.Amendment `gorm:"serializer:json"`
}

func (supplementRow) TableName() string { return "public.payment_supplements" }

func supplementRowOf(order uuid.UUID, s ordering.Supplement) supplementRow {
	return supplementRow{
		ID: s.ID, OrderID: order, Number: s.Supplement, Status: s.Status, AmountCents: s.Amount, RefundedCents: s.Refunded,
		Attempt: s.Attempt, AttemptedAt: s.AttemptedAt, Token: optional(s.Token), IntentID: optional(s.IntentID), IntentAttempt: s.IntentAttempt,
		DeclineCode: optional(s.DeclineCode), BurntKeys: s.BurntKeys, ActionSecret: optional(s.Action.ClientSecret), ActionURL: optional(s.Action.URL),
		Due: optional(s.Due), DueSince: s.DueSince, DueAt: s.DueAt, DueTries: s.DueTries, Amendment: s.Amendment,
	}
}

func (r supplementRow) supplement() ordering.Supplement {
	return ordering.Supplement{Amendment: r.Amendment, Payment: ordering.Payment{
		ID: r.ID, Supplement: r.Number, Method: payment.Card, Status: r.Status, Amount: r.AmountCents, Refunded: r.RefundedCents,
		Attempt: r.Attempt, AttemptID: r.ID, AttemptedAt: r.AttemptedAt, Token: value(r.Token), IntentID: value(r.IntentID), IntentAttempt: r.IntentAttempt,
		DeclineCode: value(r.DeclineCode), BurntKeys: r.BurntKeys, Action: payment.Action{ClientSecret: value(r.ActionSecret), URL: value(r.ActionURL)},
		Due: value(r.Due), DueSince: r.DueSince, DueAt: r.DueAt, DueTries: r.DueTries,
	}}
}

// loadSupplements reads an order's supplements. The lock of its payment keeps them as they are.
func loadSupplements(db *gorm.DB, order uuid.UUID) ([]ordering.Supplement, error) {
	var rows []supplementRow
	if err := db.Where("order_id = ?", order).Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load supplements: %w", err)
	}
	supplements := make([]ordering.Supplement, len(rows))
	for i, r := range rows {
		supplements[i] = r.supplement()
	}
	return supplements, nil
}

// saveSupplements writes the supplements that are new or have changed.
func saveSupplements(tx *gorm.DB, before, after ordering.State) error {
	for _, s := range after.Supplements {
		known := slices.ContainsFunc(before.Supplements, func(b ordering.Supplement) bool {
			return b.Payment == s.Payment && (b.Amendment == nil) == (s.Amendment == nil)
		})
		if known {
			continue
		}
		row := supplementRowOf(after.ID, s)
		if err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("write supplement: %w", err)
		}
	}
	return nil
}

// ClaimDueSupplements does what ClaimDue does, for supplements.
func (s *Store) ClaimDueSupplements(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		UPDATE public.payment_supplements AS s
		SET due_at = ?
		WHERE s.id IN (
			SELECT d.id
			FROM public.payment_supplements AS d
			WHERE d.due IS NOT NULL AND d.due_at <= ?
			ORDER BY d.due_at
			LIMIT ?
			FOR NO KEY UPDATE SKIP LOCKED
		)
		RETURNING s.order_id`, now.Add(lease), now, limit,
	).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("claim supplements: %w", err)
	}
	return ids, nil
}

// LapsedAmendments returns orders of which a change waits for its customer at the bank, who tried before the time given.
func (s *Store) LapsedAmendments(ctx context.Context, triedBefore time.Time, limit int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		SELECT s.order_id
		FROM public.payment_supplements AS s
		WHERE s.amendment IS NOT NULL AND s.attempted_at < ? AND s.due IS NULL
		ORDER BY s.attempted_at
		LIMIT ?`, triedBefore, limit,
	).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("find amendments that nobody paid for: %w", err)
	}
	return ids, nil
}
