// Package kitchenstore keeps stations, routes and tickets in Postgres: GORM rows to aggregate and back. What changes a ticket
// may change its order with it, so orderstore owns those transactions.
package kitchenstore

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
)

type ticketRow struct {
	ID             uuid.UUID
	OrderID        uuid.UUID
	LocationID     uuid.UUID
	Version        int
	Status         kitchen.Status
	OpenedAt       time.Time
	DueAt          time.Time
	NextFireAt     *time.Time
	ClosedAt       *time.Time
	IsRush         bool
	RushReason     *string
	IsRecalled     bool
	RecallReason   *string
	ChangedVersion int
	UnseenVersion  int
}

func (ticketRow) TableName() string { return "public.tickets" }

type itemRow struct {
	TicketID     uuid.UUID
	Line         int
	ItemID       uuid.UUID
	FireAt       time.Time
	TakesSeconds int
	LeastSeconds int
	SinceVersion int
	UntilVersion int
	Replaces     *int
	Was          *string
}

func (itemRow) TableName() string { return "public.ticket_items" }

type taskRow struct {
	ID        uuid.UUID
	TicketID  uuid.UUID
	Line      int
	Step      int
	StationID uuid.UUID
	Status    kitchen.TaskStatus
	QueuedAt  *time.Time
	StartedAt *time.Time
	DoneAt    *time.Time
	DoneBy    *string
	DoneByID  *uuid.UUID
	TooFast   bool
}

func (taskRow) TableName() string { return "public.ticket_tasks" }

func ticketRowOf(s kitchen.State) ticketRow {
	return ticketRow{
		ID: s.ID, OrderID: s.OrderID, LocationID: s.LocationID, Version: s.Version, Status: s.Status, OpenedAt: s.OpenedAt, DueAt: s.DueAt,
		NextFireAt: s.NextFireAt(), ClosedAt: s.ClosedAt, IsRush: s.IsRush, RushReason: s.RushReason, IsRecalled: s.Recalled, RecallReason: s.RecallReason, ChangedVersion: s.Changed, UnseenVersion: s.Unseen,
	}
}

func itemRowOf(ticket uuid.UUID, line int, l kitchen.Line) itemRow {
	row := itemRow{
		TicketID: ticket, Line: line, ItemID: l.ItemID, FireAt: l.FireAt, TakesSeconds: int(l.Takes.Seconds()), LeastSeconds: int(l.Least.Seconds()),
		SinceVersion: l.Since, UntilVersion: l.Until, Replaces: l.Replaces,
	}
	if l.Was != nil {
		row.Was = new(string(l.Was))
	}
	return row
}

func taskRowOf(ticket uuid.UUID, line, step int, t kitchen.Task) taskRow {
	return taskRow{
		ID: t.ID, TicketID: ticket, Line: line, Step: step, StationID: t.StationID, Status: t.Status,
		QueuedAt: t.QueuedAt, StartedAt: t.StartedAt, DoneAt: t.DoneAt, DoneBy: t.DoneBy, DoneByID: t.DoneByID, TooFast: t.TooFast,
	}
}

// stateOf restores a ticket from its rows, each in order.
func stateOf(row ticketRow, items []itemRow, tasks []taskRow) kitchen.State {
	s := kitchen.State{
		ID: row.ID, OrderID: row.OrderID, LocationID: row.LocationID, Version: row.Version, OpenedAt: row.OpenedAt.UTC(),
		Head: kitchen.Head{
			Status: row.Status, DueAt: row.DueAt.UTC(), ClosedAt: utc(row.ClosedAt), IsRush: row.IsRush, RushReason: row.RushReason,
			Recalled: row.IsRecalled, RecallReason: row.RecallReason, Changed: row.ChangedVersion, Unseen: row.UnseenVersion,
		},
		Lines: make([]kitchen.Line, len(items)),
	}
	for i, item := range items {
		s.Lines[i] = kitchen.Line{
			ItemID: item.ItemID, FireAt: item.FireAt.UTC(), Takes: time.Duration(item.TakesSeconds) * time.Second, Least: time.Duration(item.LeastSeconds) * time.Second,
			Since: item.SinceVersion, Until: item.UntilVersion, Replaces: item.Replaces,
		}
		if item.Was != nil {
			s.Lines[i].Was = json.RawMessage(*item.Was)
		}
	}
	for _, t := range tasks {
		line := &s.Lines[t.Line]
		line.Tasks = append(line.Tasks, kitchen.Task{ID: t.ID, StationID: t.StationID, Progress: kitchen.Progress{
			Status: t.Status, QueuedAt: utc(t.QueuedAt), StartedAt: utc(t.StartedAt), DoneAt: utc(t.DoneAt),
			DoneBy: t.DoneBy, DoneByID: t.DoneByID, TooFast: t.TooFast,
		}})
	}
	return s
}

func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	return new(at.UTC())
}
