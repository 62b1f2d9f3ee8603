package ordering

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

func TestWhoMayOrderAQuote(t *testing.T) {
	t.Parallel()
	end := noon.Add(QuoteLasts)
	customers, visitors := &Quote{CustomerID: &customer.ID, ExpiresAt: end}, &Quote{ExpiresAt: end}
	for name, c := range map[string]struct {
		quote *Quote
		by    auth.Actor
		at    time.Time
		want  bool
	}{
		"its customer":                   {customers, customer, noon, true},
		"at the last moment":             {customers, customer, end.Add(-1), true},
		"too late":                       {customers, customer, end, false},
		"somebody else":                  {customers, stranger, noon, false},
		"a manager":                      {customers, manager, noon, false},
		"a visitor, of a customer's":     {customers, auth.Actor{}, noon, false},
		"whoever knows a visitor's":      {visitors, stranger, noon, true},
		"the visitor":                    {visitors, auth.Actor{}, noon, true},
		"whoever knows it, but too late": {visitors, stranger, end, false},
	} {
		require.Equal(t, c.want, c.quote.VisibleTo(c.by, c.at), name)
	}
}

func TestWhatANetworkMayHold(t *testing.T) {
	t.Parallel()
	limits := location.OrderLimits{OpenPortions: new(50)}
	require.NoError(t, NetworkHolds{Quotes: quotesAtOnce, Portions: 50}.Allow(limits))
	requireCode(t, fault.LimitReached, NetworkHolds{Quotes: quotesAtOnce + 1, Portions: 1}.Allow(limits))
	requireCode(t, fault.LimitReached, NetworkHolds{Quotes: 1, Portions: 51}.Allow(limits))
	require.NoError(t, NetworkHolds{Quotes: 1, Portions: 1_000}.Allow(location.OrderLimits{}))
}

type fewPromotions []pricing.Promotion

func (f fewPromotions) Applicable(context.Context, uuid.UUID, uuid.UUID, []string, time.Time) ([]pricing.Promotion, pricing.Customer, error) {
	return f, pricing.Customer{}, nil
}

// levels are what is left of each ingredient.
type levels map[uuid.UUID]int64

func (l levels) Short(_ context.Context, _ uuid.UUID, _ time.Time, needs map[uuid.UUID]int64) (short []uuid.UUID, err error) {
	for id, n := range needs {
		if l[id] < n {
			short = append(short, id)
		}
	}
	return short, nil
}

func TestWhatAClientHoldsIsFreeToTheClient(t *testing.T) {
	t.Parallel()
	here, there, dough, code := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	held := Holding{Stock: map[uuid.UUID]map[uuid.UUID]int64{here: {dough: 3}}, Promotions: map[uuid.UUID]int{code: 1}}
	left := held.stock(levels{dough: 2})

	for _, c := range []struct {
		at    uuid.UUID
		needs int64
		short int
	}{{here, 3, 0}, {here, 5, 0}, {here, 6, 1}, {there, 2, 0}, {there, 3, 1}} {
		short, err := left.Short(t.Context(), c.at, noon, map[uuid.UUID]int64{dough: c.needs})
		require.NoError(t, err)
		require.Len(t, short, c.short, c.needs)
	}
	found, _, err := held.promotions(fewPromotions{{ID: code, Uses: 4}, {ID: uuid.New(), Uses: 4}}).Applicable(t.Context(), here, uuid.Nil, nil, noon)
	require.NoError(t, err)
	require.Equal(t, []int{3, 4}, []int{found[0].Uses, found[1].Uses})
}
