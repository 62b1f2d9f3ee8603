package events

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/platform/auth"
)

// Entry is an event to be appended.
type Entry struct {
	Stream Stream
	ID     uuid.UUID // the aggregate's
	// LocationID is where it happened; zero: it concerns all locations.
	LocationID uuid.UUID
	// Version counts the aggregate's events from 1. Append sets it itself.
	Version int
	Type    string
	From    string // the state before, "" if there was none
	To      string // the state after, "" for an aggregate without states
	Payload any    // something that is JSON; nil: {}
	By      auth.Author
	Reason  *string
	At      time.Time
}

// AppendSQL is a statement, or the end of one, that appends the entries that its parameter lists, as Encode writes them.
const AppendSQL = `
	INSERT INTO public.events (at, stream, stream_id, location_id, version, type, from_state, to_state, payload, actor_role, actor_id, actor_name, reason)
	SELECT e.at, e.stream, e.stream_id, e.location_id, e.version, ` + appended

const appendNextSQL = `
	INSERT INTO public.events (at, stream, stream_id, location_id, version, type, from_state, to_state, payload, actor_role, actor_id, actor_name, reason)
	SELECT
		e.at, e.stream, e.stream_id, e.location_id,
		1 + coalesce((SELECT max(p.version) FROM public.events AS p WHERE p.stream_id = e.stream_id), 0), ` + appended

const appended = `
		e.type, e.from_state, e.to_state, e.payload, e.actor_role, e.actor_id, e.actor_name, e.reason
	FROM json_to_recordset(?::json) AS e (
		at timestamptz, stream text, stream_id uuid, location_id uuid, version integer, type text, from_state text, to_state text, payload jsonb,
		actor_role text, actor_id uuid, actor_name text, reason text
	)`

// Append adds each entry, of aggregates that differ, behind its aggregate's last event, in the caller's transaction. The
// caller holds a lock that all who append to the aggregate's events take, or has just made it: so versions have no gaps.
func Append(tx *gorm.DB, entries ...Entry) error {
	if len(entries) == 0 {
		return nil
	}
	list, err := Encode(entries...)
	if err != nil {
		return err
	}
	if err := tx.Exec(appendNextSQL, list).Error; err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	return nil
}

// Encode writes entries for AppendSQL.
func Encode(entries ...Entry) (string, error) {
	type row struct {
		At        time.Time      `json:"at"`
		Stream    Stream         `json:"stream"`
		ID        uuid.UUID      `json:"stream_id"`
		Location  *uuid.UUID     `json:"location_id"`
		Version   int            `json:"version"`
		Type      string         `json:"type"`
		From      string         `json:"from_state,omitempty"`
		To        string         `json:"to_state,omitempty"`
		Payload   any            `json:"payload"`
		ActorRole auth.ActorRole `json:"actor_role"`
		ActorID   *uuid.UUID     `json:"actor_id"`
		ActorName *string        `json:"actor_name"`
		Reason    *string        `json:"reason"`
	}
	rows := make([]row, len(entries))
	for i, e := range entries {
		rows[i] = row{
			At: e.At, Stream: e.Stream, ID: e.ID, Location: optional(e.LocationID), Version: e.Version, Type: e.Type,
			From: e.From, To: e.To, Payload: e.Payload,
			ActorRole: e.By.Role, ActorID: e.By.ID, ActorName: e.By.Name, Reason: e.Reason,
		}
		if e.Payload == nil {
			rows[i].Payload = struct{}{}
		}
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("write events: %w", err)
	}
	return string(list), nil
}
