package ordering

import (
	"context"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering/pricing"
)

// Holding is what a client's quotes hold. A new quote takes their place, and so counts it as free.
type Holding struct {
	Quotes     []uuid.UUID
	Stock      map[uuid.UUID]map[uuid.UUID]int64 // by location and ingredient
	Promotions map[uuid.UUID]int                 // uses
}

// promotions returns the promotions as if the uses that are held were free.
func (h Holding) promotions(all promotions) promotions { return promotionsBesides{all, h.Promotions} }

type promotionsBesides struct {
	promotions
	held map[uuid.UUID]int
}

func (p promotionsBesides) Applicable(
	ctx context.Context, at, customer uuid.UUID, codes []string, now time.Time,
) ([]pricing.Promotion, pricing.Customer, error) {
	found, of, err := p.promotions.Applicable(ctx, at, customer, codes, now)
	for i := range found {
		found[i].Uses -= p.held[found[i].ID]
	}
	return found, of, err
}

// stock returns the stock as if what is held were free.
func (h Holding) stock(all stock) stock { return stockBesides{all, h.Stock} }

type stockBesides struct {
	stock
	held map[uuid.UUID]map[uuid.UUID]int64
}

func (s stockBesides) Short(ctx context.Context, at uuid.UUID, now time.Time, needs map[uuid.UUID]int64) ([]uuid.UUID, error) {
	if len(s.held[at]) == 0 {
		return s.stock.Short(ctx, at, now, needs)
	}
	more := make(map[uuid.UUID]int64, len(needs))
	for id, quantity := range needs {
		if quantity -= s.held[at][id]; quantity > 0 {
			more[id] = quantity
		}
	}
	return s.stock.Short(ctx, at, now, more)
}
