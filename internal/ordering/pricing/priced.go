package pricing

import (
	"pizzeria/internal/location"
)

// Priced is what a basket costs, and why.
type Priced struct {
	Totals Totals
	// Lines are what the lines of the basket cost, in its order.
	Lines []PricedLine
	// PriceLines are the reasons of the total: they add up to it.
	PriceLines []PriceLine
	// Taxes are by category. Their tax adds up to that of the totals.
	Taxes []TaxLine
	// Coupons are the outcomes of the basket's codes, in its order.
	Coupons []CouponResult
	// Applied are the promotions that made the basket cheaper: one of the food at most, and one of the delivery.
	Applied []AppliedPromotion
	// WithinReach are advertised promotions that the basket would have if there were more in it.
	WithinReach []WithinReach
}

// Totals are amounts in minor units. Total = Subtotal - Discount + DeliveryFee + Tip, and Tax if it isn't in the prices.
type Totals struct {
	Subtotal    int64 `json:"subtotal"`
	Discount    int64 `json:"discount"`    // of the food
	DeliveryFee int64 `json:"deliveryFee"` // after what a promotion takes off it
	Tax         int64 `json:"tax"`
	Tip         int64 `json:"tip"`
	Total       int64 `json:"total"`
	// TaxIncluded tells that the prices contain the tax: it is not added to them.
	TaxIncluded bool `json:"taxIncluded"`
}

// PricedLine is what a line costs.
type PricedLine struct {
	UnitPrice int64 // of one portion, with its options
	Discount  int64 // the line's part of what promotions take off the food
	Tax       int64 // its part of the tax
}

// PriceLine is one reason of the total; the contract's type.
type PriceLine struct {
	Kind   PriceLineKind `json:"kind"`
	Label  string        `json:"label"`
	Amount int64         `json:"amount"`
	// Item is the line concerned, from 0; nil for what concerns all.
	Item *int `json:"item"`
	// Basis is how the amount comes about, in English; Bases is what it says.
	Basis *string `json:"basis"`
	Bases []Basis `json:"bases"`
}

// PriceLineKind is what a price line is for; the contract's enum.
type PriceLineKind string

// The kinds of price lines.
const (
	ItemPrice     PriceLineKind = "ITEM"
	OptionPrice   PriceLineKind = "OPTION"
	HalvesPrice   PriceLineKind = "HALVES"
	DiscountPrice PriceLineKind = "DISCOUNT"
	DeliveryPrice PriceLineKind = "DELIVERY_FEE"
	TaxPrice      PriceLineKind = "TAX"
	TipPrice      PriceLineKind = "TIP"
)

// TaxLine is the tax on what an order has of one category: gross = net + tax.
type TaxLine struct {
	Category        location.TaxCategory `json:"category"`
	RateBasisPoints int                  `json:"rateBasisPoints"`
	Net             int64                `json:"net"`
	Tax             int64                `json:"tax"`
	Gross           int64                `json:"gross"`
}

// CouponResult is what became of a code; the contract's type.
type CouponResult struct {
	Code    string `json:"code"`
	Applied bool   `json:"applied"`
	Amount  int64  `json:"amount"` // what it took off; 0 if it isn't applied
	// Refusal is the first condition that isn't met, and what would meet it, in English; Reason is what it says. Both are nil if
	// it is applied.
	Refusal *string  `json:"refusal"`
	Reason  *Refusal `json:"reason"`
}

// AppliedPromotion is a promotion that made a basket cheaper.
type AppliedPromotion struct {
	Promotion
	Amount int64
	// Lines is its part of each line; nil of a promotion of the delivery.
	Lines []int64
}
