package orderview

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

// QuotesHandler reads quotes.
type QuotesHandler struct{ Pool *pgxpool.Pool }

// Quotes reads the quotes named, whoever asks, those among them that have expired a moment ago; others are missing.
func (h *QuotesHandler) Quotes(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*ordering.Quote, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `SELECT q.id, q.customer_id, q.expires_at, q.ordered FROM public.quote_view AS q WHERE q.id = ANY ($1)`, ids)
	found := map[uuid.UUID]*ordering.Quote{}
	var held ordering.HeldQuote
	_, err := pgx.ForEachRow(rows, []any{&held.ID, &held.CustomerID, &held.ExpiresAt, &held.Order}, func() error {
		found[held.ID] = held.Quote()
		held = ordering.HeldQuote{}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read quotes: %w", err)
	}
	return found, nil
}
