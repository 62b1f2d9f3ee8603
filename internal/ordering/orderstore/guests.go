package orderstore

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

// addGuest makes the customer of a guest's order. One that is there already is an earlier try's, as the order is.
func addGuest(tx *gorm.DB, state ordering.State) error {
	if state.Guest == nil {
		return nil
	}
	err := tx.Exec(`
		INSERT INTO public.customers (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		state.Customer.ID, ordering.GuestName, state.PlacedAt).Error
	if err != nil {
		return fmt.Errorf("insert a guest: %w", err)
	}
	return nil
}

// rememberGuest keeps by what the guest of a new order is known again, and makes the guest due to be forgotten, as who has deleted
// an account is.
func rememberGuest(tx *gorm.DB, state ordering.State) error {
	if state.Guest == nil {
		return nil
	}
	err := tx.Exec(`
		WITH forgotten AS (
			INSERT INTO public.erasures (customer_id, requested_at, due_at) VALUES (?, ?, ?)
		), placed AS (
			INSERT INTO public.guest_networks (order_id, network, placed_at) SELECT ?::uuid, n.network, ?::timestamptz FROM (SELECT ?::text AS network) AS n WHERE n.network <> ''
		)
		INSERT INTO public.guest_orders (order_id, person_id) VALUES (?, ?)`,
		state.Customer.ID, state.PlacedAt, state.ForgottenFrom(), state.ID, state.PlacedAt, state.Guest.Network, state.ID, state.Guest.PersonID).Error
	if err != nil {
		return fmt.Errorf("insert a guest's order: %w", err)
	}
	return nil
}

// SweepNetworks forgets where guests ordered from, when their orders are finished for sure: they are placed a month ahead at most.
func SweepNetworks() postgres.Sweep {
	return postgres.Sweep{Table: "public.guest_networks", Column: "placed_at", Keep: 35 * 24 * time.Hour}
}

// allowGuest refuses what is more than limits let guests have open at a location. The orders of one phone number take turns here,
// and those of one network after it.
func allowGuest(tx *gorm.DB, guest ordering.Guest, at uuid.UUID, limits location.OrderLimits) error {
	if err := postgres.TakeTurns(tx, "orders of "+guest.PersonID.String()+" at "+at.String()); err != nil {
		return err
	}
	if guest.Network != "" {
		if err := postgres.TakeTurns(tx, "orders of guests from "+guest.Network+" at "+at.String()); err != nil {
			return err
		}
	}
	var open struct {
		Person  ordering.Open `gorm:"embedded;embeddedPrefix:person_"`
		Network ordering.Open `gorm:"embedded;embeddedPrefix:network_"`
	}
	err := tx.Raw(`
		SELECT
			count(*) FILTER (WHERE o.by_person) AS person_orders,
			coalesce(sum(o.portions) FILTER (WHERE o.by_person), 0) AS person_portions,
			count(*) FILTER (WHERE o.by_person AND o.method = 'CASH') AS person_cash_orders,
			count(*) FILTER (WHERE o.by_network) AS network_orders,
			coalesce(sum(o.portions) FILTER (WHERE o.by_network), 0) AS network_portions
		FROM (
			SELECT
				bool_or(g.by_person) AS by_person,
				bool_or(g.by_network) AS by_network,
				p.method,
				(SELECT sum(i.quantity) FROM public.order_items AS i WHERE i.order_id = u.id) AS portions
			FROM (
				SELECT n.order_id, false AS by_person, true AS by_network FROM public.guest_networks AS n WHERE n.network = ?
				UNION ALL
				SELECT w.order_id, true, false FROM public.guest_orders AS w WHERE w.person_id = ?
			) AS g
			JOIN public.orders AS u ON u.id = g.order_id
			JOIN public.payments AS p ON p.order_id = u.id
			WHERE u.location_id = ? AND u.status IN ('PENDING', 'CONFIRMED', 'PREPARING', 'READY', 'OUT_FOR_DELIVERY')
			GROUP BY u.id, p.id
		) AS o`, guest.Network, guest.PersonID, at,
	).Find(&open).Error
	if err != nil {
		return fmt.Errorf("count the open orders of guests: %w", err)
	}
	return ordering.OpenOfGuests{Person: open.Person, Network: open.Network}.Allow(limits)
}
