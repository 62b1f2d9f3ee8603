package menustore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

// Schedule lets accept decide, and stores a change that waits. One that is there already is left as it is. Those who schedule
// take turns, since they count what waits.
func (s *Store) Schedule(ctx context.Context, change *menu.Scheduled, accept func(menu.Surroundings) error) error {
	state := change.State()
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		if err := postgres.TakeTurns(tx, "changes that wait"); err != nil {
			return err
		}
		var there bool
		if err := tx.Raw(`SELECT EXISTS (SELECT FROM public.scheduled_menu_changes AS c WHERE c.id = ?)`, state.ID).Find(&there).Error; err != nil {
			return fmt.Errorf("look for a scheduled change: %w", err)
		}
		if there {
			return nil
		}
		beside, err := surroundings(tx, state)
		if err != nil {
			return err
		}
		if err := accept(beside); err != nil {
			return err
		}
		row, err := scheduledRowOf(state)
		if err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("insert a scheduled change: %w", err)
		}
		return appendScheduledEvents(tx, change, row.Changes)
	})
}

// surroundings looks for what a change is of, and keeps its image from being swept before the change was made.
func surroundings(tx *gorm.DB, s menu.ScheduledState) (beside menu.Surroundings, err error) {
	err = tx.Raw(`
		SELECT
			(SELECT count(*) FROM public.scheduled_menu_changes AS c WHERE c.status = 'SCHEDULED') AS waiting,
			EXISTS (SELECT FROM public.menu_items AS m WHERE m.id = ? AND m.archived_at IS NULL)
				OR EXISTS (SELECT FROM public.option_groups AS g WHERE g.id = ? AND g.archived_at IS NULL) AS subject`,
		s.MenuItemID, s.GroupID).Find(&beside).Error
	if err != nil {
		return beside, fmt.Errorf("look for what is to change: %w", err)
	}
	if s.ImageID == nil {
		return beside, nil
	}
	kept := tx.Exec(`UPDATE public.images AS i SET unused_since = CASE WHEN i.unused_since IS NOT NULL THEN greatest(i.unused_since, ?) END WHERE i.id = ?`, s.At, s.ImageID)
	if kept.Error != nil {
		return beside, fmt.Errorf("keep an image: %w", kept.Error)
	}
	beside.Image = kept.RowsAffected > 0
	return beside, nil
}

// UpdateScheduled loads one scheduled change under a row lock, lets change decide, which may change the menu in the same
// transaction, and saves what became of it: all of that, or nothing. It fails with NOT_FOUND if there is none.
func (s *Store) UpdateScheduled(ctx context.Context, id uuid.UUID, change func(*menu.Scheduled, menu.Stores) error) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var row scheduledRow
		switch err := tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", id).Take(&row).Error; {
		case errors.Is(err, gorm.ErrRecordNotFound):
			return menu.ScheduledNotFound()
		case err != nil:
			return fmt.Errorf("load a scheduled change: %w", err)
		}
		scheduled := menu.RestoreScheduled(row.state())
		if err := change(scheduled, within{tx}); err != nil {
			return err
		}
		after := scheduled.State()
		if after.Status == row.Status {
			return nil
		}
		row.Status, row.EndedAt, row.Refusal = after.Status, after.EndedAt, after.Refusal
		if err := tx.Model(&row).Select("Status", "EndedAt", "Refusal").Where("id = ?", id).Updates(&row).Error; err != nil {
			return fmt.Errorf("update a scheduled change: %w", err)
		}
		return appendScheduledEvents(tx, scheduled, nil)
	})
}

// NextScheduled returns the change that is due first; nil if none is. One waits for those of the same thing that come before
// it. Forms that are newer than the one given are left to other servers, but for what has been due since newerSince.
func (s *Store) NextScheduled(ctx context.Context, now time.Time, form int, newerSince time.Time) (*menu.ScheduledState, error) {
	var rows []scheduledRow
	err := s.db.WithContext(ctx).Raw(`
		SELECT c.*
		FROM public.scheduled_menu_changes AS c
		WHERE c.status = 'SCHEDULED' AND c.due_at <= ? AND (c.form <= ? OR c.due_at <= ?) AND NOT EXISTS (
			SELECT
			FROM public.scheduled_menu_changes AS b
			WHERE b.status = 'SCHEDULED' AND coalesce(b.menu_item_id, b.option_group_id) = coalesce(c.menu_item_id, c.option_group_id)
				AND (b.at, b.id) < (c.at, c.id)
		)
		ORDER BY c.at, c.id
		LIMIT 1`, now, form, newerSince).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read scheduled changes: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return new(rows[0].state()), nil
}

// PostponeScheduled has a change that waits be due later.
func (s *Store) PostponeScheduled(ctx context.Context, id uuid.UUID, until time.Time) error {
	err := s.db.WithContext(ctx).Exec(`UPDATE public.scheduled_menu_changes AS c SET due_at = ? WHERE c.id = ? AND c.status = 'SCHEDULED'`, until, id).Error
	if err != nil {
		return fmt.Errorf("update a scheduled change: %w", err)
	}
	return nil
}

// SweepScheduled forgets scheduled changes 30 days after they were made, refused or cancelled; the audit tells of them.
func SweepScheduled() postgres.Sweep {
	return postgres.Sweep{Table: "public.scheduled_menu_changes", Column: "ended_at", Keep: 30 * 24 * time.Hour}
}

// Forget takes a person's name from the changes that the person scheduled. It tells whether there was none.
func (s *Store) Forget(ctx context.Context, person uuid.UUID) (clean bool, err error) {
	updated := s.db.WithContext(ctx).Exec(`
		UPDATE public.scheduled_menu_changes AS c
		SET actor_name = NULL
		WHERE c.actor_id = ? AND c.actor_name IS NOT NULL`, person)
	if updated.Error != nil {
		return false, fmt.Errorf("forget the author of scheduled changes: %w", updated.Error)
	}
	return updated.RowsAffected == 0, nil
}
