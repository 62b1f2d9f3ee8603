package orderstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
)

// ClaimDue returns orders whose payment is due, earliest first, and puts each off by the lease, so that no other server
// asks the gateway meanwhile.
func (s *Store) ClaimDue(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		UPDATE public.payments AS p
		SET due_at = ?
		WHERE p.id IN (
			SELECT d.id
			FROM public.payments AS d
			WHERE d.due IS NOT NULL AND d.due_at <= ?
			ORDER BY d.due_at
			LIMIT ?
			FOR NO KEY UPDATE SKIP LOCKED
		)
		RETURNING p.order_id`, now.Add(lease), now, limit,
	).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("claim payments: %w", err)
	}
	return ids, nil
}

// ClaimDueRefunds does the same for orders about whose refunds the gateway is to be asked.
func (s *Store) ClaimDueRefunds(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		UPDATE public.payments AS p
		SET refunds_due_at = ?
		WHERE p.id IN (
			SELECT d.id
			FROM public.payments AS d
			WHERE d.refunds_due_at <= ? AND d.due IS NULL
			ORDER BY d.refunds_due_at
			LIMIT ?
			FOR NO KEY UPDATE SKIP LOCKED
		)
		RETURNING p.order_id`, now.Add(lease), now, limit,
	).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("claim refunds: %w", err)
	}
	return ids, nil
}

// Abandoned returns orders that still wait for their customer to pay, who tried last before the time given.
func (s *Store) Abandoned(ctx context.Context, triedBefore time.Time, limit int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		SELECT o.id
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id
		WHERE o.status = ? AND o.placed_at < ? AND coalesce(p.attempted_at, o.placed_at) < ? AND p.due IS NULL
		ORDER BY o.placed_at
		LIMIT ?`, ordering.Pending, triedBefore, triedBefore, limit,
	).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("find abandoned orders: %w", err)
	}
	return ids, nil
}

// AwaitingAuthorization returns PENDING orders whose authorization was attempted before the time given and has no outcome yet,
// oldest attempt first.
func (s *Store) AwaitingAuthorization(ctx context.Context, attemptedBefore time.Time, limit int) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw(`
		SELECT o.id
		FROM public.payments AS p
		JOIN public.orders AS o ON o.id = p.order_id
		WHERE p.due = ? AND p.attempted_at <= ? AND o.status = ?
		ORDER BY p.attempted_at
		LIMIT ?`, ordering.AuthorizeDue, attemptedBefore, ordering.Pending, limit,
	).Find(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("find orders that await an authorization: %w", err)
	}
	return ids, nil
}
