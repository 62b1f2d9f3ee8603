package orderstore

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

// AddToken stores a token of an order. Of more than so many of its scope the oldest end. Those who make tokens of one order take
// turns, or two of them could find room for one.
func (s *Store) AddToken(ctx context.Context, t ordering.OrderToken, atOnce int) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		if err := postgres.TakeTurns(tx, "tokens of "+t.OrderID.String()); err != nil {
			return err
		}
		err := tx.Exec(`
			WITH oldest AS (
				DELETE FROM public.order_tokens AS d
				WHERE d.token_sha256 IN (
					SELECT t.token_sha256
					FROM public.order_tokens AS t
					WHERE t.order_id = ? AND t.scope = ?
					ORDER BY t.created_at DESC, t.token_sha256
					OFFSET ?
				)
			)
			INSERT INTO public.order_tokens (token_sha256, order_id, customer_id, guest_name, scope, created_at, expires_at)
			SELECT ?, o.id, o.customer_id, CASE WHEN ? = 'GUEST' THEN o.customer_name ELSE '' END, ?, ?, ?
			FROM public.orders AS o
			WHERE o.id = ?`,
			t.OrderID, t.Scope, atOnce-1, t.Hash[:], t.Scope, t.Scope, t.CreatedAt, t.ExpiresAt, t.OrderID).Error
		if err != nil {
			return fmt.Errorf("insert a token of an order: %w", err)
		}
		return nil
	})
}

// SweepTokens deletes tokens of orders that have expired. Nobody needs it to be sure of their end, only to keep the table small.
func SweepTokens() postgres.Sweep {
	return postgres.Sweep{Table: "public.order_tokens", Column: "expires_at"}
}
