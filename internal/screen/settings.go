package screen

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/platform/patch"
)

// Theme is how a screen looks; the contract's ScreenTheme.
type Theme string

// The themes.
const (
	System       Theme = "SYSTEM" // as the device is set
	Light        Theme = "LIGHT"
	Dark         Theme = "DARK"
	HighContrast Theme = "HIGH_CONTRAST"
)

// Action is what a key of a screen does; the contract's ScreenAction.
type Action string

// Sound is what a screen makes heard; the contract's ScreenSound.
type Sound string

// The sounds.
const (
	NewOrder       Sound = "NEW_ORDER"
	OrderChanged   Sound = "ORDER_CHANGED"
	OrderCancelled Sound = "ORDER_CANCELLED"
	OrderLate      Sound = "ORDER_LATE"
	ConnectionLost Sound = "CONNECTION_LOST"
)

// Key is a key of a keyboard or a bump bar, and what it does.
type Key struct {
	Key    string `json:"key"` // as KeyboardEvent.code names it
	Action Action `json:"action"`
}

// Sounds are what a screen makes heard, and how loud: 0 to 100.
type Sounds struct {
	Volume int     `json:"volume"`
	Events []Sound `json:"events"`
}

// Settings are what a screen shows, and how.
type Settings struct {
	StationIDs []uuid.UUID // empty: all
	TextSize   int         // percent
	Theme      Theme
	Keys       []Key // by Key
	Sounds     Sounds
}

// DefaultSettings are those of a screen of which nothing else is said.
func DefaultSettings() Settings {
	return Settings{
		StationIDs: []uuid.UUID{}, TextSize: 100, Theme: System, Keys: []Key{},
		Sounds: Sounds{Volume: 60, Events: []Sound{NewOrder, OrderCancelled, ConnectionLost}},
	}
}

// SettingsChange is what becomes of settings. What is nil stays; lists are replaced whole.
type SettingsChange struct {
	StationIDs *[]uuid.UUID `json:"stationIds"`
	TextSize   *int         `json:"textSize"`
	Theme      *Theme       `json:"theme"`
	Keys       *[]Key       `json:"keys"`
	Sounds     *Sounds      `json:"sounds"`
}

func (c SettingsChange) settings(s Settings) Settings {
	patch.Set(&s.StationIDs, c.StationIDs)
	patch.Set(&s.TextSize, c.TextSize)
	patch.Set(&s.Theme, c.Theme)
	if c.Keys != nil {
		s.Keys = slices.SortedFunc(slices.Values(*c.Keys), func(a, b Key) int { return cmp.Compare(a.Key, b.Key) })
	}
	patch.Set(&s.Sounds, c.Sounds)
	return s
}

func (s Settings) sameSettings(other Settings) bool {
	return slices.Equal(s.StationIDs, other.StationIDs) && s.TextSize == other.TextSize && s.Theme == other.Theme &&
		slices.Equal(s.Keys, other.Keys) && s.Sounds.Volume == other.Sounds.Volume && slices.Equal(s.Sounds.Events, other.Sounds.Events)
}
