package menuview

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

// ScheduledChanges asks for the changes that wait, the next first, and then for what became of the others lately, the last
// first. Who manages some locations sees those of the whole chain, and those of theirs.
type ScheduledChanges struct {
	By         auth.Actor
	MenuItemID *uuid.UUID            // those of this item; nil: all
	Status     *menu.ScheduledStatus // those of which this became; nil: all
	First      int                   // 1 to 100: no more can wait
}

const (
	maxScheduled = 100
	lately       = 7 * 24 * time.Hour
)

// ScheduledChangesHandler handles ScheduledChanges.
type ScheduledChangesHandler struct {
	Pool  *pgxpool.Pool
	Items *ItemByIDHandler
	Of    *OptionGroupsHandler
	Now   func() time.Time
}

// Handle reads the rows, and what they are to change. It fails with BAD_USER_INPUT for a number out of range.
func (h *ScheduledChangesHandler) Handle(ctx context.Context, q ScheduledChanges) ([]*ScheduledChange, error) {
	if q.First < 1 || q.First > maxScheduled {
		return nil, fault.New(fault.BadUserInput, "Ask for 1 to %d changes.", maxScheduled).At("first")
	}
	return h.read(ctx, `
		WHERE (status = 'SCHEDULED' OR ended_at > $1) AND ($2::uuid IS NULL OR menu_item_id = $2)
			AND ($3::uuid[] IS NULL OR location_ids IS NULL OR location_ids && $3) AND ($4::text IS NULL OR status = $4)
		ORDER BY ended_at DESC NULLS FIRST, at, id
		LIMIT $5`, h.Now().Add(-lately), q.MenuItemID, q.By.LocationIDs, (*string)(q.Status), q.First)
}

// Change reads one change.
func (h *ScheduledChangesHandler) Change(ctx context.Context, id uuid.UUID) (*ScheduledChange, error) {
	found, err := h.Changes(ctx, []uuid.UUID{id})
	return found[id], err
}

// Changes reads the changes named; those that don't exist are missing.
func (h *ScheduledChangesHandler) Changes(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*ScheduledChange, error) {
	changes, err := h.read(ctx, `WHERE id = ANY ($1)`, ids)
	found := make(map[uuid.UUID]*ScheduledChange, len(changes))
	for _, c := range changes {
		found[c.ID] = c
	}
	return found, err
}

func (h *ScheduledChangesHandler) read(ctx context.Context, which string, values ...any) ([]*ScheduledChange, error) {
	bounded, cancel := postgres.Bounded(ctx)
	defer cancel()
	rows, _ := h.Pool.Query(bounded, `
		SELECT id, at, created_at, menu_item_id, option_group_id, location_ids, changes, actor_role, actor_name, status, ended_at, refusal
		FROM public.scheduled_menu_change_view `+which, values...)
	changes, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*ScheduledChange, error) {
		c := ScheduledChange{changes: map[string]json.RawMessage{}}
		err := row.Scan(&c.ID, &c.At, &c.CreatedAt, &c.menuItemID, &c.groupID, &c.locationIDs, &c.changes, &c.By.Role, &c.By.Name, &c.Status, &c.EndedAt, &c.Refusal)
		if len(c.locationIDs) == 1 {
			c.By.At = &c.locationIDs[0]
		}
		return &c, err
	})
	if err != nil {
		return nil, fmt.Errorf("read scheduled changes: %w", err)
	}
	return changes, h.complete(ctx, changes)
}

// complete adds what is to change, as the catalogue has it now.
func (h *ScheduledChangesHandler) complete(ctx context.Context, changes []*ScheduledChange) (err error) {
	var itemIDs, groupIDs []uuid.UUID
	for _, c := range changes {
		if c.menuItemID != nil {
			itemIDs = append(itemIDs, *c.menuItemID)
		} else {
			groupIDs = append(groupIDs, *c.groupID)
		}
	}
	items, groups := map[uuid.UUID]*MenuItem{}, map[uuid.UUID]*OptionGroup{}
	if len(itemIDs) > 0 {
		if items, err = h.Items.Items(ctx, itemIDs); err != nil {
			return err
		}
	}
	if len(groupIDs) > 0 {
		if groups, err = h.Of.Groups(ctx, groupIDs); err != nil {
			return err
		}
	}
	for _, c := range changes {
		if c.menuItemID != nil {
			c.MenuItem = items[*c.menuItemID]
		} else {
			c.OptionGroup = groups[*c.groupID]
		}
	}
	return nil
}
