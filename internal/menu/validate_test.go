package menu_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/fault"
)

func TestCreateMenuItemRefusesInvalidInput(t *testing.T) {
	t.Parallel()
	salt := uuid.New()
	for name, test := range map[string]struct {
		spoil func(c *menu.CreateMenuItem)
		path  string
	}{
		"no name":              {func(c *menu.CreateMenuItem) { c.Name = "" }, "name"},
		"blank name":           {func(c *menu.CreateMenuItem) { c.Name = " \t" }, "name"},
		"long name":            {func(c *menu.CreateMenuItem) { c.Name = strings.Repeat("é", 121) }, "name"},
		"nul in name":          {func(c *menu.CreateMenuItem) { c.Name = "a\x00b" }, "name"},
		"broken text":          {func(c *menu.CreateMenuItem) { c.Name = "a\xffb" }, "name"},
		"long description":     {func(c *menu.CreateMenuItem) { c.Description = strings.Repeat("é", 2001) }, "description"},
		"nul in description":   {func(c *menu.CreateMenuItem) { c.Description = "\x00" }, "description"},
		"no category":          {func(c *menu.CreateMenuItem) { c.Category = "" }, "category"},
		"long category":        {func(c *menu.CreateMenuItem) { c.Category = strings.Repeat("c", 61) }, "category"},
		"no price":             {func(c *menu.CreateMenuItem) { c.Prices = nil }, "prices"},
		"unknown size":         {func(c *menu.CreateMenuItem) { c.Prices[1].Size = "HUGE" }, "prices 1 size"},
		"size twice":           {func(c *menu.CreateMenuItem) { c.Prices[1] = c.Prices[0] }, "prices 1 size"},
		"negative price":       {func(c *menu.CreateMenuItem) { c.Prices[0].Price = -1 }, "prices 0 price"},
		"high price":           {func(c *menu.CreateMenuItem) { c.Prices[0].Price = 100_000_001 }, "prices 0 price"},
		"one size and others":  {func(c *menu.CreateMenuItem) { c.Prices[1].Size = menu.OneSize }, "prices"},
		"allergen twice":       {func(c *menu.CreateMenuItem) { c.Allergens = []inventory.Allergen{"MILK", "MILK"} }, "allergens"},
		"unknown allergen":     {func(c *menu.CreateMenuItem) { c.Allergens = []inventory.Allergen{"MILK", "Egg"} }, "allergens"},
		"no quantity":          {func(c *menu.CreateMenuItem) { c.Ingredients = needs(salt, 0) }, "ingredients 0 quantity"},
		"high quantity":        {func(c *menu.CreateMenuItem) { c.Ingredients = needs(salt, 1_000_001) }, "ingredients 0 quantity"},
		"ingredient twice":     {func(c *menu.CreateMenuItem) { c.Ingredients = slices.Repeat(needs(salt, 1), 2) }, "ingredients 1 ingredientId"},
		"negative preparation": {func(c *menu.CreateMenuItem) { c.PreparationMinutes = new(-1) }, "preparationMinutes"},
		"long preparation":     {func(c *menu.CreateMenuItem) { c.PreparationMinutes = new(241) }, "preparationMinutes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			create := margherita()
			test.spoil(&create)
			update := menu.UpdateMenuItem{
				Name: &create.Name, Description: &create.Description, Category: &create.Category, Prices: &create.Prices,
				Allergens: &create.Allergens, Ingredients: &create.Ingredients, PreparationMinutes: create.PreparationMinutes,
			}

			for _, err := range []error{create.Validate(), update.Validate()} {
				refusal, ok := fault.As(err)
				require.True(t, ok, "%v", err)
				require.Equal(t, fault.BadUserInput, refusal.Code)
				require.Equal(t, test.path, strings.Join(refusal.Path, " "))
			}
		})
	}
}

func TestTheLimitsThemselvesAreAccepted(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	create := menu.CreateMenuItem{
		Name: strings.Repeat("é", 120), Description: "Two\nlines" + strings.Repeat("é", 1991), Category: strings.Repeat("é", 60),
		Prices:             []menu.Price{{Size: menu.OneSize, Price: 100_000_000}},
		Allergens:          []inventory.Allergen{inventory.Sulphites, inventory.Celery},
		Ingredients:        needs(s.ingredient(t, "Flour", 0), 1_000_000),
		PreparationMinutes: new(240),
	}

	require.NotNil(t, s.seen(t, s.item(t, create)))
	require.NoError(t, menu.UpdateMenuItem{}.Validate())
	require.NoError(t, menu.ArchiveMenuItem{}.Validate())
}

func needs(id uuid.UUID, quantity int) []menu.RecipeLine {
	return []menu.RecipeLine{{IngredientID: id, Quantity: quantity}}
}
