package location

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

func TestABusinessDayEndsWhereItsLocationSays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		zone, ends string
		at, day    string
	}{
		"noon":                                  {"Europe/Rome", "04:00", "2026-06-12T10:00:00Z", "2026-06-12"},
		"after midnight":                        {"Europe/Rome", "04:00", "2026-06-12T23:30:00Z", "2026-06-12"},
		"the last minute":                       {"Europe/Rome", "04:00", "2026-06-13T01:59:59Z", "2026-06-12"},
		"the first minute":                      {"Europe/Rome", "04:00", "2026-06-13T02:00:00Z", "2026-06-13"},
		"a day that ends at midnight":           {"Europe/Rome", "00:00", "2026-06-12T22:00:00Z", "2026-06-13"},
		"the same moment in Chicago":            {"America/Chicago", "04:00", "2026-06-12T23:30:00Z", "2026-06-12"},
		"the same moment in Tokyo":              {"Asia/Tokyo", "04:00", "2026-06-12T23:30:00Z", "2026-06-13"},
		"before clocks are put forward":         {"Europe/Rome", "02:30", "2026-03-29T00:59:00Z", "2026-03-28"},
		"clocks put forward over the day's end": {"Europe/Rome", "02:30", "2026-03-29T01:00:00Z", "2026-03-29"},
		"before clocks are put back":            {"Europe/Rome", "02:30", "2026-10-25T00:29:00Z", "2026-10-24"},
		"the day's end, for the first time":     {"Europe/Rome", "02:30", "2026-10-25T00:30:00Z", "2026-10-25"},
		"clocks put back over the day's end":    {"Europe/Rome", "02:30", "2026-10-25T01:15:00Z", "2026-10-25"},
		"clocks put back before the day's end":  {"Europe/Rome", "04:00", "2026-10-25T02:59:00Z", "2026-10-24"},
		"the first minute after they were":      {"Europe/Rome", "04:00", "2026-10-25T03:00:00Z", "2026-10-25"},
		"clocks put back in Chicago":            {"America/Chicago", "04:00", "2026-11-01T09:59:00Z", "2026-10-31"},
		"clocks put forward by half an hour":    {"Australia/Lord_Howe", "02:15", "2026-10-03T15:29:00Z", "2026-10-03"},
		"a day that a country left out":         {"Pacific/Apia", "04:00", "2011-12-30T15:00:00Z", "2011-12-31"},
		"the last business day before that":     {"Pacific/Apia", "04:00", "2011-12-30T09:59:00Z", "2011-12-29"},
		"the last day of a year":                {"Asia/Tokyo", "05:00", "2026-12-31T19:59:00Z", "2026-12-31"},
		"a leap day":                            {"Asia/Kolkata", "04:00", "2028-02-29T22:29:00Z", "2028-02-29"},
	} {
		ends, err := ParseTimeOfDay(c.ends)
		require.NoError(t, err)
		at, err := time.Parse(time.RFC3339, c.at)
		require.NoError(t, err)

		day, err := Calendar{TimeZone: c.zone, DayEndsAt: ends}.BusinessDay(at, new(Zones))

		require.NoError(t, err)
		require.Equal(t, c.day, day.Format(time.DateOnly), name)
	}
}

// Clocks that are put back show the hour before a day's end twice: the day that has begun must not end again.
func TestDaysFollowOneAnother(t *testing.T) {
	t.Parallel()
	zones := new(Zones)
	for _, zone := range []string{"Europe/Rome", "America/Chicago", "Asia/Tokyo", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca"} {
		for _, ends := range []TimeOfDay{0, 90, 150, 240, 719} {
			calendar := Calendar{TimeZone: zone, DayEndsAt: ends}
			at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			last, err := calendar.BusinessDay(at, zones)
			require.NoError(t, err)
			for range 366 * 48 {
				at = at.Add(30 * time.Minute)
				day, err := calendar.BusinessDay(at, zones)
				require.NoError(t, err)
				require.False(t, day.Before(last), "%s, days that end at %s: at %s it is the day before again", zone, ends, at)
				require.LessOrEqual(t, day.Sub(last), 24*time.Hour)
				if day.Equal(last) {
					continue
				}
				last = day
				end, err := calendar.EndOfBusinessDay(at, zones)
				require.NoError(t, err)
				require.True(t, end.After(at), "%s, days that end at %s: at %s its day has ended at %s", zone, ends, at, end)
				require.LessOrEqual(t, end.Sub(at), 25*time.Hour)
				next, err := calendar.BusinessDay(end, zones)
				require.NoError(t, err)
				require.Equal(t, day.AddDate(0, 0, 1), next)
				still, err := calendar.BusinessDay(end.Add(-time.Nanosecond), zones)
				require.NoError(t, err)
				require.Equal(t, day, still)
			}
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"00:00", "04:00", "23:59"} {
		at, err := ParseTimeOfDay(text)
		require.NoError(t, err)
		require.Equal(t, text, at.String())
	}
	for _, text := range []string{"", "4:00", "24:00", "04:60", "04:00:00", "-1:00", "04.00", "０４:００", " 04:00"} {
		_, err := ParseTimeOfDay(text)
		require.True(t, faulttest.Refusal(t, err), text)
	}
}

func TestTimeZones(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Rome", "America/Argentina/Buenos_Aires", "UTC"} {
		require.NoError(t, validTimeZone(name), name)
	}
	for _, name := range []string{"", "Local", "Europe/Atlantis", "../etc/passwd", "/etc/localtime", "CEST+2", "Europe/Rome\x00"} {
		require.True(t, faulttest.Refusal(t, validTimeZone(name)), name)
	}
}
