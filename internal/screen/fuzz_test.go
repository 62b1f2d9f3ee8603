package screen

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault/faulttest"
)

// FuzzScreen pairs screens of arbitrary settings, and types arbitrary codes. Whatever is accepted can be kept.
func FuzzScreen(f *testing.F) {
	f.Add("Oven 2", "Space", "NEW_ORDER", 100, 60, "ABCD-EFGH")
	f.Add("", " ", "", -1, 101, "")
	f.Add("\u202eOven\x00", "Digit1\n", "NEW_ORDER", 1<<31, -1<<31, "ＡＡＡＡＡＡＡＡ")
	f.Fuzz(func(t *testing.T, name, key, sound string, size, volume int, code string) {
		for _, prefix := range []string{"", faulttest.Marker} {
			cmd := PairScreen{IdempotencyKey: "k", Name: prefix + name, SettingsChange: SettingsChange{
				TextSize: &size, Keys: &[]Key{{Key: prefix + key}}, Sounds: &Sounds{Volume: volume, Events: []Sound{Sound(sound)}},
			}}
			if !faulttest.Refusal(t, cmd.Validate()) {
				s := newScreen(cmd, cmd.ID, time.Time{}).State()
				require.NotEmpty(t, s.Name)
				require.LessOrEqual(t, len([]rune(s.Name)), maxName)
				require.True(t, s.TextSize >= 80 && s.TextSize <= 250 && s.Sounds.Volume >= 0 && s.Sounds.Volume <= 100)
			}
			if hash, ok := hashCode(prefix + code); ok {
				require.Empty(t, prefix)
				again, _ := hashCode(" " + code + "-")
				require.Equal(t, hash, again)
			}
		}
	})
}
