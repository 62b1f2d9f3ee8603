package kitchenview

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/postgres"
)

// columns of public.kitchen_ticket_view, of t, that make a ticket's state.
const columns = `t.id, t.order_id, t.location_id, t.version, t.status, t.opened_at, t.due_at, t.closed_at, t.is_rush, t.rush_reason, t.is_recalled, t.recall_reason,
	t.changed_version, t.unseen_version, t.items`

// itemRow is one of items.
type itemRow struct {
	ItemID       uuid.UUID `json:"itemId"`
	FireAt       time.Time `json:"fireAt"`
	TakesSeconds int       `json:"takesSeconds"`
	LeastSeconds int       `json:"leastSeconds"`
	Tasks        []taskRow `json:"tasks"`

	SinceVersion int             `json:"sinceVersion"`
	UntilVersion int             `json:"untilVersion"`
	Replaces     *int            `json:"replaces"`
	Was          json.RawMessage `json:"was"`
}

type taskRow struct {
	ID        uuid.UUID          `json:"id"`
	StationID uuid.UUID          `json:"stationId"`
	Status    kitchen.TaskStatus `json:"status"`
	QueuedAt  *time.Time         `json:"queuedAt"`
	StartedAt *time.Time         `json:"startedAt"`
	DoneAt    *time.Time         `json:"doneAt"`
	DoneBy    *string            `json:"doneBy"`
	TooFast   bool               `json:"tooFast"`
}

// stateRow is where the columns are scanned to.
type stateRow struct {
	state  kitchen.State
	closed pgtype.Timestamptz
	items  []itemRow
}

func (r *stateRow) into() []any {
	s := &r.state
	return []any{
		&s.ID, &s.OrderID, &s.LocationID, &s.Version, (*string)(&s.Status), &s.OpenedAt, &s.DueAt, &r.closed, &s.IsRush, &s.RushReason, &s.Recalled, &s.RecallReason, &s.Changed, &s.Unseen, &r.items,
	}
}

// done returns the state that was scanned.
func (r *stateRow) done() kitchen.State {
	s := r.state
	s.OpenedAt, s.DueAt = s.OpenedAt.UTC(), s.DueAt.UTC()
	if r.closed.InfinityModifier == pgtype.Finite {
		s.ClosedAt = new(r.closed.Time.UTC())
	}
	for _, item := range r.items {
		line := kitchen.Line{
			ItemID: item.ItemID, FireAt: item.FireAt.UTC(), Takes: time.Duration(item.TakesSeconds) * time.Second, Least: time.Duration(item.LeastSeconds) * time.Second,
			Since: item.SinceVersion, Until: item.UntilVersion, Replaces: item.Replaces, Was: item.Was,
		}
		for _, t := range item.Tasks {
			line.Tasks = append(line.Tasks, kitchen.Task{ID: t.ID, StationID: t.StationID, Progress: kitchen.Progress{
				Status: t.Status, QueuedAt: utc(t.QueuedAt), StartedAt: utc(t.StartedAt), DoneAt: utc(t.DoneAt), DoneBy: t.DoneBy, TooFast: t.TooFast,
			}})
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}

func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	return new(at.UTC())
}

// Tickets reads tickets.
type Tickets struct {
	Pool   *pgxpool.Pool
	Orders *orderview.ByIDHandler
}

// ByID reads the tickets named; those that don't exist are missing.
func (h *Tickets) ByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Ticket, error) {
	states, err := h.states(ctx, ids)
	if err != nil {
		return nil, err
	}
	tickets, err := h.show(ctx, states)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]*Ticket, len(tickets))
	for _, t := range tickets {
		found[t.ID] = t
	}
	return found, nil
}

// states reads the tickets named, without what belongs to them.
func (h *Tickets) states(ctx context.Context, ids []uuid.UUID) ([]kitchen.State, error) {
	return h.read(ctx, `
		SELECT found.*
		FROM unnest((SELECT $1::uuid[])) AS wanted (id)
		CROSS JOIN LATERAL (SELECT `+columns+` FROM public.kitchen_ticket_view AS t WHERE t.id = wanted.id OFFSET 0) AS found`, ids)
}

// openAt returns the versions of the open tickets of a location that have tasks at some stations, or at any.
func (h *Tickets) openAt(ctx context.Context, at uuid.UUID, stations []uuid.UUID) (kitchen.Versions, error) {
	states, err := h.read(ctx, `SELECT `+columns+` FROM public.kitchen_ticket_view AS t WHERE t.location_id = $1 AND t.closed_at = 'infinity'`, at)
	open := kitchen.Versions{}
	for _, s := range states {
		if passes(s, stations) {
			open.Set(s.ID, s.Version, s.Status)
		}
	}
	return open, err
}

func (h *Tickets) read(ctx context.Context, sql string, argument any) ([]kitchen.State, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, sql, argument)
	states, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (kitchen.State, error) {
		var r stateRow
		err := row.Scan(r.into()...)
		return r.done(), err
	})
	if err != nil {
		return nil, fmt.Errorf("read tickets: %w", err)
	}
	return states, nil
}

// show reads what belongs to tickets.
func (h *Tickets) show(ctx context.Context, states []kitchen.State) ([]*Ticket, error) {
	if len(states) == 0 {
		return []*Ticket{}, nil
	}
	ids, at := make([]uuid.UUID, len(states)), make([]uuid.UUID, len(states))
	for i, s := range states {
		ids[i], at[i] = s.OrderID, s.LocationID
	}
	orders, err := h.Orders.Orders(ctx, ids)
	if err != nil {
		return nil, err
	}
	stations, err := stationsOf(ctx, h.Pool, at)
	if err != nil {
		return nil, err
	}
	tickets := make([]*Ticket, 0, len(states))
	for _, s := range states {
		order := orders[s.OrderID]
		if order == nil {
			return nil, fmt.Errorf("ticket %s is of order %s, which isn't there", s.ID, s.OrderID)
		}
		t, err := show(s, order, stations)
		if err != nil {
			return nil, err
		}
		tickets = append(tickets, t)
	}
	return tickets, nil
}
