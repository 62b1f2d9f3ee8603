package location

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/platform/fault"
)

// eveningService is open in the evening, on Fridays and Saturdays until after midnight.
func eveningService() Service {
	s := Service{Fulfillment: Pickup, Terms: Terms{SlotMinutes: 15, MaxDaysAhead: 2}}
	for _, day := range Weekdays() {
		closes := TimeOfDay(22 * 60)
		if day == "FRIDAY" || day == "SATURDAY" {
			closes = 2 * 60
		}
		s.Hours = append(s.Hours, OpeningHours{day, Hours{18 * 60, closes}})
	}
	return s
}

var rome = Calendar{TimeZone: "Europe/Rome", DayEndsAt: 4 * 60}

// at reads a time; those without a zone are of Rome.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	zone, err := new(Zones).load(rome.TimeZone)
	require.NoError(t, err)
	moment, err := time.ParseInLocation("2006-01-02 15:04:05", text, zone)
	if err != nil {
		moment, err = time.Parse(time.RFC3339, text)
	}
	require.NoError(t, err, text)
	return moment.UTC()
}

func (s Service) planner(t testing.TB, now time.Time, promised ...Baking) Planner {
	t.Helper()
	timetable, err := s.Timetable(rome, now, new(Zones))
	require.NoError(t, err)
	return Planner{timetable, DefaultKitchen().Oven(promised, now)}
}

func TestWhenAServiceIsOpen(t *testing.T) {
	t.Parallel()
	s := eveningService()
	s.SpecialDays = []SpecialDay{{Date: "2026-12-24", Hours: nil}, {Date: "2026-12-25", Hours: []Hours{{12 * 60, 15 * 60}}}}
	for name, c := range map[string]struct{ now, opens, closes string }{
		"before it opens":                   {"2026-06-11 17:59:59", "2026-06-11 18:00:00", ""},
		"when it opens":                     {"2026-06-11 18:00:00", "", "2026-06-11 22:00:00"},
		"the last second":                   {"2026-06-11 21:59:59", "", "2026-06-11 22:00:00"},
		"when it closes":                    {"2026-06-11 22:00:00", "2026-06-12 18:00:00", ""},
		"after midnight":                    {"2026-06-13 01:59:59", "", "2026-06-13 02:00:00"},
		"after midnight of a short day":     {"2026-06-12 01:00:00", "2026-06-12 18:00:00", ""},
		"a night in which it is 3 after 2":  {"2026-03-29T00:59:59Z", "", "2026-03-29T01:00:00Z"},
		"when it was closed by that":        {"2026-03-29T01:00:00Z", "2026-03-29 18:00:00", ""},
		"a night in which it is 2 twice":    {"2026-10-24T23:59:59Z", "", "2026-10-25T00:00:00Z"},
		"when it is 2 for the first time":   {"2026-10-25T00:00:00Z", "2026-10-25 18:00:00", ""},
		"and for the second":                {"2026-10-25T01:00:00Z", "2026-10-25 18:00:00", ""},
		"on a day on which it is closed":    {"2026-12-24 19:00:00", "2026-12-25 12:00:00", ""},
		"on a day with other hours":         {"2026-12-25 12:00:00", "", "2026-12-25 15:00:00"},
		"after them, where the week's were": {"2026-12-25 19:00:00", "2026-12-26 18:00:00", ""},
	} {
		p := s.planner(t, at(t, c.now))

		require.Equal(t, c.opens == "", p.IsOpen(), name)
		for _, told := range []struct {
			want string
			is   *time.Time
		}{{c.opens, p.OpensAt()}, {c.closes, p.ClosesAt()}} {
			if told.want == "" {
				require.Nil(t, told.is, name)
				continue
			}
			require.NotNil(t, told.is, name)
			require.Equal(t, at(t, told.want), told.is.UTC(), name)
		}
	}
}

func TestAServiceOfWhichNothingWasSetIsOpenAlways(t *testing.T) {
	t.Parallel()
	for _, now := range []string{"2026-06-11 00:00:00", "2026-03-29 03:00:00", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"} {
		p := DefaultService(Delivery).planner(t, at(t, now))
		require.True(t, p.IsOpen())
		require.Nil(t, p.OpensAt())
		require.Nil(t, p.ClosesAt())
		_, err := p.Soonest(Work{Making: time.Hour})
		require.NoError(t, err)
	}
}

func TestAServiceWithoutHoursIsNeverOpen(t *testing.T) {
	t.Parallel()
	p := Service{Terms: Terms{SlotMinutes: 15}}.planner(t, at(t, "2026-06-11 18:00:00"))
	require.False(t, p.IsOpen())
	require.Nil(t, p.OpensAt())
	require.Empty(t, p.Slots(Work{}, p.now, 20))
	_, err := p.Soonest(Work{})
	require.True(t, fault.Is(err, fault.ServiceClosed))
}

func TestAPauseEndsByItself(t *testing.T) {
	t.Parallel()
	s := eveningService()
	until := at(t, "2026-06-11 19:00:00")
	s.Pause = &Pause{Until: until, Reason: "The oven is being mended."}

	during, ended := s.planner(t, until.Add(-time.Second)), s.planner(t, until)

	require.False(t, during.IsOpen())
	require.Equal(t, until, during.OpensAt().UTC())
	_, err := during.Soonest(Work{})
	refusal, _ := fault.As(err)
	require.Equal(t, fault.ServicePaused, refusal.Code)
	require.Equal(t, "There is a pause until 19:00: The oven is being mended.", refusal.Message)
	require.Equal(t, until, refusal.Details.NextSlot.Start, "a slot begins when the pause ends")
	require.False(t, s.planner(t, at(t, "2026-06-11 18:00:00")).Slots(Work{}, at(t, "2026-06-11 18:45:00"), 1)[0].IsFree)
	require.True(t, ended.IsOpen())
	require.Nil(t, ended.Pause())
	_, err = ended.Soonest(Work{})
	require.NoError(t, err)
}

// Each limit is inclusive: what reaches it exactly is taken.
func TestLimitsOfOrdersAsSoonAsPossible(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change   func(*Service)
		work     Work
		accepted string // the last moment
	}{
		"a slot ends when it closes":                   {func(*Service) {}, Work{}, "2026-06-11 21:45:00"},
		"the work counts":                              {func(*Service) {}, Work{Making: 20 * time.Minute}, "2026-06-11 21:25:00"},
		"so does the way":                              {func(*Service) {}, Work{Making: 20 * time.Minute, Way: 10 * time.Minute}, "2026-06-11 21:15:00"},
		"lead time counts":                             {func(s *Service) { s.LeadMinutes = 30 }, Work{}, "2026-06-11 21:15:00"},
		"lead time and work are one, the longer":       {func(s *Service) { s.LeadMinutes = 30 }, Work{Making: 20 * time.Minute}, "2026-06-11 21:15:00"},
		"the last order":                               {func(s *Service) { s.LastOrderBefore = 60 }, Work{}, "2026-06-11 21:00:00"},
		"the last order, and a slot that would be too": {func(s *Service) { s.LastOrderBefore = 60 }, Work{Making: 50 * time.Minute}, "2026-06-11 20:55:00"},
	} {
		s := eveningService()
		c.change(&s)
		last := at(t, c.accepted)

		_, before := s.planner(t, last.Add(-time.Second)).Soonest(c.work)
		_, exactly := s.planner(t, last).Soonest(c.work)
		_, after := s.planner(t, last.Add(time.Second)).Soonest(c.work)

		require.NoError(t, before, name)
		require.NoError(t, exactly, name)
		require.True(t, fault.Is(after, fault.ServiceClosed), name)
	}
}

func TestSlotsAreAnchoredAtTheOpening(t *testing.T) {
	t.Parallel()
	s := Service{Terms: Terms{SlotMinutes: 20, MaxDaysAhead: 1}, Hours: []OpeningHours{{"THURSDAY", Hours{18*60 + 10, 19*60 + 15}}, {"FRIDAY", Hours{12 * 60, 12*60 + 20}}}}

	var starts []string
	timetable := s.planner(t, at(t, "2026-06-11 12:00:00"))
	for _, slot := range timetable.Slots(Work{}, time.Time{}, 20) {
		starts = append(starts, slot.Start.In(timetable.zone).Format("Mon 15:04"))
		require.Equal(t, 20*time.Minute, slot.End.Sub(slot.Start))
	}

	require.Equal(t, []string{"Thu 18:10", "Thu 18:30", "Thu 18:50", "Fri 12:00"}, starts)
}

func TestWhyThereIsNoSlot(t *testing.T) {
	t.Parallel()
	s := eveningService()
	s.LeadMinutes = 30
	now := at(t, "2026-06-11 18:00:00")
	for asked, reason := range map[string]string{
		"2026-06-11 18:15:00": "The earliest is 18:30.",
		"2026-06-11 18:40:00": "Orders are taken for every 15 minutes from 18:00 on.",
		"2026-06-11 22:00:00": "It is closed then.",
		"2026-06-11 17:45:00": "That is over.",
		"2026-06-14 18:00:00": "Orders are taken for 2 days ahead.",
	} {
		_, err := s.planner(t, now).Scheduled(Work{}, at(t, asked))
		refusal, _ := fault.As(err)
		require.NotNil(t, refusal, asked)
		require.Equal(t, fault.SlotUnavailable, refusal.Code)
		require.Equal(t, reason, refusal.Message, asked)
		require.NotNil(t, refusal.Details.NextSlot, asked)
	}
	for _, asked := range []string{"2026-06-11 18:30:00", "2026-06-11 21:45:00", "2026-06-13 18:00:00", "2026-06-14 01:45:00"} {
		plan, err := s.planner(t, now).Scheduled(Work{}, at(t, asked))
		require.NoError(t, err, asked)
		require.Equal(t, at(t, asked), plan.Likely, asked)
	}
}

// clock is a slow and separate calculation: it goes from minute to minute and looks at what the clocks on the wall show. When
// they are put back, it waits until they show something new.
type clock struct {
	zone  *time.Location
	shown time.Time // the latest that they showed, as if it were in UTC
}

func (c *clock) tick(at time.Time) time.Time {
	_, ahead := at.In(c.zone).Zone()
	c.shown = later(c.shown, at.UTC().Add(time.Duration(ahead)*time.Second))
	return c.shown
}

// Around the changes of the clocks too, every slot that is offered is one by the slow calculation, and the other way round.
func TestSlotsAreThoseOfAWalkFromMinuteToMinute(t *testing.T) {
	t.Parallel()
	zones := new(Zones)
	rapid.Check(t, func(t *rapid.T) {
		calendar := Calendar{
			TimeZone:  rapid.SampledFrom([]string{"Europe/Rome", "America/Chicago", "Australia/Lord_Howe", "Asia/Tokyo", "America/St_Johns"}).Draw(t, "zone"),
			DayEndsAt: 4 * 60,
		}
		zone, err := zones.load(calendar.TimeZone)
		require.NoError(t, err)
		s := randomService(t)
		around := rapid.SampledFrom([]string{"2026-03-28", "2026-10-24", "2026-03-07", "2026-10-31", "2026-04-04", "2026-10-03", "2026-06-10"}).Draw(t, "around")
		day, err := time.Parse(time.DateOnly, around)
		require.NoError(t, err)
		now := day.Add(time.Duration(rapid.IntRange(-24*60, 48*60).Draw(t, "now")) * time.Minute)
		timetable, err := s.Timetable(calendar, now, zones)
		require.NoError(t, err)

		var told, walked []string
		for start := range timetable.times(now) {
			told = append(told, start.UTC().Format(time.RFC3339))
		}
		for _, start := range walk(s, calendar, zone, now) {
			walked = append(walked, start.Format(time.RFC3339))
		}
		require.Equal(t, walked, told)
	})
}

func randomService(t *rapid.T) Service {
	s := Service{Terms: Terms{
		SlotMinutes: rapid.SampledFrom([]int{5, 15, 20, 45, 60}).Draw(t, "slot"), MaxDaysAhead: rapid.IntRange(0, 2).Draw(t, "days ahead"),
		LeadMinutes: rapid.SampledFrom([]int{0, 30, 1440}).Draw(t, "lead"), LastOrderBefore: rapid.SampledFrom([]int{0, 30, 120}).Draw(t, "last order"),
	}}
	for _, day := range Weekdays() {
		for _, h := range [][2]int{{0, 180}, {180, 720}, {720, 1440}} {
			if !rapid.Bool().Draw(t, "open") {
				continue
			}
			opens := rapid.IntRange(h[0]/15, h[1]/15-2).Draw(t, "opens") * 15
			closes := rapid.IntRange(opens/15+1, h[1]/15).Draw(t, "closes") * 15 % minutesOfDay
			s.Hours = append(s.Hours, OpeningHours{day, Hours{TimeOfDay(opens), TimeOfDay(closes)}})
		}
	}
	return s
}

// walk finds the starts of slots by looking at each minute.
func walk(s Service, calendar Calendar, zone *time.Location, now time.Time) (starts []time.Time) {
	type wall struct{ day, opens, closes time.Time } // of the clocks
	var hours []wall
	first := now.Add(-48 * time.Hour).Truncate(24 * time.Hour)
	for day := first; day.Before(now.Add(5 * 24 * time.Hour)); day = day.Add(24 * time.Hour) {
		for _, h := range s.Hours {
			if h.Weekday == weekdayOf(day) {
				opens := day.Add(time.Duration(h.Opens) * time.Minute)
				hours = append(hours, wall{day, opens, opens.Add(time.Duration(h.length()) * time.Minute)})
			}
		}
	}
	today, _ := calendar.BusinessDay(now, new(Zones))
	minute := first.Add(-24 * time.Hour)
	c := &clock{zone: zone}
	type state struct {
		began time.Time
		wall
	}
	var (
		open    *state
		pending []state // slots that have begun: until they end inside of the opening, they are none
		found   []state
	)
	var lastClosed []time.Time // openings that ended, without the next beginning at once
	for ; minute.Before(now.Add(5 * 24 * time.Hour)); minute = minute.Add(time.Minute) {
		shown := c.tick(minute)
		var current *wall
		for len(hours) > 0 && !shown.Before(hours[0].closes) {
			hours = hours[1:]
		}
		if len(hours) > 0 && !shown.Before(hours[0].opens) {
			current = &hours[0]
		}
		if open != nil && (current == nil || current.opens != open.opens) {
			for _, slot := range pending {
				if !slot.began.Add(time.Duration(s.SlotMinutes) * time.Minute).After(minute) {
					found = append(found, slot)
				}
			}
			pending, open = nil, nil
			if current == nil {
				lastClosed = append(lastClosed, minute)
			}
		}
		if current != nil && open == nil {
			open = &state{minute, *current}
		}
		if open != nil && minute.Sub(open.began)%(time.Duration(s.SlotMinutes)*time.Minute) == 0 {
			pending = append(pending, state{minute, open.wall})
		}
	}
	for _, slot := range found {
		var closes time.Time // of the opening, with what follows at once
		for _, end := range lastClosed {
			if end.After(slot.began) {
				closes = end
				break
			}
		}
		soonEnough := closes.IsZero() || !now.After(closes.Add(-time.Duration(s.LastOrderBefore)*time.Minute))
		lateEnough := !slot.began.Before(now.Add(time.Duration(s.LeadMinutes) * time.Minute))
		if soonEnough && lateEnough && !slot.day.After(today.AddDate(0, 0, s.MaxDaysAhead)) {
			starts = append(starts, slot.began)
		}
	}
	return starts
}
