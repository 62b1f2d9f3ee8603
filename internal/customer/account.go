// Package customer signs people up, in and out.
package customer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// Stream is an account's in the log of events.
const Stream = "ACCOUNT"

// AccountOpened is the first event of an account's life.
const AccountOpened = "OPENED"

// Account is how a customer signs in. Its id is the customer's.
type Account struct {
	ID           uuid.UUID
	Name         string
	Email        string // compared regardless of case
	Phone        *string
	Roles        []auth.Role
	PasswordHash string
}

func (a Account) actor() auth.Actor {
	return auth.Actor{ID: a.ID, Name: a.Name, Email: a.Email, Phone: a.Phone, Roles: a.Roles}
}

const (
	maxName     = 200
	maxEmail    = 320
	minPassword = 8
	maxPassword = 1000
	maxPhone    = 40
)

func validName(name string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(name)); n < 1 || n > maxName || !text.Line(name) {
		return fault.New(fault.BadUserInput, "A name has 1 to %d characters.", maxName).At("name")
	}
	return nil
}

func validEmail(email string) error {
	if !plausible(strings.TrimSpace(email)) {
		return fault.New(fault.BadUserInput, "That is no e-mail address.").At("email")
	}
	return nil
}

func validPassword(password string) error {
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		return fault.New(fault.BadUserInput, "A password has %d to %d characters.", minPassword, maxPassword).At("password")
	}
	return nil
}

func validPhone(phone *string) error {
	if phone != nil && (utf8.RuneCountInString(strings.TrimSpace(*phone)) > maxPhone || !text.Line(*phone)) {
		return fault.New(fault.BadUserInput, "A phone number has at most %d characters.", maxPhone).At("phone")
	}
	return nil
}

// plausible catches slips of the keyboard. Whether an address exists only a letter to it can tell.
func plausible(email string) bool {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || utf8.RuneCountInString(email) > maxEmail || strings.ContainsFunc(email, unicode.IsSpace) || !text.Line(email) {
		return false
	}
	domain := email[at+1:]
	dot := strings.LastIndexByte(domain, '.')
	return dot > 0 && dot < len(domain)-1 && !strings.ContainsRune(email[:at], '@')
}

func trimmed(phone *string) *string {
	if phone == nil || strings.TrimSpace(*phone) == "" {
		return nil
	}
	return new(strings.TrimSpace(*phone))
}
