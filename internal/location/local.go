package location

import "time"

// Local returns a moment as the location's clocks show it.
func (c Calendar) Local(at time.Time, zones *Zones) (time.Time, error) {
	zone, err := zones.load(c.TimeZone)
	if err != nil {
		return time.Time{}, err
	}
	return at.In(zone), nil
}
