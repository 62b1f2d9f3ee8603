package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

type address struct {
	Street, City, PostalCode string
	Notes                    *string
}

// profile is what a viewer sees of itself.
type profile struct {
	Name, Email string
	Phone       *string
	Addresses   []address
}

const profileFields = ` { name email phone addresses { street city postalCode notes } } `

func (p *person) profile() profile {
	p.Helper()
	return ask[struct{ Viewer profile }](p, `{ viewer`+profileFields+`}`, nil).Viewer
}

// updateProfile returns the viewer as the answer shows it, and why it was refused.
func (p *person) updateProfile(in vars) (*profile, []refusal) {
	p.Helper()
	done := ask[struct {
		UpdateProfile struct {
			Viewer     *profile
			UserErrors []refusal
		}
	}](p, `mutation($in: UpdateProfileInput!) { updateProfile(input: $in) { viewer`+profileFields+` userErrors { code path } } }`, vars{"in": in}).UpdateProfile
	return done.Viewer, done.UserErrors
}

func TestAProfileIsChangedAndReadAtOnceOnAllDevices(t *testing.T) {
	s := open(t)
	ada := s.signUp("ada")
	phone := s.session(`mutation {
		session: signIn(input: {email: "ada@example.org", password: "open-sesame"}) { token viewer { id } userErrors { code } }
	}`, nil)
	require.Equal(t, profile{Name: "ada", Email: "ada@example.org", Phone: new("+1 555 0100"), Addresses: []address{}}, phone.profile())

	changed, refused := ada.updateProfile(vars{"name": "Ada Byron", "addresses": []vars{
		{"street": "St James's Square 12", "city": "London", "postalCode": "SW1Y"},
		{"street": "Ockham Park", "city": "Ripley", "postalCode": "GU23", "notes": "The lodge"},
	}})

	require.Empty(t, refused)
	want := profile{Name: "Ada Byron", Email: "ada@example.org", Phone: new("+1 555 0100"), Addresses: []address{
		{Street: "St James's Square 12", City: "London", PostalCode: "SW1Y"}, {"Ockham Park", "Ripley", "GU23", new("The lodge")},
	}}
	require.Equal(t, &want, changed)
	require.Equal(t, want, ada.profile())
	require.Equal(t, want, phone.profile())
	name := ask[struct {
		Order struct{ Customer struct{ Name string } }
	}](ada, `query($id: ID!) { order(id: $id) { customer { name } } }`, vars{"id": ada.placed(s.margherita()).ID}).Order.Customer.Name
	require.Equal(t, "Ada Byron", name)

	without, refused := ada.updateProfile(vars{"phone": nil})
	require.Empty(t, refused)
	want.Phone = nil
	require.Equal(t, &want, without, "null means none, and what is left out stays")
	for path, in := range map[string]vars{
		"name":    {"name": ""},
		"phone":   {"phone": "one\nline"},
		"street":  {"addresses": []vars{{"street": "", "city": "London", "postalCode": "SW1Y"}}},
		"address": {"addresses": make([]vars, 0), "name": "\x00"},
	} {
		_, refused := ada.updateProfile(in)
		require.Equal(t, "BAD_USER_INPUT", refused[0].Code, path)
	}
	require.Equal(t, "BAD_USER_INPUT", ada.do(`mutation { updateProfile(input: {name: null}) { userErrors { code } } }`, nil).code())
	require.Equal(t, want, ada.profile())
	require.Equal(t, "UNAUTHENTICATED", s.visitor().do(`mutation { updateProfile(input: {}) { userErrors { code } } }`, nil).code())
}
