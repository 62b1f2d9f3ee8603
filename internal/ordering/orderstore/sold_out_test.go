package orderstore_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// No server makes available here what was sold out until a time: whether an order is accepted doesn't depend on that.
func TestOrdersOfWhatIsSoldOutAreAcceptedFromTheMomentThatItEnds(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	plate := s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1})
	s.setAvailability(t, inventory.SetIngredientAvailability{IngredientID: cheese, Until: new(noon.Add(time.Hour))})

	s.pass(time.Hour - time.Microsecond)
	early, err := s.quote.Handle(t.Context(), asks(s.Customer, plate, 1))
	require.NoError(t, err)
	refused := <-s.order(t, plate)
	s.pass(time.Microsecond)
	onTime, err := s.quote.Handle(t.Context(), asks(s.Customer, plate, 1))
	require.NoError(t, err)
	accepted := <-s.order(t, plate)

	require.Equal(t, fault.InsufficientStock, early.Problems[0].Code)
	refusal, _ := fault.As(refused)
	require.Equal(t, fault.InsufficientStock, refusal.Code)
	require.Equal(t, []string{plate.String()}, refusal.Details.MenuItemIDs)
	require.Empty(t, onTime.Problems)
	require.NoError(t, accepted)
}

// Of two servers, one is behind: it has an order of before the end when the other has made the ingredient available already.
func TestAnOrderOfBeforeTheEndIsRefusedThoughItComesAfterIt(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	plate := s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1})
	s.setAvailability(t, inventory.SetIngredientAvailability{IngredientID: cheese, Until: new(noon.Add(time.Hour))})
	keeper := inventory.AvailabilityKeeper{
		Stock: inventorystore.New(s.Gorm), Now: func() time.Time { return noon.Add(time.Hour) }, Every: time.Second, Committed: func() {},
	}
	_, err := keeper.Round(t.Context())
	require.NoError(t, err)

	s.pass(59 * time.Minute)
	before := <-s.order(t, plate)
	s.pass(time.Minute)
	after := <-s.order(t, plate)

	require.True(t, fault.Is(before, fault.InsufficientStock), "%v", before)
	require.NoError(t, after)
}

func TestOrdersAndQuotesKeepWhatIsSoldOutAfterThem(t *testing.T) {
	t.Parallel()
	s := newQuotingShop(t)
	plate := s.dish(t, "Cheese plate", menu.Ingredient{ID: cheese, Quantity: 1})
	bread := s.dish(t, "Bread", menu.Ingredient{ID: flour, Quantity: 1})
	require.NoError(t, <-s.order(t, plate))
	require.NoError(t, <-s.order(t, bread))
	quote, err := s.quote.Handle(t.Context(), asks(uuid.Nil, plate, 2))
	require.NoError(t, err)

	s.setAvailability(t, inventory.SetIngredientAvailability{IngredientID: cheese})
	promised, err := (&orderview.PromisedOfHandler{Pool: s.Pool, Orders: orderview.NewByIDHandler(s.Pool, 1)}).
		Handle(t.Context(), orderview.PromisedOf{LocationID: s.Location, IngredientID: cheese})
	require.NoError(t, err)
	more := asks(uuid.Nil, plate, 3)
	more.Last = &quote.ID
	preview := *s.quote.PreviewOrderHandler
	preview.Held = s.store
	larger, err := preview.Handle(t.Context(), more.PreviewOrder)
	require.NoError(t, err)
	_, placed := s.place.Handle(t.Context(), placing(s.Customer, quote.ID))
	other := <-s.order(t, bread)

	require.Equal(t, []int{1, 0, 1, 1}, []int{promised.Quotes, promised.Scheduled.Count, promised.Open.Count, len(promised.Open.Orders)})
	require.Equal(t, fault.InsufficientStock, larger.Problems[0].Code, "more than is held")
	require.NoError(t, placed, "what was quoted")
	require.NoError(t, other, "what has none of it")
	s.requireConsistent(t)
}

func (s *quotingShop) setAvailability(t *testing.T, cmd inventory.SetIngredientAvailability) {
	t.Helper()
	cmd.By = auth.Actor{ID: uuid.New(), Name: "Mia", Roles: []auth.Role{auth.RoleManager}}
	handler := inventory.SetIngredientAvailabilityHandler{Stock: inventorystore.New(s.Gorm), Zones: new(location.Zones), Now: func() time.Time { return noon }}
	_, err := handler.Handle(t.Context(), cmd)
	require.NoError(t, err)
}
