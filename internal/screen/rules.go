package screen

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/text"
)

const (
	maxName     = 60
	maxStations = 50
	minTextSize = 80
	maxTextSize = 250
	maxKeys     = 60
	maxVolume   = 100
)

func validName(name string) error { return text.CheckLine(name, "A name", maxName, "name") }

func (c SettingsChange) validSettings() error {
	return cmp.Or(
		patch.Check(c.StationIDs, validStations), patch.Check(c.TextSize, validTextSize), patch.Check(c.Keys, validKeys), patch.Check(c.Sounds, validSounds),
	)
}

func validStations(ids []uuid.UUID) error {
	if len(ids) > maxStations {
		return fault.New(fault.BadUserInput, "Name %d stations at most.", maxStations).At("stationIds")
	}
	return eachOnce(ids, "Name each station once.", "stationIds")
}

func validTextSize(percent int) error {
	if percent < minTextSize || percent > maxTextSize {
		return fault.New(fault.BadUserInput, "A text size is %d to %d percent.", minTextSize, maxTextSize).At("textSize")
	}
	return nil
}

var isKey = regexp.MustCompile(`^[A-Za-z0-9]{1,32}$`)

func validKeys(keys []Key) error {
	if len(keys) > maxKeys {
		return fault.New(fault.BadUserInput, "Name %d keys at most.", maxKeys).At("keys")
	}
	codes := make([]string, len(keys))
	for i, key := range keys {
		if codes[i] = key.Key; !isKey.MatchString(key.Key) {
			return fault.New(fault.BadUserInput, "A key is named by 1 to 32 letters and digits, as browsers do.").At("keys", strconv.Itoa(i), "key")
		}
	}
	return eachOnce(codes, "Name each key once.", "keys")
}

func validSounds(s Sounds) error {
	if s.Volume < 0 || s.Volume > maxVolume {
		return fault.New(fault.BadUserInput, "A volume is 0 to %d.", maxVolume).At("sounds", "volume")
	}
	return eachOnce(s.Events, "Name each event once.", "sounds", "events")
}

func eachOnce[T comparable](all []T, refusal string, path ...string) error {
	for i, one := range all {
		if slices.Contains(all[:i], one) {
			return fault.New(fault.BadUserInput, "%s", refusal).At(path...)
		}
	}
	return nil
}
