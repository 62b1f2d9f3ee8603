package shopfront

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

//go:embed screen.html
var screenHTML string

// screen is what one visitor sees first.
type screen struct {
	Language string
	Title    string
	Places   []place // nil: only the data is put in
	Place    *place  // whose menu it is; nil: which one it shall be
	Data     firstData
	Deals    []deal
	dishes   []dish
	words    words
}

// firstData is what the app takes over; web/shop/first-screen.ts reads it.
type firstData struct {
	Settings Settings        `json:"settings"`
	Places   json.RawMessage `json:"places"` // the answer to web.Places; null if there is none
	Menu     *menuData       `json:"menu"`
}

type menuData struct {
	LocationID string          `json:"locationId"`
	Answer     json.RawMessage `json:"answer"` // to web.Menu
}

// place is a location, as far as it is drawn.
type place struct {
	ID, Name, Slug   string
	Phone            *string
	Address          struct{ Street, City, PostalCode string }
	CurrencyDecimals int
}

// deal is what is drawn of a deal: the app tells what it gives.
type deal struct {
	Name string
	Code *string
}

// dish is one on the menu, as far as it is drawn.
type dish struct {
	ID, Name, Description, Category string
	Diet                            string // empty: neither
	IsPizza, IsAvailable            bool
	Image                           *photo // nil: it is drawn
	Prices                          []struct {
		Price       int64
		IsAvailable bool
	}
}

// photo is the picture of a dish, the smallest file first.
type photo struct {
	Sizes []struct {
		URL           string
		Width, Height int
	}
}

// Set is what the browser chooses from.
func (p photo) Set() string {
	files := make([]string, len(p.Sizes))
	for i, size := range p.Sizes {
		files[i] = fmt.Sprintf("%s %dw", size.URL, size.Width)
	}
	return strings.Join(files, ", ")
}

type category struct {
	Name   string
	Dishes []dish
}

// drawn is how many dishes are drawn: more than the tallest window shows.
const drawn = 12

// Say writes a text of the app's catalogues in the reader's language.
func (s screen) Say(text string) string { return s.words.say(text) }

// Several tells whether there are other locations.
func (s screen) Several() bool { return len(s.Places) > 1 }

// DishPath is where a dish is shown.
func (s screen) DishPath(d dish) string { return "/" + s.Place.Slug + "/dishes/" + d.ID }

// Categories are all of the menu's: pizza first, the others as a meal goes. Only the first dishes are in them.
func (s screen) Categories() []category {
	var all []category
	for _, d := range s.dishes {
		at := slices.IndexFunc(all, func(c category) bool { return c.Name == d.Category })
		if at < 0 {
			at = len(all)
			all = append(all, category{Name: d.Category})
		}
		all[at].Dishes = append(all[at].Dishes, d)
	}
	slices.SortStableFunc(all, func(a, b category) int { return cmp.Compare(b.pizzas(), a.pizzas()) })
	left := drawn
	for i, c := range all {
		all[i].Dishes = c.Dishes[:min(left, len(c.Dishes))]
		left -= len(all[i].Dishes)
	}
	return all
}

// pizzas is 1 for a category that has pizzas, and else 0.
func (c category) pizzas() int {
	if slices.ContainsFunc(c.Dishes, func(d dish) bool { return d.IsPizza }) {
		return 1
	}
	return 0
}

// Price is what the dish costs at least, of what can be had if anything can.
func (s screen) Price(d dish) string {
	cheapest, dearest := int64(math.MaxInt64), int64(0)
	for _, p := range d.Prices {
		if p.IsAvailable || !d.IsAvailable {
			cheapest, dearest = min(cheapest, p.Price), max(dearest, p.Price)
		}
	}
	amount := s.words.amount(cheapest, s.Place.CurrencyDecimals)
	if cheapest == dearest {
		return amount
	}
	return strings.Replace(s.Say("from {amount}"), "{amount}", amount, 1)
}
