package promotionstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/text"
)

// hasOrdered tells whether the customer or the guest c.id has placed an order, beside c.order_id, that was neither cancelled nor
// rejected.
const hasOrdered = `EXISTS (
		SELECT FROM public.orders AS o
		WHERE o.customer_id = c.id AND o.id IS DISTINCT FROM c.order_id AND o.status NOT IN ('CANCELLED', 'REJECTED')
	) OR EXISTS (
		SELECT FROM public.guest_orders AS g
		JOIN public.orders AS o ON o.id = g.order_id
		WHERE g.person_id = c.id AND o.id IS DISTINCT FROM c.order_id AND o.status NOT IN ('CANCELLED', 'REJECTED')
	)`

// Applicable reads what may make an order at a location cheaper: the promotions of the codes, ended ones among them, and
// those without a code that are on now. What is known of the customer, or of the person who orders as a guest, is read as far as
// one of them asks for it; of a visitor, whose id is zero, nothing is.
func (s *Store) Applicable(ctx context.Context, at, customer uuid.UUID, codes []string, now time.Time) ([]pricing.Promotion, pricing.Customer, error) {
	folded := make([]string, len(codes))
	for i, code := range codes {
		folded[i] = text.FoldName(code)
	}
	list, err := json.Marshal(folded)
	if err != nil {
		return nil, pricing.Customer{}, fmt.Errorf("list codes: %w", err)
	}
	var rows []struct {
		Row            promotionRow         `gorm:"embedded"`
		Names          map[uuid.UUID]string `gorm:"serializer:json"`
		UsesByCustomer int
		HasOrdered     bool
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT
			p.id, p.name, p.code, p.code_folded, p.priority, p.advertised, p.reward, p.conditions, p.starts_at, p.ends_at, p.max_uses,
			p.max_uses_by_customer, p.uses, p.version,
			(
				SELECT json_object_agg(m.id, m.name)
				FROM public.menu_items AS m
				WHERE p.code IS NOT NULL AND m.id IN (SELECT json_array_elements_text(p.menu_item_ids)::uuid)
			) AS names,
			CASE WHEN p.max_uses_by_customer IS NOT NULL THEN (
				SELECT count(*)
				FROM public.promotion_redemptions AS r
				WHERE r.promotion_id = p.id AND r.customer_id = c.id AND r.released_at IS NULL
			) ELSE 0 END AS uses_by_customer,
			p.conditions ->> 'firstOrder' = 'true' AND (`+hasOrdered+`) AS has_ordered
		FROM public.promotions AS p
		CROSS JOIN (SELECT ?::uuid AS id, NULL::uuid AS order_id) AS c
		WHERE p.location_id = ? AND (
			p.code_folded IN (SELECT json_array_elements_text(?::json))
			OR p.code_folded IS NULL AND coalesce(p.starts_at, '-infinity') <= ? AND coalesce(p.ends_at, 'infinity') > ?
		)`, customer, at, string(list), now, now,
	).Find(&rows).Error
	if err != nil {
		return nil, pricing.Customer{}, fmt.Errorf("read promotions: %w", err)
	}
	promotions := make([]pricing.Promotion, len(rows))
	of := pricing.Customer{Uses: map[uuid.UUID]int{}}
	for i, r := range rows {
		promotions[i] = r.Row.promotion()
		promotions[i].Names = r.Names
		of.Uses[r.Row.ID] = r.UsesByCustomer
		of.HasOrdered = of.HasOrdered || r.HasOrdered
		for k := range folded { // by the customer's spelling
			if r.Row.CodeFolded != nil && folded[k] == *r.Row.CodeFolded {
				promotions[i].Code = codes[k]
			}
		}
	}
	return promotions, of, nil
}
