package location

import (
	"encoding/json"
	"fmt"
	"time"

	"pizzeria/internal/platform/fault"
)

// Kitchen is what a location can make at once, and how long it takes.
type Kitchen struct {
	OvenPlaces  int `json:"ovenPlaces"`  // pizzas at once
	BakeSeconds int `json:"bakeSeconds"` // for which a pizza takes a place
	Cooks       int `json:"cooks"`       // who make portions side by side
	// MakeSeconds are a cook's for a typical pizza, until it goes into the oven: for promises before anything is ordered.
	MakeSeconds     int `json:"makeSeconds"`
	DeliveryMinutes int `json:"deliveryMinutes"` // for the way, where no zone says it
	// LearnTimes is whether dishes take as long as they took lately, where enough is known of that, and not as long as configured.
	LearnTimes bool `json:"learnTimes"`
}

// DefaultKitchen is that of a location that says nothing else.
func DefaultKitchen() Kitchen {
	return Kitchen{OvenPlaces: 6, BakeSeconds: 5 * 60, Cooks: 4, MakeSeconds: 7 * 60, DeliveryMinutes: 25, LearnTimes: true}
}

// Bake is for how long a pizza takes a place of the oven.
func (k Kitchen) Bake() time.Duration { return time.Duration(k.BakeSeconds) * time.Second }

// TypicalPizza is the work that one pizza makes, which is on the way for some minutes when it is done.
func (k Kitchen) TypicalPizza(way time.Duration) Work {
	return Work{Making: time.Duration(k.MakeSeconds) * time.Second, Pizzas: 1, Way: way}
}

// Work is what an order asks of a kitchen.
type Work struct {
	Making time.Duration // until all of it is made, or ready to be baked
	Pizzas int
	Way    time.Duration // to the customer's door; 0 of a pickup
	// Spread is by how much longer than Making nine in ten such orders took at most; nil: that isn't known.
	Spread *time.Duration
}

func validKitchen(k Kitchen) error {
	for _, bound := range []struct {
		field              string
		value, least, most int
	}{
		{"ovenPlaces", k.OvenPlaces, 1, 200},
		{"bakeSeconds", k.BakeSeconds, 30, 3_600},
		{"cooks", k.Cooks, 1, 100},
		{"makeSeconds", k.MakeSeconds, 0, 7_200},
		{"deliveryMinutes", k.DeliveryMinutes, 0, maxWay},
	} {
		if bound.value < bound.least || bound.value > bound.most {
			return fault.New(fault.BadUserInput, "This is %d to %d.", bound.least, bound.most).At("kitchen", bound.field)
		}
	}
	return nil
}

// Batch is some pizzas that go into the oven together. Its JSON is [seconds since 1970, pizzas].
type Batch struct {
	At     time.Time // in whole seconds
	Pizzas int
}

// MarshalJSON writes [seconds, pizzas].
func (b Batch) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]int64{b.At.Unix(), int64(b.Pizzas)})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (b *Batch) UnmarshalJSON(text []byte) error {
	var pair [2]int64
	if err := json.Unmarshal(text, &pair); err != nil {
		return fmt.Errorf("decode a batch of pizzas: %w", err)
	}
	b.At, b.Pizzas = time.Unix(pair[0], 0).UTC(), int(pair[1])
	return nil
}

// Baking is what an order that isn't ready yet was promised of the oven.
type Baking struct {
	Begun   bool    `json:"begun"` // whether the kitchen has begun with the order
	Batches []Batch `json:"batches"`
}
