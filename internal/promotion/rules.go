package promotion

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

const (
	maxName     = 120
	maxPriority = 1_000
	maxDishes   = 100
	maxHours    = 20
	maxSlots    = 6
	maxPortions = 10
	maxUses     = 1_000_000
	maxPercent  = 10_000
)

func validName(name string) error {
	clean, ok := text.Line(name)
	if n := utf8.RuneCountInString(clean); n < 1 || n > maxName || !ok {
		return fault.New(fault.BadUserInput, "A name has 1 to %d characters on one line.", maxName).At("name")
	}
	return nil
}

var isCode = regexp.MustCompile(`^[\p{L}\p{N}_-]{1,40}$`)

// validCode accepts "" as well: no code.
func validCode(code string) error {
	if code != "" && !isCode.MatchString(text.NFC(code)) {
		return fault.New(fault.BadUserInput, "A code has 1 to 40 letters, digits and hyphens.").At("code")
	}
	return nil
}

func validPriority(priority int) error {
	if priority < -maxPriority || priority > maxPriority {
		return fault.New(fault.BadUserInput, "A priority is %d to %d.", -maxPriority, maxPriority).At("priority")
	}
	return nil
}

// validReward refuses a reward without what its kind needs, or with what it doesn't know. Amounts are checked where their
// currency is known.
func validReward(r pricing.Reward) error {
	in := func(is bool, value int64, least, most int64, field, message string) error {
		switch {
		case is && (value < least || value > most):
			return fault.New(fault.BadUserInput, message, least, most).At("reward", field)
		case !is && value != 0:
			return fault.New(fault.BadUserInput, "This is of another kind of reward.").At("reward", field)
		}
		return nil
	}
	bundle := r.Kind == pricing.FixedPriceBundle
	if bundle != (len(r.Slots) > 0) || len(r.Slots) > maxSlots {
		return fault.New(fault.BadUserInput, "A bundle, and nothing else, has 1 to %d slots.", maxSlots).At("reward", "slots")
	}
	for i, s := range r.Slots {
		if s.Portions < 1 || s.Portions > maxPortions {
			return fault.New(fault.BadUserInput, "A slot has 1 to %d portions.", maxPortions).At("reward", "slots", strconv.Itoa(i), "portions")
		}
		if err := validScope(s.Scope, "reward", "slots", strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return cmp.Or(
		in(r.Kind == pricing.Percent, int64(r.BasisPoints), 1, maxPercent, "basisPoints", "Take off %d to %d basis points."),
		in(r.Kind == pricing.FreeCheapest, int64(r.Portions), 2, 2*maxPortions, "portions", "The cheapest of %d to %d portions can be free."),
		in(r.Kind == pricing.Fixed || bundle, r.Amount, 1, 100_000_000, "amount", "An amount is %d to %d."),
	)
}

func validScope(s pricing.Scope, path ...string) error {
	at := func(field string) []string { return append(slices.Clone(path), field) }
	if len(s.MenuItemIDs) > maxDishes {
		return fault.New(fault.BadUserInput, "Name %d dishes at most.", maxDishes).At(at("menuItemIds")...)
	}
	if len(s.Sizes) > 4 {
		return fault.New(fault.BadUserInput, "There are no more than four sizes.").At(at("sizes")...)
	}
	return nil
}

func validConditions(c pricing.Conditions) error {
	if err := validScope(c.Scope, "conditions", "scope"); err != nil {
		return err
	}
	refuse := func(field, format string, args ...any) error {
		return fault.New(fault.BadUserInput, format, args...).At("conditions", field)
	}
	switch {
	case c.StartsAt != nil && c.EndsAt != nil && c.EndsAt.Before(*c.StartsAt):
		return refuse("endsAt", "It ends before it starts.")
	case len(c.Fulfillments) > len(location.Fulfillments()):
		return refuse("fulfillments", "There are no more than two.")
	case len(c.Hours) > maxHours:
		return refuse("hours", "Name %d hours at most.", maxHours)
	case c.Minimum < 0 || c.Minimum > 100_000_000:
		return refuse("minimum", "A minimum is 0 to 100000000.")
	case c.MaxUses != nil && (*c.MaxUses < 1 || *c.MaxUses > maxUses):
		return refuse("maxUses", "It is 1 to %d, or null for any number.", maxUses)
	case c.MaxUsesByCustomer != nil && (*c.MaxUsesByCustomer < 1 || *c.MaxUsesByCustomer > maxUses):
		return refuse("maxUsesByCustomer", "It is 1 to %d, or null for any number.", maxUses)
	}
	for i, h := range c.Hours {
		if len(h.Weekdays) > len(location.Weekdays()) {
			return fault.New(fault.BadUserInput, "A week has seven days.").At("conditions", "hours", strconv.Itoa(i), "weekdays")
		}
	}
	return nil
}

// timed returns conditions with their times as they are stored: in UTC, to the microsecond.
func timed(c pricing.Conditions) pricing.Conditions {
	stored := func(at *time.Time) *time.Time {
		if at == nil {
			return nil
		}
		return new(at.UTC().Truncate(time.Microsecond))
	}
	c.StartsAt, c.EndsAt = stored(c.StartsAt), stored(c.EndsAt)
	return c
}

// payable refuses amounts that can't be paid in the location's currency.
func (s State) payable() error {
	return cmp.Or(
		location.ValidAmount(s.Reward.Amount, s.Currency, "reward", "amount"), location.ValidAmount(s.Minimum, s.Currency, "conditions", "minimum"),
	)
}

// cleaned is what is stored of a valid name or code.
func cleaned(line string) string {
	clean, _ := text.Line(line)
	return clean
}
