package kitchenview

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// readPast reads the tickets that were on a location's board at a time, as they were then, and the moment at which it was read.
func (h *BoardHandler) readPast(ctx context.Context, at uuid.UUID, then time.Time) ([]kitchen.State, string, error) {
	states, moment, err := h.readAt(ctx, `
		t.location_id = $1 AND tstzrange(t.opened_at, t.closed_at, '[]') && tstzrange($2::timestamptz - $3::interval, $2, '[]')`,
		at, then, closedFor)
	if err != nil {
		return nil, "", err
	}
	ids := make([]uuid.UUID, len(states))
	for i, s := range states {
		ids[i] = s.ID
	}
	histories, err := h.histories(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	past := states[:0]
	for _, s := range states {
		was := histories[s.ID].until(s, func(e kitchen.Event) bool { return !e.At.After(then) })
		if was.Version > 0 && (was.ClosedAt == nil || was.ClosedAt.After(then.Add(-closedFor))) {
			past = append(past, was)
		}
	}
	return past, moment, nil
}

// history is what happened to a ticket, in order.
type history []kitchen.Event

// until is the ticket as it was after the last of its events that counts, which is given as it is now.
func (h history) until(now kitchen.State, counts func(kitchen.Event) bool) kitchen.State {
	was := now.Blank()
	for _, e := range h {
		if !counts(e) {
			break
		}
		was = e.Apply(was)
	}
	return was
}

// histories reads what happened to tickets.
func (h *Tickets) histories(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]history, error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(ctx, `
		SELECT e.*
		FROM unnest((SELECT $1::uuid[])) AS wanted (id)
		CROSS JOIN LATERAL (
			SELECT e.stream_id, e.version, e.type, e.to_state, e.payload, e.actor_role, e.actor_id, e.actor_name, e.reason, e.at
			FROM public.events AS e
			WHERE e.stream_id = wanted.id
			ORDER BY e.version
			OFFSET 0
		) AS e`, ids)
	found := map[uuid.UUID]history{}
	var id uuid.UUID
	var e kitchen.Event
	var payload []byte
	_, err := pgx.ForEachRow(rows, []any{
		&id, &e.Version, (*string)(&e.Type), (*string)(&e.To), &payload, (*string)(&e.By.Role), &e.By.ID, &e.By.Name, &e.Reason, &e.At,
	}, func() error {
		e.Delta = kitchen.Delta{}
		if err := json.Unmarshal(payload, &e.Delta); err != nil {
			return fmt.Errorf("read event %d of ticket %s: %w", e.Version, id, err)
		}
		found[id] = append(found[id], e)
		e.By = auth.Author{}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what happened to tickets: %w", err)
	}
	return found, nil
}
