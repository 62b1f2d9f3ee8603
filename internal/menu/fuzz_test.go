package menu

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzMenuItem creates arbitrary menu items, and changes an existing item to each of them.
func FuzzMenuItem(f *testing.F) {
	for _, text := range []string{
		"Margherita", "", " ", "\x00", "a\xffb", "\u2028", "'; DROP TABLE menu_items; --", strings.Repeat("é", 120), strings.Repeat("x", 2001), "SMALL",
	} {
		f.Add(text, text, text, text, text, int64(990), 250, 12, 3)
	}
	f.Add("Margherita", "", "Pizza", "MILK", "LARGE", int64(math.MinInt64), math.MaxInt, math.MinInt, 1<<20)
	f.Add("Margherita", "", "Pizza", "MILK", "ONE_SIZE", int64(100_000_000), 1_000_000, 240, 1)
	f.Fuzz(func(t *testing.T, name, description, category, allergen, size string, price int64, quantity, minutes, n int) {
		for _, prefix := range []string{"", faulttest.Marker} {
			create := CreateMenuItem{
				Name: prefix + name, Description: prefix + description, Category: prefix + category,
				Prices: []Price{{Size: Small, Price: price}, {Size: Size(prefix + size), Price: price}}, PreparationMinutes: &minutes,
			}
			if n&1 != 0 {
				create.Prices = create.Prices[:1]
			}
			for i := range min(max(n, 0), 30) {
				create.Allergens = append(create.Allergens, inventory.Allergen(prefix+allergen))
				create.Ingredients = append(create.Ingredients, RecipeLine{IngredientID: uuid.UUID{byte(i % 25)}, Quantity: quantity})
			}
			update := UpdateMenuItem{
				Name: &create.Name, Description: &create.Description, Category: &create.Category, Prices: &create.Prices,
				Allergens: &create.Allergens, Ingredients: &create.Ingredients, PreparationMinutes: &minutes, ExpectedVersion: &n,
			}
			refused := faulttest.Refusal(t, create.Validate())
			require.Equal(t, refused, faulttest.Refusal(t, update.Validate()), "what can't be created can't be changed to")
			if refused {
				continue
			}

			item := NewItem(uuid.UUID{1}, create, time.Time{})
			made := item.State()
			if !faulttest.Refusal(t, item.update(update, nil, time.Time{})) {
				require.Empty(t, item.Events()[1:], "it is so already")
			}
			require.Equal(t, made, item.State())
			for _, line := range item.State().Recipe {
				for _, size := range []Size{Small, Medium, Large} {
					portion := size.Portion(int64(line.Quantity))
					require.Positive(t, portion)
					require.LessOrEqual(t, portion, 2*int64(line.Quantity))
				}
			}
		}
	})
}
