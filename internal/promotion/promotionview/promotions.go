// Package promotionview is the read side of promotions: the rows of public.promotion_view.
package promotionview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

// Promotion is one row of public.promotion_view, as the API shows it.
type Promotion struct {
	ID           uuid.UUID
	LocationID   uuid.UUID
	Name         string
	Code         *string
	Priority     int
	IsAdvertised bool
	Reward       pricing.Reward
	Conditions   pricing.Conditions
	Uses         int   // by orders that were neither cancelled nor rejected
	Saved        int64 // what it took off them
	Version      int
}

// IsNode marks the promotion as a node of the API.
func (*Promotion) IsNode() {}

// VisibleTo tells whether an actor may see the promotion: whoever manages its location.
func (p *Promotion) VisibleTo(by auth.Actor) bool { return by.At(p.LocationID).Is(auth.RoleManager) }

// Promotions asks for a location's promotions, the newest first.
type Promotions struct {
	By           auth.Actor
	LocationID   uuid.UUID
	IncludeEnded bool
	First        int // 0 to 1,000
}

const maxFirst = 1_000

// PromotionsHandler handles Promotions.
type PromotionsHandler struct {
	Pool *pgxpool.Pool
	Now  func() time.Time
}

// Handle reads the rows. It fails with FORBIDDEN for whoever doesn't manage the location.
func (h *PromotionsHandler) Handle(ctx context.Context, q Promotions) ([]*Promotion, error) {
	if err := q.By.At(q.LocationID).Require(auth.RoleManager); err != nil {
		return nil, err
	}
	if q.First < 0 || q.First > maxFirst {
		return nil, fault.New(fault.BadUserInput, "first is 0 to %d.", maxFirst).At("first")
	}
	return read(ctx, h.Pool, `
		WHERE p.location_id = $1 AND ($2 OR coalesce(p.ends_at, 'infinity') > $3) ORDER BY p.created_at DESC, p.id DESC LIMIT $4`,
		q.LocationID, q.IncludeEnded, h.Now(), q.First)
}

// ByID asks for one promotion; nil if there is none that the actor may see.
type ByID struct {
	By auth.Actor
	ID uuid.UUID
}

// ByIDHandler handles ByID.
type ByIDHandler struct{ Pool *pgxpool.Pool }

// Handle reads one row.
func (h *ByIDHandler) Handle(ctx context.Context, q ByID) (*Promotion, error) {
	p, err := h.Promotion(ctx, q.ID)
	if err != nil || p == nil || !p.VisibleTo(q.By) {
		return nil, err
	}
	return p, nil
}

// Promotion reads one row, whoever asks; nil if there is none.
func (h *ByIDHandler) Promotion(ctx context.Context, id uuid.UUID) (*Promotion, error) {
	found, err := h.Promotions(ctx, []uuid.UUID{id})
	return found[id], err
}

// Promotions reads the promotions named; those that don't exist are missing.
func (h *ByIDHandler) Promotions(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Promotion, error) {
	all, err := read(ctx, h.Pool, `WHERE p.id = ANY ($1)`, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]*Promotion, len(all))
	for _, p := range all {
		found[p.ID] = p
	}
	return found, nil
}

func read(ctx context.Context, pool *pgxpool.Pool, which string, arguments ...any) ([]*Promotion, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := pool.Query(ctx, `
		SELECT
			p.id, p.location_id, p.name, p.code, p.priority, p.advertised, p.reward, p.conditions, p.starts_at, p.ends_at, p.max_uses,
			p.max_uses_by_customer, p.uses, p.saved_cents, p.version
		FROM public.promotion_view AS p `+which, arguments...)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*Promotion, error) {
		var p Promotion
		err := row.Scan(append(
			append([]any{&p.ID, &p.LocationID, &p.Name, &p.Code, &p.Priority, &p.IsAdvertised, &p.Reward}, conditionsOf(&p.Conditions)...),
			&p.Uses, &p.Saved, &p.Version,
		)...)
		return &p, err
	})
	if err != nil {
		return nil, fmt.Errorf("read promotions: %w", err)
	}
	return all, nil
}

// conditionsOf is where conditions are scanned into: what stands in no column of its own, start, end and bounds.
func conditionsOf(c *pricing.Conditions) []any {
	return []any{c, &c.StartsAt, &c.EndsAt, &c.MaxUses, &c.MaxUsesByCustomer}
}
