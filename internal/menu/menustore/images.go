package menustore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

type imageRow struct {
	ID          uuid.UUID
	UnusedSince *time.Time
}

func (imageRow) TableName() string { return "public.images" }

type imageFileRow struct {
	ImageID uuid.UUID
	Side    int
	Body    []byte
}

func (imageFileRow) TableName() string { return "public.image_files" }

// AddImage stores an image that no item has yet. One that is there already stays; if no item has it, for as long as a new one.
func (s *Store) AddImage(ctx context.Context, image menu.Image) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		err := tx.Exec(`
			INSERT INTO public.images AS i (id, unused_since)
			VALUES (?, ?)
			ON CONFLICT (id) DO UPDATE SET unused_since = CASE WHEN i.unused_since IS NOT NULL THEN greatest(i.unused_since, excluded.unused_since) END`,
			image.ID, image.UploadedAt).Error
		if err != nil {
			return fmt.Errorf("insert image: %w", err)
		}
		files := make([]imageFileRow, len(image.Files))
		for i, file := range image.Files {
			files[i] = imageFileRow{ImageID: image.ID, Side: file.Side, Body: file.Body}
		}
		return insert(tx.Clauses(clause.OnConflict{DoNothing: true}), files)
	})
}

// SweepImages forgets images a day after they were uploaded, were taken from the last item that had them, or would have been
// brought by a scheduled change.
func SweepImages() postgres.Sweep {
	return postgres.Sweep{Table: "public.images", Column: "unused_since", Keep: 24 * time.Hour, Batch: 100}
}

// withImage saves an item whose image may be another than before, and keeps account of whether images are in use. It fails with
// BAD_USER_INPUT if there is no such image. Images come after the item, and in the order of their ids.
func withImage(tx *gorm.DB, before, after menu.State, save func() error) error {
	if after.SameImage(before) {
		return save()
	}
	var there []uuid.UUID
	locked := tx.Model(&imageRow{}).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id IN ?", present(before.ImageID, after.ImageID))
	if err := locked.Order("id").Pluck("id", &there).Error; err != nil {
		return fmt.Errorf("lock images: %w", err)
	}
	if id := after.ImageID; id != nil && !slices.Contains(there, *id) {
		return menu.UnknownImage()
	}
	if err := save(); err != nil {
		return err
	}
	err := tx.Exec(`
		UPDATE public.images AS i
		SET unused_since = CASE WHEN NOT EXISTS (SELECT FROM public.menu_items AS m WHERE m.image_id = i.id) THEN greatest(
			?::timestamptz, (SELECT max(c.at) FROM public.scheduled_menu_changes AS c WHERE c.image_id = i.id AND c.status = 'SCHEDULED')
		) END
		WHERE i.id IN ?`, after.UpdatedAt, there).Error
	if err != nil {
		return fmt.Errorf("update the use of images: %w", err)
	}
	return nil
}

func present(ids ...*uuid.UUID) (given []uuid.UUID) {
	for _, id := range ids {
		if id != nil {
			given = append(given, *id)
		}
	}
	return given
}
