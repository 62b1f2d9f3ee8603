package server

import (
	"errors"
	"strconv"

	"pizzeria/internal/platform/transport/guard"
)

// Switch is on or off.
type Switch bool

// UnmarshalText reads "on" or "off", or a bool as Go writes it.
func (s *Switch) UnmarshalText(text []byte) error {
	switch on, err := strconv.ParseBool(string(text)); {
	case string(text) == "on":
		*s = true
	case string(text) == "off":
		*s = false
	case err != nil:
		return errors.New(`write "on" or "off"`)
	default:
		*s = Switch(on)
	}
	return nil
}

// RateLimit is how many requests a second one client may make; zero is off.
type RateLimit float64

// UnmarshalText reads "off" or a number above zero.
func (r *RateLimit) UnmarshalText(text []byte) error {
	if string(text) == "off" {
		*r = 0
		return nil
	}
	perSecond, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(perSecond > 0 && perSecond <= 1e6) {
		return errors.New(`write "off" or a number of requests a second, e.g. 100`)
	}
	*r = RateLimit(perSecond)
	return nil
}

// rate lets a client that was quiet make two seconds' worth of requests at once.
func (r RateLimit) rate() guard.Rate {
	return guard.Rate{PerSecond: float64(r), Burst: int(2*r + 1)}
}
