package menuview

import (
	"context"
	"time"

	"pizzeria/internal/platform/fault"
)

// Archived asks for items that were taken off the menu for good, the last first.
type Archived struct {
	First  int        // 1 to 100
	Before *time.Time // only those archived before; nil: all
}

const maxArchived = 100

// ArchivedHandler handles Archived.
type ArchivedHandler struct{ Items *ItemByIDHandler }

// Handle reads the rows. It fails with BAD_USER_INPUT for a number out of range.
func (h *ArchivedHandler) Handle(ctx context.Context, q Archived) ([]*MenuItem, error) {
	if q.First < 1 || q.First > maxArchived {
		return nil, fault.New(fault.BadUserInput, "Ask for 1 to %d items.", maxArchived).At("first")
	}
	return h.Items.archived(ctx, `
		WHERE $1::timestamptz IS NULL OR archived_at < $1
		ORDER BY archived_at DESC, id
		LIMIT $2`, q.Before, q.First)
}
