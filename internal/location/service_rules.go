package location

import (
	"cmp"
	"slices"
	"strconv"

	"pizzeria/internal/platform/fault"
)

const (
	maxHours       = 50
	maxSpecialDays = 400
	maxDaysAhead   = 30
)

// validHours refuses, with BAD_USER_INPUT, hours of a week that overlap. Those of a night and of the next day may touch.
func validHours(hours []OpeningHours) error {
	if len(hours) > maxHours {
		return fault.New(fault.BadUserInput, "A week has up to %d opening hours.", maxHours).At("hours")
	}
	const week = 7 * minutesOfDay
	var spans []span
	for i, h := range hours {
		day := slices.Index(Weekdays(), h.Weekday)
		if day < 0 {
			return fault.New(fault.BadUserInput, "There is no such day.").At("hours", strconv.Itoa(i), "weekday")
		}
		opens := day*minutesOfDay + int(h.Opens)
		spans = append(spans, span{i, opens, opens + h.length()}, span{i, opens + week, opens + week + h.length()})
	}
	if i := overlapping(spans); i >= 0 {
		return overlap().At("hours", strconv.Itoa(i))
	}
	return nil
}

// validSpecialDays refuses, with BAD_USER_INPUT, two entries of a day, and hours of a day that overlap.
func validSpecialDays(days []SpecialDay) error {
	if len(days) > maxSpecialDays {
		return fault.New(fault.BadUserInput, "There are up to %d special days.", maxSpecialDays).At("specialDays")
	}
	seen := map[Date]bool{}
	for i, d := range days {
		if seen[d.Date] {
			return fault.New(fault.BadUserInput, "A day is there once.").At("specialDays", strconv.Itoa(i), "date")
		}
		seen[d.Date] = true
		if len(d.Hours) > maxHours {
			return fault.New(fault.BadUserInput, "A day has up to %d opening hours.", maxHours).At("specialDays", strconv.Itoa(i), "hours")
		}
		var spans []span
		for j, h := range d.Hours {
			spans = append(spans, span{j, int(h.Opens), int(h.Opens) + h.length()})
		}
		if j := overlapping(spans); j >= 0 {
			return overlap().At("specialDays", strconv.Itoa(i), "hours", strconv.Itoa(j))
		}
	}
	return nil
}

// span is some opening hours, in minutes.
type span struct{ index, opens, closes int }

// overlapping returns the index of hours that begin before others end; -1 if there are none.
func overlapping(spans []span) int {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.opens, b.opens), cmp.Compare(a.closes, b.closes)) })
	for i := 1; i < len(spans); i++ {
		if spans[i].opens < spans[i-1].closes {
			return spans[i].index
		}
	}
	return -1
}

func overlap() *fault.Error { return fault.New(fault.BadUserInput, "These hours overlap with others.") }

// length is how long hours are, in minutes, if no clocks change meanwhile.
func (h Hours) length() int {
	length := int(h.Closes - h.Opens)
	if length <= 0 {
		length += minutesOfDay
	}
	return length
}

func validTerms(t Terms) error {
	for _, bound := range []struct {
		field              string
		value, least, most int
	}{
		{"lastOrderBefore", t.LastOrderBefore, 0, minutesOfDay},
		{"leadMinutes", t.LeadMinutes, 0, 7 * minutesOfDay},
		{"slotMinutes", t.SlotMinutes, 5, 240},
		{"maxDaysAhead", t.MaxDaysAhead, 0, maxDaysAhead},
	} {
		if bound.value < bound.least || bound.value > bound.most {
			return fault.New(fault.BadUserInput, "This is %d to %d.", bound.least, bound.most).At(bound.field)
		}
	}
	return nil
}
