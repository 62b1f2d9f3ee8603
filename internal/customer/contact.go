package customer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// Contact is whom to turn to about something, as they say themselves. They need no account.
type Contact struct {
	Name  string  `json:"name"`
	Phone string  `json:"phone"`
	Email *string `json:"email"`
}

const (
	// fewestDigits keeps out what nobody can call, and with it that strangers count as one person.
	fewestDigits = 5
	// comparedDigits are the last ones of a phone number, which stay the same with and without the prefix for the country.
	comparedDigits = 9
)

// Validate has the rules of a profile, at the path of the contact. A contact has a phone number that can be called.
func (c Contact) Validate(path string) error {
	if err := text.CheckLine(c.Name, "A name", maxName, path, "name"); err != nil {
		return err
	}
	if phone, ok := text.Line(c.Phone); !ok || utf8.RuneCountInString(phone) > maxPhone || len(digits(phone)) < fewestDigits {
		return fault.New(fault.BadUserInput, "A phone number has at most %d characters, on one line, and at least %d digits.", maxPhone, fewestDigits).At(path, "phone")
	}
	if c.Email != nil {
		if _, ok := text.Email(*c.Email); !ok {
			return fault.New(fault.BadUserInput, "That is no e-mail address.").At(path, "email")
		}
	}
	return nil
}

// Cleaned is what is kept of a valid contact.
func (c Contact) Cleaned() Contact {
	c.Name, _ = text.Line(c.Name)
	c.Phone, _ = text.Line(c.Phone)
	if c.Email != nil {
		email, _ := text.Email(*c.Email)
		c.Email = &email
	}
	return c
}

// PhoneDigits are those by which a phone number is compared, however it is written: +39 081 555 0101, 0039815550101 and
// 081 5550101 are one. Numbers of two countries may look like one, which costs a guest no more than a signing-in.
func (c Contact) PhoneDigits() string {
	all := digits(c.Phone)
	return string(all[max(0, len(all)-comparedDigits):])
}

func digits(phone string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, phone))
}
