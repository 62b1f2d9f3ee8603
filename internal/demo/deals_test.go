package demo_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/demo"
	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/promotion"
	"pizzeria/internal/promotion/promotionview"
)

func TestEachLocationHasDealsThatAManagerCouldHaveMade(t *testing.T) {
	t.Parallel()
	s := newShop(t)

	s.seed(t)

	manager := auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleManager}}
	for _, l := range demo.Locations() {
		told, err := (&promotionview.DealsHandler{Pool: s.db.Pool, Now: func() time.Time { return s.now }}).Handle(t.Context(), promotionview.Deals{LocationID: l.ID})
		require.NoError(t, err)
		all, err := (&promotionview.PromotionsHandler{Pool: s.db.Pool, Now: func() time.Time { return s.now }}).
			Handle(t.Context(), promotionview.Promotions{By: manager, LocationID: l.ID, First: 100})
		require.NoError(t, err)
		require.Len(t, told, len(all)-1, "one code is for those whom somebody tells")
		for _, p := range all {
			code := ""
			if p.Code != nil {
				code = *p.Code
			}
			require.NoError(t, promotion.CreatePromotion{
				IdempotencyKey: "any", LocationID: &l.ID, Name: p.Name, Code: code, Priority: p.Priority, Reward: p.Reward, Conditions: p.Conditions,
			}.Validate(), p.Name)
		}
	}
}

func TestSeedingAgainKeepsThePromotionThatAManagerChanged(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.seed(t)
	ciao := s.count(t, `SELECT count(*) FROM public.promotions AS p WHERE p.code = 'CIAO'`)
	_, err := s.db.Pool.Exec(t.Context(), `UPDATE public.promotions AS p SET name = 'Mine', version = 2 WHERE p.code = 'CIAO'`)
	require.NoError(t, err)

	s.seed(t)

	require.Equal(t, 2, ciao)
	require.Equal(t, ciao, s.count(t, `SELECT count(*) FROM public.promotions AS p WHERE p.name = 'Mine' AND p.version = 2`))
	require.Equal(t, 12, s.count(t, `SELECT count(*) FROM public.promotions`))
	require.Equal(t, 12, s.count(t, `SELECT count(*) FROM public.events AS e WHERE e.stream = 'PROMOTION'`))
}

func TestACodeThatAManagerHasGivenStaysTheManagers(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	l := demo.Locations()[0]
	require.NoError(t, s.shop.Locations.Add(t.Context(), location.NewLocation(l, s.now)))
	own := promotion.CreatePromotion{ID: uuid.New(), Name: "Mine", Code: "ciao", Reward: pricing.Reward{Kind: pricing.Fixed, Amount: 100}}
	require.NoError(t, s.shop.Deals.Add(t.Context(), promotion.NewPromotion(own, l.ID, l.Currency, s.now)))

	s.seed(t)

	require.Equal(t, 12, s.count(t, `SELECT count(*) FROM public.promotions`))
	require.Equal(t, 1, s.count(t, `SELECT count(*) FROM public.promotions AS p WHERE p.name = 'Mine'`))
}
