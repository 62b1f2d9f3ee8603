package kitchenstore

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/platform/postgres"
)

// forgotten is how many tasks one transaction takes a name from.
const forgotten = 500

// Forget takes a person's name from the tasks that the person ended. It tells whether there was none.
func (s *Store) Forget(ctx context.Context, person uuid.UUID) (clean bool, err error) {
	done, err := postgres.Repeat(ctx, func(ctx context.Context) (int64, error) { return s.forgetSome(ctx, person) })
	if err != nil {
		return false, fmt.Errorf("forget who ended tasks: %w", err)
	}
	return done == 0, nil
}

// forgetSome locks the tickets first, in order, as whatever changes a task does.
func (s *Store) forgetSome(ctx context.Context, person uuid.UUID) (done int64, err error) {
	err = postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		var tickets []uuid.UUID
		err := tx.Raw(`
			SELECT t.id
			FROM public.tickets AS t
			WHERE t.id IN (SELECT k.ticket_id FROM public.ticket_tasks AS k WHERE k.done_by_id = ? LIMIT ?)
			ORDER BY t.id
			FOR NO KEY UPDATE`, person, forgotten).Find(&tickets).Error
		if err != nil || len(tickets) == 0 {
			return err
		}
		updated := tx.Exec(`UPDATE public.ticket_tasks AS k SET done_by = NULL, done_by_id = NULL WHERE k.done_by_id = ? AND k.ticket_id IN ?`, person, tickets)
		done = updated.RowsAffected
		return updated.Error
	})
	return done, err
}

// ForgetWords takes from the tickets of orders why they were wanted before others, or brought back, and returns which they are.
func ForgetWords(tx *gorm.DB, orders []uuid.UUID) (tickets []uuid.UUID, err error) {
	err = tx.Raw(`
		UPDATE public.tickets AS t SET rush_reason = NULL, recall_reason = NULL WHERE t.order_id IN ? RETURNING t.id`, orders).Find(&tickets).Error
	if err != nil {
		return nil, fmt.Errorf("forget the words on tickets: %w", err)
	}
	return tickets, nil
}
