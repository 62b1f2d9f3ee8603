package customerstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/platform/postgres"
)

// ChangeProfile loads an account's profile under a row lock, lets change decide, and saves the profile with an event that names
// what changed, and not what it was or is: nothing that its owner may have forgotten. A change that changes nothing writes
// nothing. It fails with NOT_FOUND if there is no such account.
func (s *Store) ChangeProfile(ctx context.Context, id uuid.UUID, by auth.Author, change func(*customer.Profile)) error {
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		account, err := load(tx, id)
		if err != nil {
			return err
		}
		before := customer.Profile{Name: account.Name, Phone: account.Phone}
		if before.Addresses, err = loadAddresses(tx, id); err != nil {
			return err
		}
		after := before
		after.Addresses = slices.Clone(before.Addresses)
		change(&after)
		changed := after.Changed(before)
		if len(changed) == 0 {
			return nil
		}
		if err := tx.Exec(`UPDATE public.customers SET name = ?, phone = ? WHERE id = ?`, after.Name, after.Phone, id).Error; err != nil {
			return fmt.Errorf("update customer: %w", err)
		}
		if slices.Contains(changed, "addresses") {
			if err := replaceAddresses(tx, id, after.Addresses); err != nil {
				return err
			}
		}
		return events.Append(tx, events.Entry{
			Stream: customer.Stream, ID: id, LocationID: place(account.Rights), Type: customer.ProfileChanged, By: by, At: s.now(), Payload: events.Named(changed...),
		})
	})
}

type addressRow struct {
	CustomerID uuid.UUID
	Position   int
	Street     string
	City       string
	PostalCode string
	Notes      *string
}

func (addressRow) TableName() string { return "public.customer_addresses" }

func loadAddresses(tx *gorm.DB, id uuid.UUID) ([]postal.Address, error) {
	var rows []addressRow
	if err := tx.Where("customer_id = ?", id).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load addresses: %w", err)
	}
	all := make([]postal.Address, len(rows))
	for i, r := range rows {
		all[i] = postal.Address{Street: r.Street, City: r.City, PostalCode: r.PostalCode, Notes: r.Notes}
	}
	return all, nil
}

func replaceAddresses(tx *gorm.DB, id uuid.UUID, all []postal.Address) error {
	if err := tx.Where("customer_id = ?", id).Delete(&addressRow{}).Error; err != nil {
		return fmt.Errorf("delete addresses: %w", err)
	}
	if len(all) == 0 {
		return nil
	}
	rows := make([]addressRow, len(all))
	for i, a := range all {
		rows[i] = addressRow{CustomerID: id, Position: i + 1, Street: a.Street, City: a.City, PostalCode: a.PostalCode, Notes: a.Notes}
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("insert addresses: %w", err)
	}
	return nil
}
