package proof_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/pricing"
)

// choices are what a history's customers choose for their dishes, of which each pizza has all.
type choices struct {
	groups []menu.ItemOptionGroup
	rims   []uuid.UUID // for the whole, one of them
	extras []uuid.UUID // also for a half, of each ingredient one
}

// newChoices makes the groups. What an option takes is odd, so that halves of it are rounded.
func newChoices(t *testing.T, a server, ingredients []uuid.UUID) choices {
	t.Helper()
	option := func(name string, takes *uuid.UUID, price int64) menu.Option {
		dose := 0
		if takes != nil {
			dose = 1
		}
		return menu.Option{Name: name, IngredientID: takes, Prices: []menu.OptionPrice{{Size: menu.Medium, Price: price, Dose: dose}}}
	}
	var c choices
	add := func(terms menu.OptionGroupTerms) (ids []uuid.UUID) {
		group, err := a.CreateOptionGroup.Handle(t.Context(), menu.CreateOptionGroup{By: manager, IdempotencyKey: terms.Name, OptionGroupTerms: terms})
		require.NoError(t, err)
		c.groups = append(c.groups, menu.ItemOptionGroup{OptionGroupID: group.ID})
		for _, o := range group.Options {
			ids = append(ids, o.ID)
		}
		return ids
	}
	plain := option("Plain", nil, 0)
	plain.IsDefault = true
	c.rims = add(menu.OptionGroupTerms{Name: "Rim", Min: 1, Max: new(1), Options: []menu.Option{plain, option("Filled", &ingredients[0], 160)}})
	toppings := menu.OptionGroupTerms{
		Name: "Extras", FreeUpTo: 1, Halves: true,
		Light: &menu.AmountFactors{PriceBasisPoints: 5_000, DoseBasisPoints: 5_000}, Extra: &menu.AmountFactors{PriceBasisPoints: 17_500, DoseBasisPoints: 20_000},
	}
	for i, id := range ingredients {
		toppings.Options = append(toppings.Options, option(fmt.Sprint("Extra ", i), &id, int64(90+10*i)))
	}
	c.extras = add(toppings)
	return c
}

// policy lets halves differ.
func (c choices) policy() *menu.HalvesPolicy {
	return &menu.HalvesPolicy{BasePrice: menu.Average, ToppingPercent: 60, SplitCharge: 50, Sizes: []menu.Size{menu.Medium}}
}

// choose configures half of the items, some of them with another dish on the right half.
func (c choices) choose(random *rand.Rand, items []ordering.ItemRequest, other func() uuid.UUID) {
	for i := range items {
		if random.IntN(2) == 0 {
			continue
		}
		item := &items[i]
		if random.IntN(3) == 0 {
			item.Options = append(item.Options, ordering.OptionRequest{OptionID: pick(random, c.rims)})
		}
		item.Options = append(item.Options, c.some(random, pricing.Whole, pricing.First, pricing.Second)...)
		if random.IntN(3) == 0 {
			item.Options = slices.DeleteFunc(item.Options, func(o ordering.OptionRequest) bool { return o.Portion == pricing.Second })
			item.SecondHalf = &ordering.SecondHalfRequest{MenuItemID: other()}
			if !slices.ContainsFunc(item.Options, func(o ordering.OptionRequest) bool { return o.Portion == pricing.Whole }) {
				item.SecondHalf.Options = c.some(random, pricing.Second)
			}
		}
	}
}

// some are up to three extras, each once.
func (c choices) some(random *rand.Rand, portions ...pricing.Portion) (all []ordering.OptionRequest) {
	for _, i := range random.Perm(len(c.extras))[:random.IntN(4)] {
		all = append(all, ordering.OptionRequest{
			OptionID: c.extras[i], Portion: pick(random, portions), Amount: pick(random, []pricing.Amount{"", pricing.Light, pricing.Regular, pricing.Extra}),
		})
	}
	return all
}

// requireChosen fails the test if nobody chose anything: then nothing was proved of it.
func (h *history) requireChosen(t *testing.T) {
	t.Helper()
	var options, halves int
	require.NoError(t, h.shop.db.Pool.QueryRow(t.Context(), `
		SELECT
			(SELECT count(*) FROM public.order_items AS i, jsonb_to_recordset(i.options) AS o (portion text) WHERE o.portion <> 'WHOLE'),
			(SELECT count(*) FROM public.order_items AS i WHERE i.second_half IS NOT NULL)`).Scan(&options, &halves))
	t.Logf("seed %d: %d options on a half, %d pizzas of two dishes", historySeed, options, halves)
	require.Positive(t, options, "options on a half")
	require.Positive(t, halves, "pizzas of two dishes")
}
