package postgres

import (
	"fmt"

	"gorm.io/gorm"
)

// TakeTurns waits until no other transaction is at what is named so, and keeps others waiting until this one ends. It is for
// what no row stands for, or none that could be locked first.
func TakeTurns(tx *gorm.DB, at string) error {
	if err := tx.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 0))`, at).Error; err != nil {
		return fmt.Errorf("wait for one's turn at %s: %w", at, err)
	}
	return nil
}
