package orderstore

import (
	"fmt"

	"gorm.io/gorm"

	"pizzeria/internal/location"
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
	After   *refundTold              `json:"after,omitempty"`
	Promise *location.Promise        `json:"promise,omitempty"`
}

// refundTold is a refund, in minor units.
type refundTold struct {
	Amount      int64 `json:"amount"`
	DeliveryFee int64 `json:"deliveryFee"` // of the amount
	Tip         int64 `json:"tip"`         // of the amount
}

func payloadOf(e ordering.Event) payload {
	p := payload{Payment: e.Payment, Promise: e.Promise}
	if e.Refund != nil {
		p.After = &refundTold{e.Refund.Amount, e.Refund.Parts.DeliveryFee, e.Refund.Parts.Tip}
	}
	return p
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
