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
	case keyMode(c.StripeKey) != "" && keyMode(c.StripeKey) != keyMode(c.StripeCardKey):
		return fmt.Errorf("%s and %sSTRIPE_API_KEY contradict each other: one is for tests, and the other moves money", name, prefix)
	}
	return nil
}

// keyMode is what a key of Stripe's is for, live or test; "" if it doesn't say.
func keyMode(key string) string {
	if parts := strings.SplitN(key, "_", 3); len(parts) == 3 && (parts[1] == "live" || parts[1] == "test") {
		return parts[1]
	}
	return ""
}
