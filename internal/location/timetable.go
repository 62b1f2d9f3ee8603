package location

import (
	"fmt"
	"slices"
	"time"
)

// Timetable is when a service is open, around a moment and for as long as orders are taken ahead.
type Timetable struct {
	service  Service
	now      time.Time
	zone     *time.Location
	openings []opening // that haven't closed, in order; they may touch, and don't overlap
	lastDay  time.Time // for which orders are taken
}

// opening is a time during which a service is open.
type opening struct {
	day             time.Time // on which it begins, at midnight, UTC
	opens, closes   time.Time
	closesForAWhile time.Time // when it closes, and no other opening begins at once
}

// horizonDays is how far ahead a timetable looks at least.
const horizonDays = 14

// Timetable returns when a service is open at a location with this calendar, from now on.
func (s Service) Timetable(c Calendar, now time.Time, zones *Zones) (Timetable, error) {
	return s.timetable(c, now, max(s.MaxDaysAhead, horizonDays)+1, zones)
}

// Today is Timetable for today and tomorrow alone, which is found out faster. Whatever it takes, Timetable takes.
func (s Service) Today(c Calendar, now time.Time, zones *Zones) (Timetable, error) {
	return s.timetable(c, now, 1, zones)
}

func (s Service) timetable(c Calendar, now time.Time, days int, zones *Zones) (Timetable, error) {
	zone, err := zones.load(c.TimeZone)
	if err != nil {
		return Timetable{}, err
	}
	today, err := c.BusinessDay(now, zones)
	if err != nil {
		return Timetable{}, err
	}
	t := Timetable{service: s, now: now, zone: zone, lastDay: today.AddDate(0, 0, s.MaxDaysAhead)}
	last := today.AddDate(0, 0, days)
	for day := today.AddDate(0, 0, -1); !day.After(last); day = day.AddDate(0, 0, 1) {
		t.open(day)
	}
	t.openings = slices.DeleteFunc(t.openings, func(o opening) bool { return !o.closes.After(now) })
	for i := len(t.openings) - 1; i >= 0; i-- {
		o := &t.openings[i]
		o.closesForAWhile = o.closes
		if i+1 < len(t.openings) && t.openings[i+1].opens.Equal(o.closes) {
			o.closesForAWhile = t.openings[i+1].closesForAWhile
		}
	}
	return t, nil
}

// open adds the openings that begin on a day. Clocks that are put forward may leave nothing of one. What a special day has in
// common with the night before belongs to the later one.
func (t *Timetable) open(day time.Time) {
	for h := range t.service.on(day) {
		closing := day
		if h.Closes <= h.Opens {
			closing = day.AddDate(0, 0, 1)
		}
		o := opening{day: day, opens: h.Opens.on(day, t.zone), closes: h.Closes.on(closing, t.zone)}
		if !o.opens.Before(o.closes) {
			continue
		}
		if n := len(t.openings); n > 0 && o.opens.Before(t.openings[n-1].closes) {
			last := &t.openings[n-1]
			if !o.closes.After(last.closes) {
				continue
			}
			last.closes = o.opens
		}
		t.openings = append(t.openings, o)
	}
}

// IsOpen tells whether the service is open now, and not paused.
func (t Timetable) IsOpen() bool { return !t.paused(t.now) && t.atNow() != nil }

// OpensAt returns when the service is open again, nil while it is, and if that isn't within two weeks.
func (t Timetable) OpensAt() *time.Time {
	if t.IsOpen() {
		return nil
	}
	earliest := t.now
	if t.paused(t.now) {
		earliest = t.service.Pause.Until
	}
	for _, o := range t.openings {
		if o.closes.After(earliest) {
			return new(later(o.opens, earliest))
		}
	}
	return nil
}

// ClosesAt returns when the service closes, nil while it is closed, and if that isn't within two weeks.
func (t Timetable) ClosesAt() *time.Time {
	if !t.IsOpen() {
		return nil
	}
	closes := t.atNow().closesForAWhile
	if closes.Sub(t.now) > horizonDays*24*time.Hour {
		return nil
	}
	return &closes
}

// Pause returns the pause that the service is in; nil if it is in none.
func (t Timetable) Pause() *Pause {
	if !t.paused(t.now) {
		return nil
	}
	return t.service.Pause
}

func (t Timetable) paused(at time.Time) bool {
	return t.service.Pause != nil && at.Before(t.service.Pause.Until)
}

// atNow returns the opening that has begun; nil if there is none.
func (t Timetable) atNow() *opening {
	if len(t.openings) == 0 || t.openings[0].opens.After(t.now) {
		return nil
	}
	return &t.openings[0]
}

// told writes a time as clocks there show it, with the day if it isn't today's.
func (t Timetable) told(at time.Time) string {
	there, now := at.In(t.zone), t.now.In(t.zone)
	clock := there.Format("15:04")
	switch days := there.Sub(now); {
	case there.YearDay() == now.YearDay() && there.Year() == now.Year():
		return clock
	case days < 6*24*time.Hour && days > 0:
		return fmt.Sprintf("%s on %s", clock, there.Weekday())
	}
	return fmt.Sprintf("%s on %s", clock, there.Format("2 January"))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
