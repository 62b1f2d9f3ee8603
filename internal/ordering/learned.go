package ordering

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
)

// Took is how long a dish took in the kitchen: half of its samples were ready within Likely seconds, nine in ten within Latest.
type Took struct {
	Likely  int `json:"likely"`
	Latest  int `json:"latest"`
	Samples int `json:"samples"`
}

// enoughSamples is from how many on what was learned replaces what is configured.
const enoughSamples = 20

// Enough tells whether there are samples enough to go by.
func (t Took) Enough() bool { return t.Samples >= enoughSamples }

// HourTook is how long a dish took that was begun in one hour of the location's day.
type HourTook struct {
	Hour int `json:"hour"` // 0 to 23
	Took
}

// LearnedTime is how long one dish took in one size.
type LearnedTime struct {
	MenuItemID uuid.UUID  `json:"menuItemId"`
	Size       menu.Size  `json:"size"`
	Took                  // at all hours
	ByHour     []HourTook `json:"byHour"` // of the hours that have samples enough by themselves, in order
	LeftOut    int        `json:"-"`      // what no kitchen can have made in that time, and was not learned from
}

// at returns how long the dish takes that is begun in an hour of the day; false: as long as is configured.
func (l LearnedTime) at(hour int) (Took, bool) {
	if i := slices.IndexFunc(l.ByHour, func(h HourTook) bool { return h.Hour == hour }); i >= 0 && l.ByHour[i].Enough() {
		return l.ByHour[i].Took, true
	}
	return l.Took, l.Enough()
}

// ConfiguredMaking is how long a cook makes a portion, until it is made, or ready to be baked for so long, as its dish says.
func ConfiguredMaking(preparation, bake time.Duration, size menu.Size) time.Duration {
	return time.Duration(size.Portion(int64(max(0, preparation-bake))))
}

// making is how long a cook makes something, until it is made or ready to be baked.
type making struct {
	likely, latest time.Duration // the same where nothing was learned
	learned        bool
}

func (m making) times(n int) making {
	return making{m.likely * time.Duration(n), m.latest * time.Duration(n), m.learned}
}

// making tells it of a portion of the line that is begun in an hour of the day. What was learned counts where enough is known;
// of two halves, that of both.
func (p Place) making(l Line, hour int) making {
	bake := time.Duration(0)
	if l.IsPizza {
		bake = p.Kitchen.Bake()
	}
	took, known := p.took(l.MenuItemID, l.Size, hour)
	if l.SecondHalf != nil {
		second, secondKnown := p.took(l.SecondHalf.MenuItemID, l.Size, hour)
		took.Likely, took.Latest, known = max(took.Likely, second.Likely), max(took.Latest, second.Latest), known && secondKnown
	}
	if !known {
		configured := ConfiguredMaking(l.Preparation, bake, l.Size)
		return making{configured, configured, false}
	}
	return making{max(0, seconds(took.Likely)-bake), max(0, seconds(took.Latest)-bake), true}
}

func (p Place) took(dish uuid.UUID, size menu.Size, hour int) (Took, bool) {
	i := slices.IndexFunc(p.Learned, func(l LearnedTime) bool { return l.MenuItemID == dish && l.Size == size })
	if i < 0 {
		return Took{}, false
	}
	return p.Learned[i].at(hour)
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
