package proof_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ask sends one operation and decodes its data into a D. The error is either operationErrors or the failure of the
// request.
func ask[D any](ctx context.Context, url, token, query string, variables any) (D, error) {
	var data D
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return data, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return data, err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return data, err
	}
	defer response.Body.Close()
	var answer struct {
		Data   json.RawMessage
		Errors operationErrors
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return data, err
	}
	if len(answer.Errors) > 0 {
		return data, answer.Errors
	}
	return data, json.Unmarshal(answer.Data, &data)
}

// operationErrors are the errors in an answer.
type operationErrors []struct {
	Message    string
	Extensions struct{ Code string }
}

func (f operationErrors) Error() string {
	texts := make([]string, len(f))
	for i, one := range f {
		texts[i] = one.Extensions.Code + " " + one.Message
	}
	return strings.Join(texts, "; ")
}

// signIn returns the session's token.
func signIn(t *testing.T, url, email string) string {
	t.Helper()
	answer, err := ask[struct{ SignIn struct{ Token string } }](t.Context(), url, "", `
		mutation ($email: String!) { signIn(input: {email: $email, password: "pizzeria-demo"}) { token } }`,
		map[string]any{"email": email})
	require.NoError(t, err)
	require.NotEmpty(t, answer.SignIn.Token)
	return answer.SignIn.Token
}

// firstPizza returns the id of the first pizza on the menu.
func firstPizza(t *testing.T, url string) string {
	t.Helper()
	at, err := firstLocation(t.Context(), url)
	require.NoError(t, err)
	answer, err := ask[struct{ Menu []struct{ ID string } }](t.Context(), url, "",
		`query ($at: ID!) { menu(category: "Pizza", locationId: $at) { id } }`, map[string]any{"at": at})
	require.NoError(t, err)
	require.NotEmpty(t, answer.Menu)
	return answer.Menu[0].ID
}

// firstLocation returns the id of the first location by name.
func firstLocation(ctx context.Context, url string) (string, error) {
	answer, err := ask[struct{ Locations []struct{ ID string } }](ctx, url, "", `{ locations { id } }`, nil)
	if err != nil {
		return "", err
	}
	return answer.Locations[0].ID, nil
}

// placed is the answer to a request to place an order.
type placed struct {
	Order *struct {
		ID, Status string
		Number     int
		Version    int
		Payment    struct{ Status string }
		Totals     struct{ Total int64 }
	}
	UserErrors []struct{ Code string }
}

// order places an order of one pizza at the first location, by card.
func order(ctx context.Context, url, session, pizza, key, token string) (placed, error) {
	at, err := firstLocation(ctx, url)
	if err != nil {
		return placed{}, err
	}
	answer, err := ask[struct{ PlaceOrder placed }](ctx, url, session, `
		mutation ($at: ID!, $pizza: ID!, $key: String!, $token: String!) {
			placeOrder(input: {
				locationId: $at, idempotencyKey: $key, fulfillment: PICKUP, paymentMethod: CARD, paymentToken: $token
				items: [{menuItemId: $pizza, size: MEDIUM, quantity: 1}]
			}) {
				order { id number status version payment { status } totals { total } }
				userErrors { code }
			}
		}`, map[string]any{"at": at, "pizza": pizza, "key": key, "token": token})
	return answer.PlaceOrder, err
}
