package location

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // the zones must be the same on every machine, and there where none are installed

	"pizzeria/internal/platform/fault"
)

// Calendar tells which business day it is at a location.
type Calendar struct {
	TimeZone  string    // IANA name
	DayEndsAt TimeOfDay // until then it is still yesterday's business day
}

// BusinessDay returns the day to which a moment belongs at the location: the last one that had begun. The day is at midnight,
// UTC.
func (c Calendar) BusinessDay(at time.Time, zones *Zones) (time.Time, error) {
	zone, err := zones.load(c.TimeZone)
	if err != nil {
		return time.Time{}, err
	}
	there := at.In(zone)
	day := time.Date(there.Year(), there.Month(), there.Day(), 0, 0, 0, 0, time.UTC)
	if at.Before(c.DayEndsAt.on(day, zone)) {
		day = day.AddDate(0, 0, -1)
	}
	return day, nil
}

// EndOfBusinessDay returns when the business day ends to which a moment belongs at the location: always later than the moment.
func (c Calendar) EndOfBusinessDay(at time.Time, zones *Zones) (time.Time, error) {
	day, err := c.BusinessDay(at, zones)
	if err != nil {
		return time.Time{}, err
	}
	zone, err := zones.load(c.TimeZone)
	if err != nil {
		return time.Time{}, err
	}
	for {
		day = day.AddDate(0, 0, 1)
		// Where the clocks are put back over the end of the day, a moment may be in the day before though that has ended.
		if end := c.DayEndsAt.on(day, zone); end.After(at) {
			return end.UTC(), nil
		}
	}
}

// on returns when the clocks of a zone first show the time on a day, or something later where they are put forward over it.
// Where they are put back over it, the second time counts for nothing. The day is at midnight, UTC.
func (t TimeOfDay) on(day time.Time, zone *time.Location) time.Time {
	shown := day.Add(time.Duration(t) * time.Minute) // as if the clocks were in UTC
	earlier, later := offset(shown.Add(-24*time.Hour), zone), offset(shown.Add(24*time.Hour), zone)
	first := shown.Add(-max(earlier, later))
	for _, at := range []time.Time{first, shown.Add(-min(earlier, later))} {
		if offset(at, zone) == shown.Sub(at) {
			return at
		}
	}
	_, forward := first.In(zone).ZoneBounds()
	return forward
}

// offset returns how far the clocks of a zone are ahead of UTC.
func offset(at time.Time, zone *time.Location) time.Duration {
	_, seconds := at.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// Zones keeps the time zones that have been loaded: parsing one takes longer than reading a location. The zero Zones is ready.
type Zones struct{ loaded sync.Map } // of *time.Location, by name

func (z *Zones) load(name string) (*time.Location, error) {
	if zone, known := z.loaded.Load(name); known {
		return zone.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("load time zone: %w", err)
	}
	z.loaded.Store(name, zone)
	return zone, nil
}

// TimeOfDay is what a clock on the wall shows, in minutes since midnight: 0 to 1,439.
type TimeOfDay int

const minutesOfDay = 24 * 60

// ParseTimeOfDay reads "HH:MM", 00:00 to 23:59.
func ParseTimeOfDay(text string) (TimeOfDay, error) {
	at, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return 0, fault.New(fault.BadUserInput, "A time of day is written HH:MM, from 00:00 to 23:59.")
	}
	return TimeOfDay(at.Hour()*60 + at.Minute()), nil
}

// String writes "HH:MM".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// MarshalText writes "HH:MM".
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads "HH:MM".
func (t *TimeOfDay) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTimeOfDay(string(text))
	return err
}

func validTimeZone(name string) error {
	// "" and "Local" are the machine's, which is no answer to the question.
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		return fault.New(fault.BadUserInput, "A time zone is named as in the IANA database, for example Europe/Rome.").At("timeZone")
	}
	return nil
}

func validDayEnd(end TimeOfDay) error {
	if end < 0 || end >= minutesOfDay/2 {
		return fault.New(fault.BadUserInput, "A business day ends from 00:00 to 11:59.").At("dayEndsAt")
	}
	return nil
}
