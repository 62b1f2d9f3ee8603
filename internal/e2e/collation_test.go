package e2e_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// A database sorts and folds by its locale: after z in a Swedish one comes ä, after h in a Czech one ch, and in a Turkish one I is
// no i. C knows small letters of A to Z alone.
func TestTextIsSortedAndFoldedAlikeWhateverTheDatabasesLocale(t *testing.T) {
	t.Parallel()
	for _, locale := range []string{"", "tr", "sv", "cs"} {
		t.Run(cmp.Or(locale, "C"), func(t *testing.T) {
			t.Parallel()
			s := openOn(t, pgtest.New(t, pgtest.WithMaxConns(4), pgtest.WithICULocale(locale)))
			manager := s.signIn("manager")
			given := []string{"Zucchini", "Öl", "ähre", "Oliven", "Chili", "cognac", "Apfel", "Čevapi"}
			for i, name := range given {
				require.Empty(t, manager.createIngredient(name, 1).UserErrors, name)
				require.Empty(t, manager.createItem(vars{"name": name, "category": given[len(given)-1-i], "prices": []vars{{"size": "ONE_SIZE", "price": 1}}}).UserErrors, name)
				require.Empty(t, manager.createItem(vars{"name": name, "category": "Specials", "prices": []vars{{"size": "ONE_SIZE", "price": 1}}}).UserErrors, name)
				require.Empty(t, manager.invite(vars{"name": name, "email": string(rune('a'+i)) + "@shop.example", "roles": []string{"COOK"}}).UserErrors, name)
			}

			type named []struct{ Name, Category string }
			lists := ask[struct{ Ingredients, Staff, Menu, Specials named }](manager, `{
				ingredients { name } staff { name }
				menu(includeUnavailable: true) { name category } specials: menu(category: "Specials", includeUnavailable: true) { name }
			}`, nil)
			want := []string{"ähre", "Apfel", "Čevapi", "Chili", "cognac", "Öl", "Oliven", "Zucchini"}
			requireSorted := func(what string, list named) {
				t.Helper()
				var got []string
				for _, one := range list {
					if slices.Contains(given, one.Name) {
						got = append(got, one.Name)
					}
				}
				require.Equal(t, want, got, what)
			}
			requireSorted("ingredients", lists.Ingredients)
			requireSorted("staff", lists.Staff)
			requireSorted("dishes", lists.Specials)
			var categories []string
			for _, one := range lists.Menu {
				if slices.Contains(given, one.Category) {
					categories = append(categories, one.Category)
				}
			}
			require.Equal(t, want, categories)

			for name, taken := range map[string]bool{"ÖL": true, "CHILI": true, "chılı": false, "ÄHRE": true, "Weißbrot": false} {
				refused := manager.createIngredient(name, 1).UserErrors
				require.Equal(t, taken, len(refused) == 1 && refused[0].Code == "ALREADY_EXISTS", "%s: %+v", name, refused)
			}
			require.Equal(t, "ALREADY_EXISTS", manager.createIngredient("WEISSBROT", 1).UserErrors[0].Code)
			s.signUp("INGRID")
			s.signUp("ıngrid") // another letter, another mailbox
			require.Empty(t, s.visitor().guess("ingrid@example.org", "open-sesame"))

			for i, name := range given {
				place := tokyo().with("idempotencyKey", name).with("name", name).with("slug", string(rune('a'+i)))
				require.Empty(t, manager.createLocation(place).UserErrors, name)
			}
			requireSorted("locations", ask[struct{ Locations named }](manager, `{ locations { name } }`, nil).Locations)
		})
	}
}
