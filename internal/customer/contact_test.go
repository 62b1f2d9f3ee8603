package customer_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
)

func TestAContactCanBeCalled(t *testing.T) {
	t.Parallel()
	for phone, ok := range map[string]bool{
		"+39 081 555 0101": true, "112 12": true, "": false, "   ": false, "call me": false, "1234": false, "123\n45": false,
		"12345678901234567890123456789012345678901": false,
	} {
		require.Equal(t, ok, customer.Contact{Name: "Gustav", Phone: phone}.Validate("contact") == nil, "%q", phone)
	}
}

func TestAPhoneNumberIsOneHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for _, same := range []string{"+39 081 555 0101", "0039-081-5550101", "081 5550101", "(081) 555.0101", "0815550101"} {
		require.Equal(t, "815550101", customer.Contact{Phone: same}.PhoneDigits(), same)
	}
	require.Equal(t, "55512", customer.Contact{Phone: "555-12"}.PhoneDigits())
	require.NotEqual(t, "815550101", customer.Contact{Phone: "081 5550102"}.PhoneDigits())
}

func TestAContactIsKeptAsAProfileIs(t *testing.T) {
	t.Parallel()
	told := customer.Contact{Name: " Gustav  Gast ", Phone: " 081 5550101 ", Email: new(" Gustav@Gast.example ")}

	require.Equal(t, customer.Contact{Name: "Gustav Gast", Phone: "081 5550101", Email: new("Gustav@Gast.example")}, told.Cleaned())
}
