package location

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// Fulfillment is how the food reaches the customer.
type Fulfillment string

// The ways food reaches a customer.
const (
	Delivery Fulfillment = "DELIVERY"
	Pickup   Fulfillment = "PICKUP"
)

// Fulfillments are all of them.
func Fulfillments() []Fulfillment { return []Fulfillment{Delivery, Pickup} }

// Service is what a location offers of one fulfillment, and when.
type Service struct {
	Fulfillment Fulfillment    `json:"fulfillment"`
	Hours       []OpeningHours `json:"hours"`       // by weekday and time
	SpecialDays []SpecialDay   `json:"specialDays"` // by date
	Terms
	Pause *Pause `json:"pause"` // nil: it was never paused, or was resumed
}

// Terms bound how late, how soon and how far ahead a service takes orders.
type Terms struct {
	// LastOrderBefore is how many minutes before closing the last orders are taken.
	LastOrderBefore int `json:"lastOrderBefore"`
	// LeadMinutes is how long after it was placed an order is there at the earliest.
	LeadMinutes int `json:"leadMinutes"`
	SlotMinutes int `json:"slotMinutes"`
	// MaxDaysAhead is for how many days after today's business day orders are taken.
	MaxDaysAhead int `json:"maxDaysAhead"`
}

// Hours are from one time of day until another, on the next day if that is no later: as long as a day if both are the same.
type Hours struct {
	Opens  TimeOfDay `json:"opens"`
	Closes TimeOfDay `json:"closes"`
}

// OpeningHours are hours that begin on a day of each week.
type OpeningHours struct {
	Weekday Weekday `json:"weekday"`
	Hours
}

// SpecialDay replaces the hours that begin on one day; with none, it is closed.
type SpecialDay struct {
	Date  Date    `json:"date"`
	Hours []Hours `json:"hours"` // by time
}

// Pause closes a service until it ends by itself.
type Pause struct {
	Until  time.Time `json:"until"`
	Reason string    `json:"reason"`
}

// Service returns what is offered of a fulfillment.
func (s State) Service(how Fulfillment) Service {
	if i := slices.IndexFunc(s.Services, func(set Service) bool { return set.Fulfillment == how }); i >= 0 {
		return s.Services[i]
	}
	return DefaultService(how)
}

// withService returns the services that have been set, and one more, in the place of what was set of its fulfillment.
func withService(services []Service, changed Service) []Service {
	all := slices.DeleteFunc(slices.Clone(services), func(s Service) bool { return s.Fulfillment == changed.Fulfillment })
	all = append(all, changed)
	slices.SortFunc(all, func(a, b Service) int { return strings.Compare(string(a.Fulfillment), string(b.Fulfillment)) })
	return all
}

// DefaultService is one of which nothing was set: it is open always.
func DefaultService(how Fulfillment) Service {
	s := Service{Fulfillment: how, Terms: Terms{SlotMinutes: 15, MaxDaysAhead: 7}}
	for _, day := range Weekdays() {
		s.Hours = append(s.Hours, OpeningHours{Weekday: day})
	}
	return s
}

func (s Service) equal(other Service) bool {
	return s.Fulfillment == other.Fulfillment && slices.Equal(s.Hours, other.Hours) && s.Terms == other.Terms && s.Pause.equal(other.Pause) &&
		slices.EqualFunc(s.SpecialDays, other.SpecialDays, func(a, b SpecialDay) bool { return a.Date == b.Date && slices.Equal(a.Hours, b.Hours) })
}

// on yields the hours that begin on a day, which is at midnight, UTC, in order.
func (s Service) on(day time.Time) iter.Seq[Hours] {
	return func(yield func(Hours) bool) {
		if special := s.specialDay(day); special != nil {
			slices.Values(special.Hours)(yield)
			return
		}
		weekday := weekdayOf(day)
		for _, h := range s.Hours {
			if h.Weekday == weekday && !yield(h.Hours) {
				return
			}
		}
	}
}

func (s Service) specialDay(day time.Time) *SpecialDay {
	if len(s.SpecialDays) == 0 {
		return nil
	}
	i, special := slices.BinarySearchFunc(s.SpecialDays, dateOf(day), SpecialDay.compareDate)
	if !special {
		return nil
	}
	return &s.SpecialDays[i]
}

func (p *Pause) equal(other *Pause) bool {
	return (p == nil) == (other == nil) && (p == nil || p.Until.Equal(other.Until) && p.Reason == other.Reason)
}

func (d SpecialDay) compareDate(date Date) int { return compareDates(d.Date, date) }
