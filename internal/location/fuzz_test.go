package location

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzService sets arbitrary hours and terms. Whatever is accepted has slots that follow one another, in the future, and no
// longer ahead than it says.
func FuzzService(f *testing.F) {
	f.Add("MONDAY", "2026-03-29", 18*60, 2*60, 15, 0, 7, int64(1_774_742_400))
	f.Add("SUNDAY", "2026-10-25", 2*60+30, 2*60+30, 240, 10_080, 30, int64(1_792_886_400))
	f.Add("", "0000-00-00", -1, 1440, 0, -1, 31, int64(-1<<40))
	zones := new(Zones)
	f.Fuzz(func(t *testing.T, weekday, date string, opens, closes, slot, lead, ahead int, seconds int64) {
		for _, prefix := range []string{"", faulttest.Marker} {
			day, err := ParseDate(prefix + date)
			if faulttest.Refusal(t, err) {
				day = "2026-03-29"
			}
			at := func(minutes int) TimeOfDay {
				return TimeOfDay(((minutes % minutesOfDay) + minutesOfDay) % minutesOfDay)
			} // as the scalar reads it
			cmd := UpdateService{
				Fulfillment: Pickup, LeadMinutes: &lead, SlotMinutes: &slot, MaxDaysAhead: &ahead,
				Hours:       &[]OpeningHours{{Weekday(prefix + weekday), Hours{at(opens), at(closes)}}, {"MONDAY", Hours{at(closes), at(opens)}}},
				SpecialDays: &[]SpecialDay{{Date: day, Hours: []Hours{{at(opens), at(closes)}}}},
			}
			if faulttest.Refusal(t, cmd.Validate()) {
				continue
			}
			now := time.Unix(seconds%(1<<33), 0)

			timetable, err := cmd.of(DefaultService(Pickup)).Timetable(rome, now, zones)

			require.NoError(t, err)
			last := now.Add(-time.Second)
			for start := range timetable.times(now) {
				require.False(t, start.Before(last.Add(time.Duration(slot)*time.Minute)) && !last.Before(now), "slots overlap")
				require.False(t, start.Before(now.Add(time.Duration(lead)*time.Minute)))
				require.Less(t, start.Sub(now), time.Duration(ahead+3)*24*time.Hour)
				last = start
			}
		}
	})
}
