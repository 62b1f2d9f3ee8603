package kitchenview

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

// closedFor is how long a ticket stays on the board once it is closed.
const closedFor = 15 * time.Minute

// Board is what a location's kitchen has to do.
type Board struct {
	Tickets  []*Ticket // by when they are due, then by id
	Cursor   string    // the feed goes on exactly behind it; of the past, where it stands now
	Digest   string
	At       time.Time
	Stations []*Station
}

// BoardOf asks for a location's board.
type BoardOf struct {
	By         auth.Actor
	LocationID uuid.UUID
	StationIDs []uuid.UUID // only tickets with tasks at one of these; none: all
	At         *time.Time  // as it stood then; nil: now
}

const maxStationIDs = 50

// BoardHandler handles BoardOf.
type BoardHandler struct {
	Tickets
	Feed moments
	Now  func() time.Time
}

// moments make the cursor that continues after a statement's answer: events.Log.
type moments interface {
	MomentSQL() string
	CursorAt(answered string) (string, error)
}

// Handle reads the board. It fails with FORBIDDEN for all but the location's staff, and with BAD_USER_INPUT for a time to come.
func (h *BoardHandler) Handle(ctx context.Context, q BoardOf) (*Board, error) {
	now := h.Now().UTC().Truncate(time.Millisecond)
	switch {
	case !q.By.At(q.LocationID).Staff():
		return nil, auth.Forbidden()
	case len(q.StationIDs) > maxStationIDs:
		return nil, tooManyStations()
	case q.At != nil && q.At.After(now):
		return nil, fault.New(fault.BadUserInput, "This is yet to come.").At("at")
	}
	at, states := now, []kitchen.State(nil)
	moment, err := "", error(nil)
	if q.At == nil {
		states, moment, err = h.readAt(ctx, `t.location_id = $1 AND t.closed_at > $2`, q.LocationID, now.Add(-closedFor))
	} else {
		at = q.At.UTC()
		states, moment, err = h.readPast(ctx, q.LocationID, at)
	}
	if err != nil {
		return nil, fmt.Errorf("read the board of location %s: %w", q.LocationID, err)
	}
	states = slices.DeleteFunc(states, func(s kitchen.State) bool { return !passes(s, q.StationIDs) })
	board := &Board{At: at, Digest: digestOf(states)}
	if board.Cursor, err = h.Feed.CursorAt(moment); err != nil {
		return nil, fmt.Errorf("read the moment: %w", err)
	}
	slices.SortFunc(states, func(a, b kitchen.State) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), slices.Compare(a.ID[:], b.ID[:]))
	})
	if board.Tickets, err = h.show(ctx, states); err != nil {
		return nil, err
	}
	board.Stations, err = (&StationsHandler{h.Pool}).Of(ctx, q.LocationID)
	return board, err
}

func tooManyStations() *fault.Error {
	return fault.New(fault.BadUserInput, "A board is of %d stations at most.", maxStationIDs).At("stationIds")
}

// readAt reads the tickets that meet a condition, and the moment of the same statement.
func (h *BoardHandler) readAt(ctx context.Context, where string, arguments ...any) (states []kitchen.State, moment string, err error) {
	ctx, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, err := h.Pool.Query(ctx, `
		SELECT (SELECT `+h.Feed.MomentSQL()+`), found.*
		FROM (SELECT) AS always
		LEFT JOIN LATERAL (SELECT `+columns+` FROM public.kitchen_ticket_view AS t WHERE `+where+`) AS found ON true`, arguments...)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	for rows.Next() {
		if rows.RawValues()[1] == nil { // an empty board is one row without a ticket
			if err := rows.Scan(append([]any{&moment}, make([]any, len(rows.RawValues())-1)...)...); err != nil {
				return nil, "", err
			}
			break
		}
		var r stateRow
		if err := rows.Scan(append([]any{&moment}, r.into()...)...); err != nil {
			return nil, "", err
		}
		states = append(states, r.done())
	}
	rows.Close()
	return states, moment, rows.Err()
}

// digestOf is the digest of a board of these tickets.
func digestOf(states []kitchen.State) string {
	open := kitchen.Versions{}
	for _, s := range states {
		open.Set(s.ID, s.Version, s.Status)
	}
	return open.Digest()
}
