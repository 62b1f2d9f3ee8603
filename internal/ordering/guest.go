package ordering

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	people "pizzeria/internal/customer"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/clientaddr"
	"pizzeria/internal/platform/fault"
)

// Contact is whom the shop turns to about an order.
type Contact = people.Contact

// Guest is by what a customer is known again who has no account. Each order of a guest has a customer of its own; limits, and
// promotions that a customer may use so often, count by these.
type Guest struct {
	// PersonID is made of the phone number: nobody proves that it is theirs, but whoever wants to be reached tells it.
	PersonID uuid.UUID
	// Network is the client's, as clientaddr.Network tells it; "": not counted.
	Network string
}

const (
	// GuestName stands where a customer's name stands who has no account: what a guest tells is kept with the order alone.
	GuestName = "Guest"
	// GuestsKept is for how long a guest is remembered after the order: as long as a payment may be disputed, and a while longer.
	GuestsKept = 180 * 24 * time.Hour
)

// GuestCustomer is the id of the customer of a guest's order. It follows from the order's, so that another try makes no other one.
func GuestCustomer(order uuid.UUID) uuid.UUID { return uuid.NewSHA1(order, []byte("guest")) }

// Authorize refuses, with UNAUTHENTICATED, a visitor who doesn't say whom to turn to, and with FORBIDDEN a screen.
func (c PlaceOrder) Authorize() error {
	if err := c.By.RefuseScreens(); err != nil {
		return err
	}
	if c.By.SignedIn() || c.Contact != nil {
		return nil
	}
	return fault.New(fault.Unauthenticated, "Sign in, or say whom to turn to: by a name and a phone number.").At("contact")
}

// checkContact refuses a contact that can't be one, and a guest's key that others might think of: whoever knows it is given the
// order.
func (c PlaceOrder) checkContact() error {
	if c.Contact == nil {
		return nil
	}
	if err := c.Contact.Validate("contact"); err != nil {
		return err
	}
	if _, err := uuid.Parse(c.IdempotencyKey); !c.By.SignedIn() && (err != nil || len(c.IdempotencyKey) != len(uuid.UUID{}.String())) {
		return fault.New(fault.BadUserInput, "A guest's idempotency key is a random UUID.").At("idempotencyKey")
	}
	return nil
}

// guestKey names a guest's intent, which nothing but the key tells from others'. It is a secret, and so its hash is kept.
func (c PlaceOrder) guestKey() string {
	hash := sha256.Sum256([]byte(c.IdempotencyKey))
	return hex.EncodeToString(hash[:])
}

// byWhoOrders returns the command as sent by a guest, if a visitor sent it.
func (c PlaceOrder) byWhoOrders() PlaceOrder {
	if !c.By.SignedIn() && c.Contact != nil {
		c.By = auth.Guest(c.OrderID, GuestCustomer(c.OrderID), c.Contact.Cleaned().Name)
	}
	return c
}

// guest is by what the guest who orders is known again; nil of an account.
func (c PlaceOrder) guest() *Guest {
	if c.By.SignedIn() || c.Contact == nil {
		return nil
	}
	return &Guest{
		PersonID: uuid.NewSHA1(uuid.Nil, []byte("phone "+c.Contact.PhoneDigits())), Network: clientaddr.Network(c.Address),
	}
}

// customer is who the order is of. What is told for this order stands in the place of what the profile says.
func (c PlaceOrder) customer() Customer {
	who := Customer{ID: c.By.CustomerID(), Name: c.By.Name, Phone: c.By.Phone}
	if c.Contact != nil {
		told := c.Contact.Cleaned()
		who.Name, who.Phone, who.Email = told.Name, &told.Phone, told.Email
	}
	return who
}

// person is by whom promotions are counted that a customer may use so often; zero of a visitor who only asks for the price.
func (c PlaceOrder) person() uuid.UUID {
	if guest := c.guest(); guest != nil {
		return guest.PersonID
	}
	return c.By.ID
}

// PersonID is by whom promotions are counted that a customer may use so often.
func (s State) PersonID() uuid.UUID {
	if s.Guest != nil {
		return s.Guest.PersonID
	}
	return s.Customer.ID
}

// ForgottenFrom is when a guest's order is to be forgotten.
func (s State) ForgottenFrom() time.Time { return s.dueAt(s.PlacedAt).Add(GuestsKept) }

// dueAt is when the order is to be there, or the moment given if it is for as soon as possible, or was for earlier.
func (s State) dueAt(now time.Time) time.Time {
	if s.ScheduledFor != nil && s.ScheduledFor.After(now) {
		return *s.ScheduledFor
	}
	return now
}
