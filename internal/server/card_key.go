package server

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// publishable is the form of a key that Stripe makes for pages. It is all that is let into one: a secret key, put here by mistake,
// would be read by every visitor.
var publishable = regexp.MustCompile(`^pk_(live|test)_[A-Za-z0-9_]+$`)

// checkCardKey refuses a publishable key with which cards would be read that nobody can charge. Its errors don't repeat the key.
func (c Config) checkCardKey() error {
	const name = "STRIPE_PUBLISHABLE_KEY"
	switch {
	case c.StripeCardKey == "":
		return nil
	case !publishable.MatchString(c.StripeCardKey):
		return errors.New(name + " begins with pk_live_ or pk_test_; every visitor can read it, and a secret key is none")
	case !c.RealKey():
		return fmt.Errorf("%s is of no use without Stripe's secret key: set %sSTRIPE_API_KEY, or leave it out", name, prefix)
	}
	for mode, other := range map[string]string{"live": "test", "test": "live"} {
		_, kind, _ := strings.Cut(c.StripeKey, "_")
		if strings.HasPrefix(kind, mode+"_") && strings.HasPrefix(c.StripeCardKey, "pk_"+other+"_") {
			return fmt.Errorf("%s and %sSTRIPE_API_KEY contradict each other: one is for tests, and the other moves money", name, prefix)
		}
	}
	return nil
}
