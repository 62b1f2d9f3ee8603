package pricing

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"pizzeria/internal/menu"
)

// percent writes basis points as people do: "8 %", "8.25 %".
func percent(basisPoints int) string {
	return strconv.FormatFloat(float64(basisPoints)/100, 'f', -1, 64) + " %"
}

// inWords names what is in a scope.
func (p Promotion) inWords(s Scope) string {
	what := "any dish"
	if len(s.MenuItemIDs) > 0 {
		names := make([]string, len(s.MenuItemIDs))
		for i, id := range s.MenuItemIDs {
			names[i] = cmp.Or(p.Names[id], "a dish that is gone")
		}
		what = anyOf(names)
	}
	if len(s.Sizes) > 0 {
		sizes := make([]string, len(s.Sizes))
		for i, size := range s.Sizes {
			sizes[i] = sizeInWords(size)
		}
		what += " in " + anyOf(sizes)
	}
	return what
}

func sizeInWords(size menu.Size) string {
	return strings.ToLower(strings.ReplaceAll(string(size), "_", " "))
}

// anyOf joins names: "Margherita, Marinara or Diavola".
func anyOf(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// hoursInWords writes "Monday, Tuesday 11:00 to 14:00; daily 22:00 to 01:00".
func hoursInWords(hours []Hours) string {
	all := make([]string, len(hours))
	for i, h := range hours {
		days := "daily"
		if len(h.Weekdays) > 0 {
			names := make([]string, len(h.Weekdays))
			for k, day := range h.Weekdays {
				names[k] = string(day[:1]) + strings.ToLower(string(day[1:]))
			}
			days = strings.Join(names, ", ")
		}
		all[i] = days
		if h.From != h.Until {
			all[i] += fmt.Sprintf(" %s to %s", h.From, h.Until)
		}
	}
	return strings.Join(all, "; ")
}
