package menu

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

// nullable is a field of which null says something else than its absence.
type nullable[T any] struct {
	given bool
	value *T // nil: null
}

// IsZero leaves out what isn't given.
func (n nullable[T]) IsZero() bool { return !n.given }

// MarshalJSON writes the value, or null.
func (n nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }

// UnmarshalJSON is called for what is given alone, null too.
func (n *nullable[T]) UnmarshalJSON(text []byte) error {
	n.given = true
	return strictly(text, &n.value)
}

func nullableOf[T any](field **T) nullable[T] {
	if field == nil {
		return nullable[T]{}
	}
	return nullable[T]{true, *field}
}

func (n nullable[T]) field() **T {
	if !n.given {
		return nil
	}
	return &n.value
}

// each converts the elements of a list; none is an empty list.
func each[A, B any](list []A, convert func(A) B) []B {
	all := make([]B, len(list))
	for i, one := range list {
		all[i] = convert(one)
	}
	return all
}

// eachOf converts a list that may be left out.
func eachOf[A, B any](list *[]A, convert func(A) B) *[]B {
	if list == nil {
		return nil
	}
	return new(each(*list, convert))
}

func writePrice(p Price) writtenPrice                   { return writtenPrice(p) }
func writeLine(l RecipeLine) writtenLine                { return writtenLine(l) }
func writeItemGroup(g ItemOptionGroup) writtenItemGroup { return writtenItemGroup(g) }
func (p writtenPrice) price() Price                     { return Price(p) }
func (l writtenLine) line() RecipeLine                  { return RecipeLine(l) }
func (g writtenItemGroup) group() ItemOptionGroup       { return ItemOptionGroup(g) }

func writeItem(c UpdateMenuItem) writtenItem {
	return writtenItem{
		ID: c.ID, ExpectedVersion: c.ExpectedVersion, Name: c.Name, Description: c.Description, Category: c.Category, IsPizza: c.IsPizza,
		TaxCategory: c.TaxCategory, Prices: eachOf(c.Prices, writePrice), Allergens: eachOf(c.Allergens, same), Ingredients: eachOf(c.Ingredients, writeLine),
		PreparationMinutes: c.PreparationMinutes, IsAvailable: c.IsAvailable, OptionGroups: eachOf(c.OptionGroups, writeItemGroup),
		Halves: nullableOf(c.Halves), ImageID: nullableOf(c.ImageID), Locations: each(c.Locations, writeOffer),
	}
}

func (w writtenItem) command() *UpdateMenuItem {
	c := &UpdateMenuItem{
		ID: w.ID, ExpectedVersion: w.ExpectedVersion, Name: w.Name, Description: w.Description, Category: w.Category, IsPizza: w.IsPizza,
		TaxCategory: w.TaxCategory, Prices: eachOf(w.Prices, writtenPrice.price), Allergens: w.Allergens, Ingredients: eachOf(w.Ingredients, writtenLine.line),
		PreparationMinutes: w.PreparationMinutes, IsAvailable: w.IsAvailable, OptionGroups: eachOf(w.OptionGroups, writtenItemGroup.group),
		Halves: w.Halves.field(), ImageID: w.ImageID.field(),
	}
	if len(w.Locations) > 0 {
		c.Locations = each(w.Locations, writtenOffer.change)
	}
	return c
}

func writeOffer(c OfferChange) writtenOffer {
	w := writtenOffer{LocationID: c.LocationID, IsAvailable: nullableOf(c.IsAvailable)}
	if c.Prices != nil {
		w.Prices = nullable[[]writtenPrice]{true, eachOf(*c.Prices, writePrice)}
	}
	return w
}

func (w writtenOffer) change() OfferChange {
	c := OfferChange{LocationID: w.LocationID, IsAvailable: w.IsAvailable.field()}
	if w.Prices.given {
		c.Prices = new(eachOf(w.Prices.value, writtenPrice.price))
	}
	return c
}

func writeGroup(c UpdateOptionGroup) writtenGroup {
	return writtenGroup{
		ID: c.ID, ExpectedVersion: c.ExpectedVersion, Name: c.Name, Min: c.Min, Max: nullableOf(c.Max), FreeUpTo: c.FreeUpTo, Halves: c.Halves,
		Light: nullableOf(c.Light), Extra: nullableOf(c.Extra), Options: eachOf(c.Options, writeOption),
	}
}

func (w writtenGroup) command() *UpdateOptionGroup {
	return &UpdateOptionGroup{
		ID: w.ID, ExpectedVersion: w.ExpectedVersion, Name: w.Name, Min: w.Min, Max: w.Max.field(), FreeUpTo: w.FreeUpTo, Halves: w.Halves,
		Light: w.Light.field(), Extra: w.Extra.field(), Options: eachOf(w.Options, writtenOption.option),
	}
}

func writeOption(o Option) writtenOption {
	return writtenOption{
		o.ID, o.Name, o.IsDefault, o.IngredientID, slices.Clone(o.Allergens),
		each(o.Prices, func(p OptionPrice) writtenOptionPrice { return writtenOptionPrice(p) }),
	}
}

func (w writtenOption) option() Option {
	return Option{
		ID: w.ID, Name: w.Name, IsDefault: w.IsDefault, IngredientID: w.IngredientID, Allergens: w.Allergens,
		Prices: each(w.Prices, func(p writtenOptionPrice) OptionPrice { return OptionPrice(p) }),
	}
}

func same[T any](one T) T { return one }

// strictly reads JSON of which every name must be known.
func strictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something comes after it")
	}
	return nil
}
