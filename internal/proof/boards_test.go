package proof_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/kitchen/kitchenview"
)

var kitchenActions = []kitchen.ActionKind{
	kitchen.Start, kitchen.Start, kitchen.Finish, kitchen.Bump, kitchen.Bump, kitchen.Bump, kitchen.Undo, kitchen.Recall, kitchen.Rush, kitchen.Hold,
	kitchen.Fire, kitchen.Fire, kitchen.Seen,
}

// actInKitchen does something at random to some tickets of a location, as a screen does that is behind, and tells some of it twice.
func (h *history) actInKitchen(a server, random *rand.Rand) error {
	at := h.pickRecent(random, &h.locations)
	rows, _ := h.shop.db.Pool.Query(h.t.Context(), `
		SELECT t.id, t.version FROM public.tickets AS t WHERE t.location_id = $1 ORDER BY t.opened_at DESC LIMIT 20`, at)
	tickets, err := pgx.CollectRows(rows, pgx.RowToStructByPos[event])
	if err != nil || len(tickets) == 0 {
		return err
	}
	cmd := kitchen.ApplyActions{By: cook, LocationID: &at}
	for range 1 + random.IntN(4) {
		t := pick(random, tickets)
		action := kitchen.Action{
			ID: uuid.New(), TicketID: t.ID, Kind: pick(random, kitchenActions), SeenVersion: max(1, t.Version-random.IntN(3)),
			At: time.Now().Add(-time.Duration(random.IntN(60)) * time.Second),
		}
		if action.Kind == kitchen.Rush || random.IntN(2) == 0 {
			action.Reason = new("Because.")
		}
		cmd.Actions = append(cmd.Actions, action)
	}
	if random.IntN(3) == 0 {
		cmd.Actions = append(cmd.Actions, cmd.Actions[0])
	}
	done, err := a.ApplyKitchenActions.Handle(h.t.Context(), cmd)
	if err != nil {
		return err
	}
	if len(done) != len(cmd.Actions) || len(done) > 1 && done[len(done)-1].ID == done[0].ID && done[len(done)-1].Outcome != done[0].Outcome {
		return fmt.Errorf("actions were answered with %v", done)
	}
	return nil
}

// board is what a screen knows of a location's kitchen, which it follows from the first board on.
type board struct {
	t        *testing.T
	server   server
	at       uuid.UUID
	versions kitchen.Versions
	cursor   string
	changes  int
}

// openBoard asks for a board, and finds its digest right.
func openBoard(t *testing.T, a server, at uuid.UUID) *board {
	t.Helper()
	b := &board{t: t, server: a, at: at, versions: kitchen.Versions{}}
	first, err := a.KitchenBoard.Handle(t.Context(), kitchenview.BoardOf{By: cook, LocationID: at})
	require.NoError(t, err)
	for _, ticket := range first.Tickets {
		b.versions.Set(ticket.ID, ticket.Version, ticket.Status)
	}
	b.cursor = first.Cursor
	require.Equal(t, first.Digest, b.versions.Digest())
	return b
}

// follow takes changes until ctx ends, and goes on from the last cursor now and then. Each digest is that of what it knows.
func (b *board) follow(ctx context.Context, random *rand.Rand) {
	for ctx.Err() == nil {
		items, err := b.server.TicketFeed.Open(b.t.Context(), cook, b.at, nil, b.cursor)
		if err != nil {
			b.t.Errorf("follow a board: %v", err)
			return
		}
		for left := 1 + random.IntN(200); left > 0 && ctx.Err() == nil; left-- {
			if err := b.next(ctx, items); err != nil {
				b.t.Errorf("follow a board: %v", err)
				items.Close()
				return
			}
		}
		items.Close()
	}
}

func (b *board) next(ctx context.Context, items *kitchenview.Stream) error {
	item, err := items.Next(b.t.Context())
	if err != nil {
		return err
	}
	if item.Value == nil {
		awaitItem(ctx, items.Stream)
		return nil
	}
	change, ok := item.Value.(*kitchenview.Changed)
	if !ok {
		return fmt.Errorf("got %T", item.Value)
	}
	if held := b.versions[change.Ticket.ID]; held > 0 && change.Ticket.Version != held+1 {
		return fmt.Errorf("ticket %s came in version %d behind %d", change.Ticket.ID, change.Ticket.Version, held)
	}
	b.versions.Set(change.Ticket.ID, change.Ticket.Version, change.Ticket.Status)
	b.cursor, b.changes = change.Cursor, b.changes+1
	if own := b.versions.Digest(); own != change.Digest {
		return fmt.Errorf("the digest is %s, of what the screen knows %s", change.Digest, own)
	}
	return nil
}

// requireAgrees compares the screen with a board that is asked for now, when nothing is written.
func (b *board) requireAgrees() {
	b.t.Helper()
	items, err := b.server.TicketFeed.Open(b.t.Context(), cook, b.at, nil, b.cursor)
	require.NoError(b.t, err)
	defer items.Close()
	now, err := b.server.KitchenBoard.Handle(b.t.Context(), kitchenview.BoardOf{By: cook, LocationID: b.at})
	require.NoError(b.t, err)
	ctx, cancel := context.WithTimeout(b.t.Context(), 30*time.Second)
	defer cancel()
	for b.versions.Digest() != now.Digest && ctx.Err() == nil {
		require.NoError(b.t, b.next(ctx, items))
	}
	require.Equal(b.t, now.Digest, b.versions.Digest())
}
