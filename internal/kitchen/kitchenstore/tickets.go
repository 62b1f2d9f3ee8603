package kitchenstore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/platform/events"
)

// LoadTicket loads a ticket by its id, or by its order's, under a row lock; nil if there is none.
func LoadTicket(tx *gorm.DB, id uuid.UUID) (*kitchen.Ticket, error) {
	var rows []ticketRow
	if err := tx.Raw(`SELECT t.* FROM public.tickets AS t WHERE t.id = ? OR t.order_id = ? FOR NO KEY UPDATE`, id, id).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load ticket: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var items []itemRow
	if err := tx.Where("ticket_id = ?", rows[0].ID).Order("line").Find(&items).Error; err != nil {
		return nil, fmt.Errorf("load lines of a ticket: %w", err)
	}
	var tasks []taskRow
	if err := tx.Where("ticket_id = ?", rows[0].ID).Order("line, step").Find(&tasks).Error; err != nil {
		return nil, fmt.Errorf("load tasks of a ticket: %w", err)
	}
	return kitchen.Restore(stateOf(rows[0], items, tasks)), nil
}

// AddTicket stores a new ticket with its event, in one statement, since placing an order ends with it.
func AddTicket(tx *gorm.DB, t *kitchen.Ticket) error {
	state := t.State()
	rows, err := encodeRows(state, everything(state))
	if err != nil {
		return err
	}
	happened, err := encodeEvents(t)
	if err != nil {
		return err
	}
	row := ticketRowOf(state)
	err = tx.Exec(`
		WITH ticket AS (
			INSERT INTO public.tickets
				(id, order_id, location_id, version, status, opened_at, due_at, next_fire_at, closed_at, is_rush, rush_reason, is_recalled, recall_reason,
				changed_version, unseen_version)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		), `+insertLines+events.AppendSQL,
		row.ID, row.OrderID, row.LocationID, row.Version, row.Status, row.OpenedAt, row.DueAt, row.NextFireAt, row.ClosedAt, row.IsRush, row.RushReason, row.IsRecalled, row.RecallReason,
		row.ChangedVersion, row.UnseenVersion, rows.items, rows.tasks, happened,
	).Error
	if err != nil {
		return fmt.Errorf("insert ticket: %w", err)
	}
	return nil
}

// insertLines inserts lines and tasks, each given as JSON.
const insertLines = `items AS (
			INSERT INTO public.ticket_items (ticket_id, line, item_id, fire_at, takes_seconds, least_seconds, since_version, replaces)
			SELECT i."TicketID", i."Line", i."ItemID", i."FireAt", i."TakesSeconds", i."LeastSeconds", i."SinceVersion", i."Replaces"
			FROM json_to_recordset(?::json) AS i (
				"TicketID" uuid, "Line" integer, "ItemID" uuid, "FireAt" timestamptz, "TakesSeconds" integer, "LeastSeconds" integer, "SinceVersion" integer,
				"Replaces" integer
			)
		), tasks AS (
			INSERT INTO public.ticket_tasks (id, ticket_id, line, step, station_id, status, queued_at, started_at, done_at, done_by, done_by_id, too_fast)
			SELECT
				k."ID", k."TicketID", k."Line", k."Step", k."StationID", k."Status", k."QueuedAt", k."StartedAt", k."DoneAt", k."DoneBy", k."DoneByID",
				k."TooFast"
			FROM json_to_recordset(?::json) AS k (` + taskColumns + `)
		)`

const taskColumns = `"ID" uuid, "TicketID" uuid, "Line" integer, "Step" integer, "StationID" uuid, "Status" text, "QueuedAt" timestamptz, "StartedAt" timestamptz,
	"DoneAt" timestamptz, "DoneBy" text, "DoneByID" uuid, "TooFast" boolean`

// SaveTicket stores what has changed of a ticket that LoadTicket has loaded, with its events, in one statement; nothing if
// nothing has.
func SaveTicket(tx *gorm.DB, t *kitchen.Ticket) error {
	if len(t.Events()) == 0 {
		return nil
	}
	if err := saveChangedLines(tx, t); err != nil {
		return err
	}
	state := t.State()
	rows, err := encodeRows(state, touched(t.Events()))
	if err != nil {
		return err
	}
	happened, err := encodeEvents(t)
	if err != nil {
		return err
	}
	row := ticketRowOf(state)
	err = tx.Exec(`
		WITH ticket AS (
			UPDATE public.tickets AS t
			SET version = ?, status = ?, due_at = ?, next_fire_at = ?, closed_at = ?, is_rush = ?, rush_reason = ?, is_recalled = ?, recall_reason = ?,
				changed_version = ?, unseen_version = ?
			WHERE t.id = ?
		), items AS (
			UPDATE public.ticket_items AS i
			SET fire_at = c."FireAt"
			FROM json_to_recordset(?::json) AS c ("Line" integer, "FireAt" timestamptz)
			WHERE i.ticket_id = ? AND i.line = c."Line"
		), tasks AS (
			UPDATE public.ticket_tasks AS k
			SET status = c."Status", queued_at = c."QueuedAt", started_at = c."StartedAt", done_at = c."DoneAt",
				done_by = c."DoneBy", done_by_id = c."DoneByID", too_fast = c."TooFast"
			FROM json_to_recordset(?::json) AS c (`+taskColumns+`)
			WHERE k.ticket_id = ? AND k.line = c."Line" AND k.step = c."Step"
		)`+events.AppendSQL,
		row.Version, row.Status, row.DueAt, row.NextFireAt, row.ClosedAt, row.IsRush, row.RushReason, row.IsRecalled, row.RecallReason, row.ChangedVersion, row.UnseenVersion, row.ID,
		rows.items, row.ID, rows.tasks, row.ID, happened,
	).Error
	if err != nil {
		return fmt.Errorf("update ticket: %w", err)
	}
	return nil
}

func encodeEvents(t *kitchen.Ticket) (string, error) {
	state := t.State()
	entries := make([]events.Entry, len(t.Events()))
	for i, e := range t.Events() {
		entries[i] = events.Entry{
			Stream: kitchen.Stream, ID: state.ID, LocationID: state.LocationID, Version: e.Version, Type: string(e.Type), From: string(e.From), To: string(e.To),
			Payload: e.Delta, By: e.By, Reason: e.Reason, At: e.At,
		}
	}
	return events.Encode(entries...)
}
