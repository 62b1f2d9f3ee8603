package inventory

import (
	"time"
	"unicode/utf8"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/text"
)

// Availability is what people say of an ingredient at a location, whatever was counted. While it is sold out, nobody is promised
// more of it; what is promised stays so.
type Availability struct {
	SoldOutSince *time.Time // nil: it isn't
	// SoldOutUntil is when that ends by itself; nil: until further notice. It stays once that has come: what was ordered before it
	// is refused, even if it comes later.
	SoldOutUntil  *time.Time
	SoldOutReason *string
}

const (
	maxSoldOut       = 366 * 24 * time.Hour
	maxSoldOutReason = 200
)

// IsSoldOut tells whether somebody has sold it out.
func (a Availability) IsSoldOut() bool { return a.SoldOutSince != nil }

// until is when it comes back by itself; nil: it is there, or gone until further notice.
func (a Availability) until() *time.Time {
	if !a.IsSoldOut() {
		return nil
	}
	return a.SoldOutUntil
}

// Same tells whether both say the same.
func (a Availability) Same(b Availability) bool {
	return a.IsSoldOut() == b.IsSoldOut() && sameMoment(a.until(), b.until()) && patch.Same(a.SoldOutReason, b.SoldOutReason)
}

func sameMoment(a, b *time.Time) bool {
	return a == b || a != nil && b != nil && a.Equal(*b)
}

// setAvailability does what the command asks for. It fails with BAD_USER_INPUT for an end that isn't within a year.
func (l *Level) setAvailability(cmd SetIngredientAvailability, c location.Calendar, at time.Time, zones *location.Zones) error {
	if cmd.Available {
		if l.IsSoldOut() {
			l.Availability = Availability{}
		}
		return nil
	}
	until, err := cmd.end(c, at, zones)
	if err != nil {
		return err
	}
	since := l.SoldOutSince
	if since == nil {
		since = &at
	}
	l.Availability = Availability{SoldOutSince: since, SoldOutUntil: until, SoldOutReason: cleaned(cmd.Reason)}
	return nil
}

// end is when it comes back by itself; nil: until further notice.
func (c SetIngredientAvailability) end(there location.Calendar, at time.Time, zones *location.Zones) (*time.Time, error) {
	if c.ForToday {
		end, err := there.EndOfBusinessDay(at, zones)
		return &end, err
	}
	if c.Until == nil {
		return nil, nil
	}
	until := c.Until.UTC().Truncate(time.Microsecond) // as it is kept
	if !until.After(at) || until.Sub(at) > maxSoldOut {
		return nil, fault.New(fault.BadUserInput, "What is sold out comes back within a year.").At("until")
	}
	return &until, nil
}

// comeBack ends what has lasted until now or longer ago.
func (l *Level) comeBack(now time.Time) {
	if until := l.until(); until != nil && !until.After(now) {
		l.Availability = Availability{SoldOutUntil: until}
	}
}

func validReason(reason string) error {
	clean, ok := text.Line(reason)
	if n := utf8.RuneCountInString(clean); n < 1 || n > maxSoldOutReason || !ok {
		return fault.New(fault.BadUserInput, "A reason has 1 to %d characters on one line.", maxSoldOutReason).At("reason")
	}
	return nil
}

// cleaned is the reason that is kept; nil if none was given.
func cleaned(reason *string) *string {
	if reason == nil {
		return nil
	}
	clean, _ := text.Line(*reason)
	return &clean
}
