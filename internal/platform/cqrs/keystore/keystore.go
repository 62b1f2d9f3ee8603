// Package keystore keeps idempotency keys in Postgres.
package keystore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/postgres"
)

// Store implements cqrs.Keys. Its statements are transactions of their own, apart from the commands they guard.
type Store struct{ db *gorm.DB }

// New returns a store on the database.
func New(db *gorm.DB) *Store { return &Store{db: db} }

// Claim takes the key if it is free, or if its holder let the lease run out without an answer.
func (s *Store) Claim(ctx context.Context, c cqrs.Claim) (cqrs.Claimed, error) {
	var row struct {
		SubjectID   uuid.UUID
		RequestHash []byte
		Answer      []byte
	}
	taken := s.db.WithContext(ctx).Raw(`
		INSERT INTO public.idempotency_keys AS k
			(actor_id, command, key, request_hash, subject_id, locked_until, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (actor_id, command, key) DO UPDATE SET locked_until = excluded.locked_until
		WHERE k.answer IS NULL AND k.locked_until <= ? AND k.request_hash = excluded.request_hash
		RETURNING k.subject_id`,
		c.ActorID, c.Command, c.Key, c.RequestHash[:], c.SubjectID, c.LockedUntil, c.At, c.At,
	).Find(&row)
	if taken.Error != nil {
		return cqrs.Claimed{}, fmt.Errorf("insert idempotency key: %w", taken.Error)
	}
	if taken.RowsAffected == 1 {
		return cqrs.Claimed{Acquired: true, SubjectID: row.SubjectID}, nil
	}
	found := s.db.WithContext(ctx).Raw(`
		SELECT k.request_hash, k.answer
		FROM public.idempotency_keys AS k
		WHERE k.actor_id = ? AND k.command = ? AND k.key = ?`,
		c.ActorID, c.Command, c.Key,
	).Find(&row)
	if found.Error != nil {
		return cqrs.Claimed{}, fmt.Errorf("read idempotency key: %w", found.Error)
	}
	if found.RowsAffected == 0 { // it grew too old in between: it can be claimed the next time
		return cqrs.Claimed{RequestHash: c.RequestHash}, nil
	}
	return cqrs.Claimed{RequestHash: [32]byte(row.RequestHash), Answer: row.Answer}, nil
}

// Answer stores the answer, unless another request has taken the claim over.
func (s *Store) Answer(ctx context.Context, c cqrs.Claim, answer json.RawMessage) (stored bool, err error) {
	rows, err := s.update(ctx, c, "answer = ?::json", string(answer))
	return rows == 1, err
}

// Release ends the claim's lease, unless another request has taken the claim over.
func (s *Store) Release(ctx context.Context, c cqrs.Claim) error {
	_, err := s.update(ctx, c, "locked_until = ?", c.At)
	return err
}

// update changes the row only as long as it is the claim's: taking a claim over moves locked_until on.
func (s *Store) update(ctx context.Context, c cqrs.Claim, set string, value any) (rows int64, err error) {
	updated := s.db.WithContext(ctx).Exec(`
		UPDATE public.idempotency_keys SET `+set+`
		WHERE actor_id = ? AND command = ? AND key = ? AND answer IS NULL AND locked_until = ?`,
		value, c.ActorID, c.Command, c.Key, c.LockedUntil)
	if updated.Error != nil {
		return 0, fmt.Errorf("update idempotency key: %w", updated.Error)
	}
	return updated.RowsAffected, nil
}

// Sweep forgets keys after a week: clients that repeat one later start anew.
func Sweep() postgres.Sweep {
	return postgres.Sweep{Table: "public.idempotency_keys", Column: "created_at", Keep: 7 * 24 * time.Hour}
}

// forgotten is how many keys one transaction forgets.
const forgotten = 1_000

// Forget deletes an account's keys, which the client chose, with the answers that are kept under them. It tells whether there were
// none.
func (s *Store) Forget(ctx context.Context, actorID uuid.UUID) (clean bool, err error) {
	deleted, err := postgres.Repeat(ctx, func(ctx context.Context) (int64, error) {
		some := s.db.WithContext(ctx).Exec(`
			DELETE FROM public.idempotency_keys AS k
			WHERE k.ctid = ANY (ARRAY (SELECT f.ctid FROM public.idempotency_keys AS f WHERE f.actor_id = ? LIMIT ?))`, actorID, forgotten)
		return some.RowsAffected, some.Error
	})
	if err != nil {
		return false, fmt.Errorf("forget idempotency keys: %w", err)
	}
	return deleted == 0, nil
}
