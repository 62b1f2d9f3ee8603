package live

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/events"
)

// check finds out whether the log can be followed from the cursor; if not, the stream begins anew with a notice.
func (s *Stream) check(ctx context.Context) error {
	most := s.feed.o.MaxGap
	gap, err := s.feed.log.Gap(ctx, s.at, s.only.OrderID, most)
	reason := ""
	switch {
	case err == nil && gap <= most:
		return nil
	case err == nil:
		reason = "Too much has happened since this cursor."
	case errors.Is(err, events.ErrOtherDatabase):
		reason = "This cursor is of another database."
	case errors.Is(err, events.ErrFuture):
		reason = "This cursor is ahead of the database, which was put back to an earlier state."
	default:
		return err
	}
	if s.at, err = s.feed.log.Now(ctx); err != nil {
		return err
	}
	s.behind, s.resync = false, &Resync{Cursor: s.at.Encode(), Reason: reason}
	return nil
}

// begin finds out whether there is an order that the reader may see, and its newest event if the stream is to begin
// with that.
func (s *Stream) begin(ctx context.Context, orderID uuid.UUID, withNewest bool) error {
	var newest *events.Recorded
	if withNewest {
		var err error
		if newest, err = s.feed.log.Newest(ctx, orderID); err != nil {
			return err
		}
		if newest == nil {
			return ordering.NotFound()
		}
	}
	rows, err := read(ctx, s.feed.hub.orders, []uuid.UUID{orderID})
	if err != nil {
		return err
	}
	if row := rows[orderID]; row == nil || !s.by.MaySee(row.CustomerID) {
		return ordering.NotFound()
	}
	if newest != nil {
		s.recorded, s.rows, s.at = []events.Recorded{*newest}, rows, newest.Cursor
	}
	return nil
}
