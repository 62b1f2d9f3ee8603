package customer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/postal"
	"pizzeria/internal/platform/text"
)

// UpdateProfile changes what the account that asks says of its owner. What is nil stays; the addresses are replaced whole.
type UpdateProfile struct {
	By        auth.Actor
	Token     string // of the request's session
	Name      *string
	Phone     **string // to nil: none
	Addresses *[]postal.Address
}

// maxAddresses bounds the addresses that one customer keeps.
const maxAddresses = 20

// Validate has the rules of SignUp, for what is given.
func (c UpdateProfile) Validate() error {
	return cmp.Or(patch.Check(c.Name, validName), patch.Check(c.Phone, validPhone), patch.Check(c.Addresses, validAddresses))
}

func validAddresses(all []postal.Address) error {
	if len(all) > maxAddresses {
		return fault.New(fault.BadUserInput, "Keep up to %d addresses.", maxAddresses).At("addresses")
	}
	for i, a := range all {
		if err := a.Validate("addresses", strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return nil
}

// Profile is what an account says of its owner.
type Profile struct {
	Name      string
	Phone     *string
	Addresses []postal.Address
}

// profiles loads one account's profile under a row lock, lets change decide, and saves the profile with an event that names the
// fields that changed: all of it, or nothing. It fails with NOT_FOUND if there is no such account.
type profiles interface {
	ChangeProfile(ctx context.Context, id uuid.UUID, by auth.Author, change func(*Profile)) error
}

// UpdateProfileHandler handles UpdateProfile.
type UpdateProfileHandler struct {
	Profiles profiles
	Forget   func(token string) // auth.Sessions.Forget
}

// Handle changes the profile in one transaction and returns the account's id.
func (h *UpdateProfileHandler) Handle(ctx context.Context, cmd UpdateProfile) (uuid.UUID, error) {
	if err := h.Profiles.ChangeProfile(ctx, cmd.By.ID, cmd.By.Author(), cmd.apply); err != nil {
		return uuid.Nil, fmt.Errorf("update profile of %s: %w", cmd.By.ID, err)
	}
	h.Forget(cmd.Token) // the session's actor has the old name
	return cmd.By.ID, nil
}

func (c UpdateProfile) apply(p *Profile) {
	if c.Name != nil {
		p.Name, _ = text.Line(*c.Name)
	}
	if c.Phone != nil {
		p.Phone, _ = text.OptionalLine(*c.Phone)
	}
	if c.Addresses != nil {
		p.Addresses = make([]postal.Address, len(*c.Addresses))
		for i, a := range *c.Addresses {
			p.Addresses[i] = a.Cleaned()
		}
	}
}

// Changed names the fields in which two profiles differ, as the API calls them.
func (p Profile) Changed(other Profile) (fields []string) {
	if p.Name != other.Name {
		fields = append(fields, "name")
	}
	if !patch.Same(p.Phone, other.Phone) {
		fields = append(fields, "phone")
	}
	if !slices.EqualFunc(p.Addresses, other.Addresses, postal.Address.Equal) {
		fields = append(fields, "addresses")
	}
	return fields
}
