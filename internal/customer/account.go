// Package customer signs people up, in and out.
package customer

import (
	"unicode/utf8"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// Stream is an account's in the log of events.
const Stream = "ACCOUNT"

// The events of an account's life.
const (
	AccountOpened  = "OPENED"
	StaffInvited   = "INVITED"
	InviteAccepted = "INVITE_ACCEPTED"
	RightsChanged  = "RIGHTS_CHANGED"
	PasswordSet    = "PASSWORD_SET"
	ProfileChanged = "PROFILE_CHANGED"
	AccountDeleted = "DELETED"
)

// Account is how a customer signs in. Its id is the customer's.
type Account struct {
	ID           uuid.UUID
	Name         string
	Email        string // as given; unique by text.Fold
	Phone        *string
	PasswordHash string
	Rights
}

// Actor is who acts by this account.
func (a Account) Actor() auth.Actor {
	return auth.Actor{ID: a.ID, Name: a.Name, Email: a.Email, Phone: a.Phone, Roles: a.Roles, LocationIDs: a.LocationIDs}
}

const (
	maxName  = 200
	maxPhone = 40
)

func validName(name string) error { return text.CheckLine(name, "A name", maxName, "name") }

func validEmail(email string) error {
	if _, ok := text.Email(email); !ok {
		return fault.New(fault.BadUserInput, "That is no e-mail address.").At("email")
	}
	return nil
}

func validPhone(phone *string) error {
	clean, ok := text.OptionalLine(phone)
	if !ok || (clean != nil && utf8.RuneCountInString(*clean) > maxPhone) {
		return fault.New(fault.BadUserInput, "A phone number has at most %d characters, on one line.", maxPhone).At("phone")
	}
	return nil
}
