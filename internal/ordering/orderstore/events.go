package orderstore

import (
	"fmt"

	"gorm.io/gorm"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/events"
)

// saveMove moves the order and appends its events, in one statement, since every move ends with it.
func saveMove(tx *gorm.DB, order *ordering.Order) error {
	state := order.State()
	happened, err := encodeEvents(order)
	if err != nil {
		return err
	}
	err = tx.Exec(`
		WITH moved AS (
			UPDATE public.orders AS o
			SET status = ?, version = ?, promised_likely = ?, promised_latest = ?, promise_reason = ?
			WHERE o.id = ?
		)`+events.AppendSQL,
		state.Status, state.Version, optional(state.Promise.Likely), optional(state.Promise.Latest), optional(state.Promise.Reason), state.ID, happened,
	).Error
	if err != nil {
		return fmt.Errorf("update order and append events: %w", err)
	}
	return nil
}

// appendEvents adds what happened to a new order.
func appendEvents(tx *gorm.DB, order *ordering.Order) error {
	happened, err := encodeEvents(order)
	if err != nil {
		return err
	}
	if err := tx.Exec(events.AppendSQL, happened).Error; err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	return nil
}

// payload is what the log keeps of an order's event, beside what it keeps of every event: what orderview and the order's document
// read, and what an audit tells of a refund.
type payload struct {
	Payment ordering.PaymentSnapshot `json:"payment"`
	Before  *amendedTold             `json:"before,omitempty"`
	After   any                      `json:"after,omitempty"` // a refundTold or an amendedTold
	Promise *location.Promise        `json:"promise,omitempty"`
}

// amendedTold is what an amendment changes, without what people wrote: the log keeps it for good.
type amendedTold struct {
	Items []amendedItem `json:"items"`
	Total int64         `json:"total"` // in minor units
}

type amendedItem struct {
	Name     string    `json:"name"`
	Size     menu.Size `json:"size"`
	Quantity int       `json:"quantity"`
}

// refundTold is a refund, in minor units.
type refundTold struct {
	Amount      int64 `json:"amount"`
	DeliveryFee int64 `json:"deliveryFee"` // of the amount
	Tip         int64 `json:"tip"`         // of the amount
}

func payloadOf(e ordering.Event) payload {
	p := payload{Payment: e.Payment, Promise: e.Promise}
	if e.Amendment != nil {
		p.Before, p.After = amendmentTold(*e.Amendment)
	}
	if e.Refund != nil {
		p.After = &refundTold{e.Refund.Amount, e.Refund.Parts.DeliveryFee, e.Refund.Parts.Tip}
	}
	return p
}

// amendmentTold tells the lines that an amendment changes, as they were and as they are.
func amendmentTold(a ordering.Amendment) (before, after *amendedTold) {
	before = &amendedTold{Items: []amendedItem{}, Total: a.After.Totals.Total - a.PriceChange}
	after = &amendedTold{Items: []amendedItem{}, Total: a.After.Totals.Total}
	for _, change := range a.Changes {
		if was := change.Before; was != nil {
			before.Items = append(before.Items, amendedItem{was.Name, was.Size, was.Quantity})
		}
		for _, l := range a.After.Lines {
			if l.ID == change.ItemID {
				after.Items = append(after.Items, amendedItem{l.Name, l.Size, l.Quantity})
			}
		}
	}
	return before, after
}

func encodeEvents(order *ordering.Order) (string, error) {
	entries := make([]events.Entry, len(order.Events()))
	for i, e := range order.Events() {
		entries[i] = events.Entry{
			Stream: ordering.Stream, ID: order.State().ID, LocationID: order.State().LocationID, Version: e.Version, Type: string(e.Type), From: string(e.From), To: string(e.To),
			Payload: payloadOf(e), By: e.Actor, Reason: e.Reason, At: e.At,
		}
	}
	return events.Encode(entries...)
}
