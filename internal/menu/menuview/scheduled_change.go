package menuview

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// ScheduledChange is a change of the menu that is made at a time, or what became of it.
type ScheduledChange struct {
	ID          uuid.UUID
	At          time.Time
	CreatedAt   time.Time
	By          auth.Attribution
	Status      menu.ScheduledStatus
	EndedAt     *time.Time   // when it was made, refused or cancelled
	Refusal     *fault.Error // nil: it wasn't refused
	MenuItem    *MenuItem    // nil: it is of a group, or of an item that isn't on the menu any more
	OptionGroup *OptionGroup // nil: it is of an item, or of a group that there isn't any more

	menuItemID, groupID *uuid.UUID
	locationIDs         []uuid.UUID // whose offers it changes, and nothing else; nil: it is the whole chain's
	changes             map[string]json.RawMessage
}

// IsNode marks the change as a node of the API.
func (*ScheduledChange) IsNode() {}

// VisibleTo tells whether the actor may see the change: managers see those of the whole chain, and of their locations.
func (c *ScheduledChange) VisibleTo(by auth.Actor) bool {
	if c.locationIDs == nil {
		return by.Is(auth.RoleManager)
	}
	return slices.ContainsFunc(c.locationIDs, func(place uuid.UUID) bool { return by.At(place).Is(auth.RoleManager) })
}

// ScheduledValue is what a field is set to: a text as it is, and anything else as JSON; nil: there is none then.
type ScheduledValue struct {
	Field string
	Value *string
}

// Shown is what the change sets, by field, as the actor may see it: of the locations those of theirs.
func (c *ScheduledChange) Shown(to auth.Actor) ([]*ScheduledValue, error) {
	all := make([]*ScheduledValue, 0, len(c.changes))
	for field, value := range c.changes {
		if field == "locations" {
			var offers map[uuid.UUID]json.RawMessage
			if err := json.Unmarshal(value, &offers); err != nil {
				return nil, fmt.Errorf("read a scheduled change: %w", err)
			}
			for place := range offers {
				if !to.At(place).Is(auth.RoleManager) {
					delete(offers, place)
				}
			}
			if len(offers) == 0 {
				continue
			}
			var err error
			if value, err = json.Marshal(offers); err != nil {
				return nil, fmt.Errorf("write a scheduled change: %w", err)
			}
		}
		all = append(all, &ScheduledValue{field, shownValue(value)})
	}
	slices.SortFunc(all, func(a, b *ScheduledValue) int { return cmp.Compare(a.Field, b.Field) })
	return all, nil
}

func shownValue(value json.RawMessage) *string {
	var text *string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	var compact bytes.Buffer
	_ = json.Compact(&compact, value) // it has been read as JSON already
	return new(compact.String())
}
