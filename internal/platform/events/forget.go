package events

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/platform/postgres"
)

// forgotten is how many events one transaction looks at: read models compute anew what shows them.
const forgotten = 100

// Authors takes the names of people from the events that they made, and leaves the rest as it is. See
// docs/decisions/0022-forgetting.md.
type Authors struct{ DB *gorm.DB }

// Audited is the condition, on events e, of what the indexes for the audit hold: what staff did, and the server's operators.
// Tickets tell themselves what was done to them.
const Audited = `(e.stream <> 'TICKET' AND (e.actor_role IN ('COOK', 'DRIVER', 'MANAGER')
	OR (e.actor_role = 'SYSTEM' AND e.stream <> 'ORDER' AND e.type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'))))`

// ofTickets is the condition, on events e, of what the index for the authors of tickets holds.
const ofTickets = `(e.stream = 'TICKET' AND e.actor_id IS NOT NULL)`

// Forget takes a person's name from the events of the person's own account, and from all that the person did as staff. It tells
// whether there was none. What somebody did as a customer is of orders, which ForgetAggregates is for.
func (a Authors) Forget(ctx context.Context, person uuid.UUID) (clean bool, err error) {
	own := a.DB.WithContext(ctx).Exec(`
		UPDATE public.events AS e
		SET actor_name = NULL
		WHERE e.stream_id = ? AND e.actor_id = ? AND e.actor_name IS NOT NULL`, person, person)
	if own.Error != nil {
		return false, fmt.Errorf("forget the author of an account's events: %w", own.Error)
	}
	erased := own.RowsAffected
	for _, which := range []string{Audited, ofTickets} {
		more, err := a.walk(ctx, person, which)
		if err != nil {
			return false, fmt.Errorf("forget the author of events: %w", err)
		}
		erased += more
	}
	return erased == 0, nil
}

// walk takes the person's name from events that an index holds, along it: each batch goes on where the last one ended. It
// returns how many had the name.
func (a Authors) walk(ctx context.Context, person uuid.UUID, which string) (erased int64, err error) {
	at, position := time.Unix(0, 0), int64(0)
	_, err = postgres.Repeat(ctx, func(ctx context.Context) (int64, error) {
		var walked struct {
			Looked, Erased, Position int64
			At                       *time.Time
		}
		err := a.DB.WithContext(ctx).Raw(`
			WITH walked AS MATERIALIZED (
				SELECT e.position, e.at
				FROM public.events AS e
				WHERE `+which+` AND e.actor_id = ? AND (e.at, e.position) > (?, ?)
				ORDER BY e.at, e.position
				LIMIT ?
			), erased AS (
				UPDATE public.events AS e
				SET actor_name = NULL
				WHERE e.position IN (SELECT s.position FROM walked AS s) AND e.actor_name IS NOT NULL
				RETURNING e.position
			)
			SELECT
				(SELECT count(*) FROM walked) AS looked,
				(SELECT count(*) FROM erased) AS erased,
				coalesce((SELECT s.position FROM walked AS s ORDER BY s.at DESC, s.position DESC LIMIT 1), 0) AS position,
				(SELECT max(s.at) FROM walked AS s) AS at`, person, at, position, forgotten).Find(&walked).Error
		if err == nil && walked.At != nil {
			at, position = *walked.At, walked.Position
		}
		erased += walked.Erased
		return walked.Looked, err
	})
	return erased, err
}

// ForgetAggregates takes a person's name, and what people wrote as reasons, from all events of the aggregates named, which are the
// person's own.
func ForgetAggregates(tx *gorm.DB, person uuid.UUID, ids []uuid.UUID) error {
	err := tx.Exec(`
		UPDATE public.events AS e
		SET
			actor_name = CASE WHEN e.actor_id = ? THEN NULL ELSE e.actor_name END,
			reason = CASE WHEN e.actor_role = 'SYSTEM' THEN e.reason END
		WHERE e.stream_id IN ? AND (e.actor_id = ? AND e.actor_name IS NOT NULL OR e.actor_role <> 'SYSTEM' AND e.reason IS NOT NULL)`,
		person, ids, person).Error
	if err != nil {
		return fmt.Errorf("forget a person in events: %w", err)
	}
	return nil
}
