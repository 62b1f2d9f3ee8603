package menustore

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postgres"
)

type scheduledRow struct {
	ID            uuid.UUID
	At            time.Time
	DueAt         time.Time
	CreatedAt     time.Time
	MenuItemID    *uuid.UUID
	OptionGroupID *uuid.UUID
	LocationIDs   *postgres.IDs
	ImageID       *uuid.UUID
	Form          int
	Command       string
	Changes       map[string]json.RawMessage `gorm:"serializer:json"`
	ActorRole     auth.ActorRole
	ActorID       *uuid.UUID
	ActorName     *string
	Status        menu.ScheduledStatus
	EndedAt       *time.Time
	Refusal       *fault.Error `gorm:"serializer:json"`
}

func (scheduledRow) TableName() string { return "public.scheduled_menu_changes" }

func scheduledRowOf(s menu.ScheduledState) (scheduledRow, error) {
	change, err := menu.ReadChange(s.Written)
	if err != nil {
		return scheduledRow{}, err
	}
	told, err := toldOf(change)
	if err != nil {
		return scheduledRow{}, err
	}
	row := scheduledRow{
		ID: s.ID, At: s.At, DueAt: s.At, CreatedAt: s.CreatedAt, MenuItemID: s.MenuItemID, OptionGroupID: s.GroupID, ImageID: s.ImageID,
		Form: s.Written.Form, Command: string(s.Written.Text), Changes: told,
		ActorRole: s.By.Role, ActorID: s.By.ID, ActorName: s.By.Name, Status: s.Status, EndedAt: s.EndedAt, Refusal: s.Refusal,
	}
	if s.LocationIDs != nil {
		row.LocationIDs = (*postgres.IDs)(&s.LocationIDs)
	}
	return row, nil
}

func (r scheduledRow) state() menu.ScheduledState {
	s := menu.ScheduledState{
		ID: r.ID, At: r.At, CreatedAt: r.CreatedAt, By: auth.Author{Role: r.ActorRole, ID: r.ActorID, Name: r.ActorName},
		MenuItemID: r.MenuItemID, GroupID: r.OptionGroupID, ImageID: r.ImageID, Written: menu.Written{Form: r.Form, Text: []byte(r.Command)},
		Status: r.Status, EndedAt: r.EndedAt, Refusal: r.Refusal,
	}
	if r.LocationIDs != nil {
		s.LocationIDs = *r.LocationIDs
	}
	return s
}

// appendScheduledEvents adds what happened to a scheduled change, with what it sets if it is new. The change's row is locked,
// or new.
func appendScheduledEvents(tx *gorm.DB, change *menu.Scheduled, sets map[string]json.RawMessage) error {
	state := change.State()
	var told events.Changes
	if sets != nil {
		own, err := events.Compare(nil, struct {
			At            time.Time  `json:"at"`
			MenuItemID    *uuid.UUID `json:"menuItemId,omitempty"`
			OptionGroupID *uuid.UUID `json:"optionGroupId,omitempty"`
		}{state.At, state.MenuItemID, state.GroupID})
		if err != nil {
			return err
		}
		maps.Copy(own.After, sets)
		told = own
	}
	var place uuid.UUID // zero: several, or the whole chain
	if len(state.LocationIDs) == 1 {
		place = state.LocationIDs[0]
	}
	var entries []events.Entry
	for _, e := range change.Events() {
		entries = append(entries, events.Entry{
			Stream: menu.ScheduledStream, ID: state.ID, LocationID: place, Type: string(e.Type), By: e.By, At: e.At, Reason: e.Reason, Payload: told,
		})
	}
	return events.Append(tx, entries...)
}

// within changes the menu in a transaction that has begun.
type within struct{ tx *gorm.DB }

// Update is Store.Update.
func (w within) Update(ctx context.Context, id uuid.UUID, brings menu.Brings, change func(*menu.Item, menu.Currencies) error) error {
	return updateItem(w.tx.WithContext(ctx), id, brings, change)
}

// UpdateGroup is Store.UpdateGroup.
func (w within) UpdateGroup(ctx context.Context, id uuid.UUID, options []menu.Option, change func(*menu.OptionGroup) error) error {
	return updateGroup(w.tx.WithContext(ctx), id, options, change)
}

// AddGroup is Store.AddGroup.
func (w within) AddGroup(ctx context.Context, group *menu.OptionGroup) error {
	return addGroup(w.tx.WithContext(ctx), group)
}
