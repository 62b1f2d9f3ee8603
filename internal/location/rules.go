package location

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

const (
	maxName        = 120
	maxSlug        = 60
	maxPhone       = 40
	maxBasisPoints = 10_000
)

func validName(name string) error { return text.CheckLine(name, "A name", maxName, "name") }

var isSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// reservedSlugs begin addresses of other pages than a location's: those that there are, and those that apps are likely to get.
var reservedSlugs = []string{
	"account", "api", "assets", "counter", "deliver", "graphql", "images", "kitchen", "manage", "orders", "playground", "sign-in", "track", "webhooks",
}

func validSlug(slug string) error {
	if len(slug) > maxSlug || !isSlug.MatchString(slug) {
		return fault.New(fault.BadUserInput, "A slug has 1 to %d small letters and digits, in words joined by hyphens.", maxSlug).At("slug")
	}
	if slices.Contains(reservedSlugs, slug) {
		return fault.New(fault.BadUserInput, "This slug is the address of another page.").At("slug")
	}
	return nil
}

func validPhone(phone *string) error {
	if phone == nil {
		return nil
	}
	return text.CheckLine(*phone, "A phone number", maxPhone, "phone")
}

func validTaxRates(rates []TaxRate) error {
	seen := make(map[TaxCategory]bool, len(rates))
	for i, r := range rates {
		switch at := strconv.Itoa(i); {
		case !r.Category.Valid():
			return fault.New(fault.BadUserInput, "There is no such category.").At("taxRates", at, "category")
		case seen[r.Category]:
			return fault.New(fault.BadUserInput, "Each category has one rate.").At("taxRates", at, "category")
		case r.RateBasisPoints < 0 || r.RateBasisPoints > maxBasisPoints:
			return fault.New(fault.BadUserInput, "A tax rate is 0 to %d basis points.", maxBasisPoints).At("taxRates", at, "rateBasisPoints")
		case r.PickupRateBasisPoints != nil && (*r.PickupRateBasisPoints < 0 || *r.PickupRateBasisPoints > maxBasisPoints):
			return fault.New(fault.BadUserInput, "A tax rate is 0 to %d basis points.", maxBasisPoints).At("taxRates", at, "pickupRateBasisPoints")
		}
		seen[r.Category] = true
	}
	return nil
}

// NamedOnce refuses, with BAD_USER_INPUT, a list in which a location is named twice. The path is that of the list and, behind the
// index, that of the id in an element.
func NamedOnce(ids []uuid.UUID, list string, field ...string) error {
	named := make(map[uuid.UUID]bool, len(ids))
	for i, id := range ids {
		if named[id] {
			return fault.New(fault.BadUserInput, "Name each location once.").At(append([]string{list, strconv.Itoa(i)}, field...)...)
		}
		named[id] = true
	}
	return nil
}

// cleaned is what is stored of a valid name or phone number.
func cleaned(line string) string {
	clean, _ := text.Line(line)
	return clean
}

func cleanedPhone(phone *string) *string {
	clean, _ := text.OptionalLine(phone)
	return clean
}
