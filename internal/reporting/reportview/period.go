package reportview

import (
	"time"

	"pizzeria/internal/platform/fault"
)

// Period is a span of whole business days that ends today; the contract's enum.
type Period string

// The periods.
const (
	Today       Period = "TODAY"
	Last7Days   Period = "LAST_7_DAYS"
	Last30Days  Period = "LAST_30_DAYS"
	Last365Days Period = "LAST_365_DAYS"
	AllTime     Period = "ALL_TIME"
)

// days returns the first and the last day of the period as Postgres writes dates.
func (p Period) days(today time.Time) (first, last string, err error) {
	length := 0
	switch p {
	case Today:
		length = 1
	case Last7Days:
		length = 7
	case Last30Days:
		length = 30
	case Last365Days:
		length = 365
	case AllTime:
		return "-infinity", today.Format(time.DateOnly), nil
	default:
		return "", "", fault.New(fault.BadUserInput, "There is no such period.").At("period")
	}
	return today.AddDate(0, 0, 1-length).Format(time.DateOnly), today.Format(time.DateOnly), nil
}
