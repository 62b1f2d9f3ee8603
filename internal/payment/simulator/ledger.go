package simulator

import (
	"cmp"
	"slices"
	"time"
)

// Kind is how money moved.
type Kind string

// The kinds of movement.
const (
	Authorize Kind = "authorize"
	Capture   Kind = "capture"
	Void      Kind = "void"
	Refund    Kind = "refund"
	// RefundFailed is a refund that came back.
	RefundFailed Kind = "refund_failed"
)

// Movement is an amount, in units of the intent's currency and always positive, that moved.
type Movement struct {
	Kind   Kind
	Amount int64
}

// Entry is one line of the ledger. Lines are only ever added.
type Entry struct {
	Kind     Kind      `json:"kind"`
	Amount   int64     `json:"amount"`
	IntentID string    `json:"intent"`
	OrderID  string    `json:"order_id"`
	At       time.Time `json:"at"`
}

// Totals sums an order's entries. Charges counts its authorizations, over all of its intents; Held is what the customer
// is without.
type Totals struct {
	OrderID    string `json:"order_id"`
	Charges    int    `json:"charges"`
	Authorized int64  `json:"authorized"`
	Captured   int64  `json:"captured"`
	Voided     int64  `json:"voided"`
	Refunded   int64  `json:"refunded"`
	Held       int64  `json:"held"`
}

// Ledger is what GET /_ledger answers: the entries, oldest first, and their totals by order.
type Ledger struct {
	Entries []Entry  `json:"entries"`
	Orders  []Totals `json:"orders"`
}

func entries(in Intent, moved []Movement, at time.Time) []Entry {
	var out []Entry
	for _, m := range moved {
		out = append(out, Entry{Kind: m.Kind, Amount: m.Amount, IntentID: in.ID, OrderID: in.OrderID, At: at})
	}
	return out
}

func ledger(all []Entry) Ledger {
	sums := map[string]Totals{}
	for _, e := range all {
		t := sums[e.OrderID]
		t.OrderID = e.OrderID
		switch e.Kind {
		case Authorize:
			t.Charges++
			t.Authorized += e.Amount
		case Capture:
			t.Captured += e.Amount
		case Void:
			t.Voided += e.Amount
		case Refund:
			t.Refunded += e.Amount
		case RefundFailed:
			t.Refunded -= e.Amount
		}
		t.Held = t.Authorized - t.Voided - t.Refunded
		sums[e.OrderID] = t
	}
	out := Ledger{Entries: append([]Entry{}, all...), Orders: []Totals{}}
	for _, t := range sums {
		out.Orders = append(out.Orders, t)
	}
	slices.SortFunc(out.Orders, func(a, b Totals) int { return cmp.Compare(a.OrderID, b.OrderID) })
	return out
}
