package orderstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

// Holding reads what a client holds: the customer's quote, and the last one of a visitor's browser.
func (s *Store) Holding(ctx context.Context, customer, last *uuid.UUID) (held ordering.Holding, err error) {
	if customer == nil && last == nil {
		return held, nil
	}
	db := s.db.WithContext(ctx)
	err = db.Raw(`
		SELECT q.id FROM public.quotes AS q WHERE q.customer_id = ? OR q.id = ? AND q.customer_id IS NULL ORDER BY q.id`, customer, last).Find(&held.Quotes).Error
	if err != nil {
		return held, fmt.Errorf("read a client's quotes: %w", err)
	}
	if len(held.Quotes) == 0 {
		return held, nil
	}
	var stock []struct {
		IngredientID, LocationID uuid.UUID
		Reserved                 int64
	}
	err = db.Raw(`SELECT m.ingredient_id, m.location_id, m.reserved FROM public.stock_movements AS m WHERE m.quote_id IN ?`, held.Quotes).Find(&stock).Error
	if err != nil {
		return held, fmt.Errorf("read the stock that quotes hold: %w", err)
	}
	var promotions []uuid.UUID
	err = db.Raw(`SELECT h.promotion_id FROM public.promotion_holds AS h WHERE h.quote_id IN ?`, held.Quotes).Find(&promotions).Error
	if err != nil {
		return held, fmt.Errorf("read the promotions that quotes hold: %w", err)
	}
	held.Stock, held.Promotions = map[uuid.UUID]map[uuid.UUID]int64{}, map[uuid.UUID]int{}
	for _, m := range stock {
		if held.Stock[m.LocationID] == nil {
			held.Stock[m.LocationID] = map[uuid.UUID]int64{}
		}
		held.Stock[m.LocationID][m.IngredientID] += m.Reserved
	}
	for _, id := range promotions {
		held.Promotions[id]++
	}
	return held, nil
}

// Drop gives back what quotes hold, and deletes them: all that are still there.
func (s *Store) Drop(ctx context.Context, quotes []uuid.UUID) error {
	if len(quotes) == 0 {
		return nil
	}
	_, err := s.drop(ctx, `q.id IN ? ORDER BY q.id FOR UPDATE`, quotes)
	return err
}

// DropOf does so with a client's quotes. Few who order have one that they don't order by.
func (s *Store) DropOf(ctx context.Context, of ordering.QuotesOf) error {
	held, err := s.Holding(ctx, of.Customer, of.Last)
	if err != nil {
		return err
	}
	return s.Drop(ctx, held.Quotes)
}

// expired is how many quotes one transaction gives back.
const expired = 100

// DropExpired does so with quotes that have expired by now, and returns how many those were. Any number of servers may do so at
// once: what one of them is at is none of the others' business.
func (s *Store) DropExpired(ctx context.Context, now time.Time) (int64, error) {
	return postgres.Repeat(ctx, func(ctx context.Context) (int64, error) {
		return s.drop(ctx, `q.expires_at <= ? ORDER BY q.expires_at LIMIT ? FOR UPDATE SKIP LOCKED`, now, expired)
	})
}

// forgetQuotes gives back what a person's quotes hold.
func (s *Store) forgetQuotes(ctx context.Context, person uuid.UUID) (int64, error) {
	return s.drop(ctx, `q.customer_id = ? ORDER BY q.id FOR UPDATE`, person)
}

func (s *Store) drop(ctx context.Context, which string, arguments ...any) (dropped int64, err error) {
	err = postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var ids []uuid.UUID
		if err := tx.Raw(`SELECT q.id FROM public.quotes AS q WHERE `+which, arguments...).Find(&ids).Error; err != nil {
			return fmt.Errorf("lock quotes: %w", err)
		}
		dropped = int64(len(ids))
		if dropped == 0 {
			return nil
		}
		if err := deleteQuotes(tx, ids); err != nil {
			return err
		}
		return inventorystore.GiveBack(tx, ids)
	})
	return dropped, err
}
