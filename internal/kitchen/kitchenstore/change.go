package kitchenstore

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/kitchen"
	"pizzeria/internal/platform/auth"
)

// ChangeTicket has the ticket of an order, which is loaded, follow what the transaction has changed of the order.
func ChangeTicket(tx *gorm.DB, t *kitchen.Ticket, order uuid.UUID, items []kitchen.ChangedItem, by auth.Author, reason *string, at time.Time) error {
	row, err := readConfirmed(tx, order)
	if err != nil {
		return err
	}
	confirmed, stations, routes, err := row.decode(order)
	if err != nil {
		return fmt.Errorf("read changed order %s: %w", order, err)
	}
	t.Change(confirmed, items, stations, routes, by, reason, at)
	return nil
}

// saveChangedLines stores the lines that came to the ticket since it was loaded, and which have gone. What events have
// changed of them is stored after that.
func saveChangedLines(tx *gorm.DB, t *kitchen.Ticket) error {
	state, loaded := t.State(), t.Events()[0].Version-1
	fresh := touched(nil)
	for i, l := range state.Lines {
		switch {
		case l.Since > loaded:
			fresh.lines[i] = true
			for step := range l.Tasks {
				fresh.tasks[[2]int{i, step}] = true
			}
		case l.Until > loaded:
			err := tx.Exec(`
				UPDATE public.ticket_items AS i SET until_version = ?, was = ? WHERE i.ticket_id = ? AND i.line = ?`,
				l.Until, string(l.Was), state.ID, i).Error
			if err != nil {
				return fmt.Errorf("take a line off a ticket: %w", err)
			}
		}
	}
	if len(fresh.lines) == 0 {
		return nil
	}
	rows, err := encodeRows(state, fresh)
	if err != nil {
		return err
	}
	if err := tx.Exec(`WITH `+insertLines+` SELECT`, rows.items, rows.tasks).Error; err != nil {
		return fmt.Errorf("add lines to a ticket: %w", err)
	}
	return nil
}
