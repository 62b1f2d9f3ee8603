package location

import (
	"strings"
	"time"

	"pizzeria/internal/platform/fault"
)

// Date is a day of the calendar, "2026-12-24".
type Date string

// ParseDate reads a day of the years 1 to 9999.
func ParseDate(text string) (Date, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() < 1 {
		return "", fault.New(fault.BadUserInput, "A date is written as in RFC 3339, e.g. 2026-12-24.")
	}
	return Date(text), nil
}

func dateOf(day time.Time) Date { return Date(day.Format(time.DateOnly)) }

func compareDates(a, b Date) int { return strings.Compare(string(a), string(b)) }

// Weekday is a day of the week; the contract's enum.
type Weekday string

// Weekdays are all of them, from MONDAY on.
func Weekdays() []Weekday {
	return []Weekday{"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"}
}

func weekdayOf(day time.Time) Weekday {
	return [...]Weekday{"SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"}[day.Weekday()]
}
