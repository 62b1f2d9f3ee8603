package live

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
)

// Request says what a stream is to give, and to whom.
type Request struct {
	By auth.Actor
	ID uuid.UUID // the events of one aggregate; uuid.Nil: of all
	// LocationID is where they happened, or nowhere in particular; uuid.Nil: anywhere.
	LocationID uuid.UUID
	Types      []string // nil: any
	// After is a cursor of any feed, in any mode: the stream gives exactly what came after it. "" is now.
	After string
	Mode  Mode
	// Current, without a cursor and with an ID, has the stream begin with the aggregate's newest event.
	Current bool
	// Check, if any, refuses to open the stream, for example because the reader may not see what it is of.
	Check func(ctx context.Context) error
}

// ErrNothing refuses a Current of which there is nothing.
var ErrNothing = errors.New("there is nothing to begin with")

// Open returns a stream, which must be closed. It fails with fault.BadUserInput if the cursor is malformed, with ErrNothing,
// and with what Check, or Change.Authorize of a Current, says.
func (f *Feed) Open(ctx context.Context, r Request) (*Stream, error) {
	s := &Stream{
		feed: f, by: r.By, behind: r.After != "", checked: f.hub.o.Clock(),
		only: events.Filter{Streams: f.streams, ID: r.ID, LocationID: r.LocationID, Types: r.Types, Latest: r.Mode == Latest},
	}
	var err error
	if r.After != "" {
		if s.at, err = events.Decode(r.After); err != nil {
			return nil, err
		}
	}
	// It subscribes before anything is read, so that nothing falls between.
	s.live = f.subscribe(s.only)
	if err := s.start(ctx, r); err != nil {
		s.Close()
		return nil, f.hub.o.Explain(fmt.Errorf("open a feed: %w", err))
	}
	return s, nil
}

func (s *Stream) start(ctx context.Context, r Request) (err error) {
	if r.Check != nil {
		if err := r.Check(ctx); err != nil {
			return err
		}
	}
	switch {
	case r.After != "":
		return s.check(ctx)
	case r.Current:
		return s.begin(ctx)
	}
	s.at, err = s.feed.hub.log.Now(ctx)
	return err
}

// check finds out whether the log can be followed from the cursor; if not, the stream begins anew with a notice.
func (s *Stream) check(ctx context.Context) error {
	log, most := s.feed.hub.log, s.feed.hub.o.MaxGap
	gap, err := log.Gap(ctx, s.at, s.only, most)
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
	if s.at, err = log.Now(ctx); err != nil {
		return err
	}
	s.behind, s.resync = false, &Resync{Cursor: s.at.Encode(), Reason: reason}
	return nil
}

// begin reads the newest event, with which the stream begins.
func (s *Stream) begin(ctx context.Context) error {
	newest, err := s.feed.hub.log.Newest(ctx, s.only.ID)
	if err != nil {
		return err
	}
	if newest == nil {
		return ErrNothing
	}
	if err := s.readRows(ctx, []events.Recorded{*newest}); err != nil {
		return err
	}
	change, err := s.show(*newest)
	switch {
	case err != nil:
		return err
	case change == nil:
		return ErrNothing
	}
	s.recorded, s.at = []events.Recorded{*newest}, newest.Cursor
	return change.Authorize(s.by)
}
