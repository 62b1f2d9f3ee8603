package orderstore

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
)

// saveMove moves the order and appends its events, in one statement, since every move ends with it.
func saveMove(tx *gorm.DB, order *ordering.Order) error {
	state := order.State()
	events, err := eventsJSON(order.Events())
	if err != nil {
		return err
	}
	err = tx.Exec(`
		WITH moved AS (
			UPDATE public.orders AS o SET status = ?, version = ? WHERE o.id = ?
		)`+insertEvents, state.Status, state.Version, state.ID, state.ID, events,
	).Error
	if err != nil {
		return fmt.Errorf("update order and append events: %w", err)
	}
	return nil
}

// appendEvents adds what happened to a new order.
func appendEvents(tx *gorm.DB, order *ordering.Order) error {
	events, err := eventsJSON(order.Events())
	if err != nil {
		return err
	}
	if err := tx.Exec(insertEvents, order.State().ID, events).Error; err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	return nil
}

// insertEvents takes the order's id and the events.
const insertEvents = `
		INSERT INTO public.order_events (order_id, version, type, from_status, to_status, payload, actor_role, actor_id, actor_name, reason, at)
		SELECT
			?, e.version, e.type, e.from_status, e.to_status, e.payload, e.actor_role, e.actor_id, e.actor_name, e.reason, e.at
		FROM json_to_recordset(?::json) AS e (
			version integer, type text, from_status text, to_status text, payload jsonb,
			actor_role text, actor_id uuid, actor_name text, reason text, at timestamptz
		)`

// eventRow is an event as json, for the statement that stores it.
type eventRow struct {
	Version    int                `json:"version"`
	Type       ordering.EventType `json:"type"`
	FromStatus *ordering.Status   `json:"from_status"`
	ToStatus   ordering.Status    `json:"to_status"`
	Payload    eventPayload       `json:"payload"`
	ActorRole  auth.ActorRole     `json:"actor_role"`
	ActorID    *uuid.UUID         `json:"actor_id"`
	ActorName  *string            `json:"actor_name"`
	Reason     *string            `json:"reason"`
	At         time.Time          `json:"at"`
}

type eventPayload struct {
	Payment ordering.PaymentSnapshot `json:"payment"`
}

func eventsJSON(events []ordering.Event) (string, error) {
	rows := make([]eventRow, len(events))
	for i, e := range events {
		rows[i] = eventRow{
			Version: e.Version, Type: e.Type, FromStatus: optional(e.From), ToStatus: e.To,
			Payload: eventPayload{e.Payment}, ActorRole: e.Actor.Role, ActorID: e.Actor.ID, ActorName: e.Actor.Name,
			Reason: e.Reason, At: e.At,
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("write events: %w", err)
	}
	return string(text), nil
}
