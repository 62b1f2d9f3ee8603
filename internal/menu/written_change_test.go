package menu

import (
	"reflect"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
)

func TestAWaitingChangeIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	id, price := uuid.New(), []Price{{Medium, 990}}
	item := UpdateMenuItem{
		ID: id, ExpectedVersion: new(3), Name: new("Diavola"), Description: new(""), Category: new("Pizza"), IsPizza: new(false), TaxCategory: new(location.Alcohol),
		Prices: &price, Allergens: &[]inventory.Allergen{}, Ingredients: &[]RecipeLine{{id, 4}}, PreparationMinutes: new(0), IsAvailable: new(false),
		OptionGroups: &[]ItemOptionGroup{{id, new(0), new(2), new(1), &[]uuid.UUID{id}, &[]uuid.UUID{}}, {OptionGroupID: id}},
		Halves:       new(&HalvesPolicy{Average, 50, 100, []Size{Large}}), ImageID: new(&id),
		Locations: []OfferChange{{id, new(new(false)), new(&price)}, {id, new((*bool)(nil)), new((*[]Price)(nil))}, {LocationID: id}},
	}
	group := UpdateOptionGroup{
		ID: id, ExpectedVersion: new(1), Name: new("Dips"), Min: new(0), Max: new(new(3)), FreeUpTo: new(0), Halves: new(true),
		Light: new(&AmountFactors{5000, 4000}), Extra: new(&AmountFactors{15000, 20000}),
		Options: &[]Option{
			{&id, "Garlic", true, &id, []inventory.Allergen{inventory.Milk}, []OptionPrice{{Small, 100, 2}}},
			{Name: "Chili", Prices: []OptionPrice{}},
		},
	}
	requireWhole(t, item, "By", "ScheduledFor")
	requireWhole(t, group, "By", "ScheduledFor")
	none := UpdateOptionGroup{ID: id, Max: new((*int)(nil)), Light: new((*AmountFactors)(nil)), Extra: new((*AmountFactors)(nil))}
	bare := UpdateMenuItem{ID: id, Halves: new((*HalvesPolicy)(nil)), ImageID: new((*uuid.UUID)(nil))}

	for _, change := range []Change{
		{UpdateMenuItem: &item},
		{UpdateOptionGroup: &group},
		{UpdateMenuItem: &bare},
		{UpdateOptionGroup: &none},
		{UpdateMenuItem: &UpdateMenuItem{ID: id}},
		{UpdateOptionGroup: &UpdateOptionGroup{ID: id}},
	} {
		written, err := change.write()
		require.NoError(t, err)
		read, err := ReadChange(written)
		require.NoError(t, err)
		require.Equal(t, change, read, string(written.Text))
	}
}

// requireWhole fails if a field is as zero as one that nobody has thought of.
func requireWhole(t *testing.T, command any, but ...string) {
	t.Helper()
	for field, value := range reflect.ValueOf(command).Fields() {
		if value.IsZero() {
			require.Contains(t, but, field.Name, "is it written?")
		}
	}
}

func TestWhatIsNotUnderstoodOfAWaitingChangeIsNotLeftOut(t *testing.T) {
	t.Parallel()
	for _, w := range []Written{
		{Form + 1, []byte(`{"updateMenuItem": {"id": "00000000-0000-0000-0000-000000000001"}}`)},
		{Form, []byte(`{"updateMenuItem": {"id": "00000000-0000-0000-0000-000000000001", "calories": 800}}`)},
		{Form, []byte(`{"archiveMenuItem": {"id": "00000000-0000-0000-0000-000000000001"}}`)},
		{Form, []byte(`{"updateMenuItem": {"id": "00000000-0000-0000-0000-000000000001", "halves": {"basePrice": "HIGHER", "thirds": true}}}`)},
		{Form, []byte(`{"updateMenuItem": {"id": 1}}`)},
		{Form, []byte(`null and more`)},
	} {
		_, err := ReadChange(w)
		require.True(t, fault.Is(err, fault.BadUserInput), "%s: %v", w.Text, err)
	}
}

// FuzzWaitingChange reads arbitrary texts: they are refused, or mean what they mean when they are written again.
func FuzzWaitingChange(f *testing.F) {
	for _, text := range []string{
		`{}`, `null`, `[]`, `{"updateMenuItem": null}`, `{"updateMenuItem": {"id": "00000000-0000-0000-0000-000000000001", "halves": null, "prices": [], "locations": []}}`,
		`{"updateOptionGroup": {"max": null, "options": [{}]}}`, `{"updateMenuItem": {"locations": [{"prices": null, "isAvailable": false}]}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		change, err := ReadChange(Written{Form, text})
		if err != nil {
			require.True(t, fault.Is(err, fault.BadUserInput), "%v", err)
			return
		}
		written, err := change.write()
		require.NoError(t, err)
		once, err := ReadChange(written)
		require.NoError(t, err)
		again, err := once.write()
		require.NoError(t, err)
		require.Equal(t, string(written.Text), string(again.Text))
	})
}
