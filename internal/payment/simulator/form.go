package simulator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxBody   = 16 << 10
	maxKey    = 255
	maxValue  = 500
	maxAmount = 999_999_999_999 // in any currency
)

// form is a decoded request body.
type form struct{ values url.Values }

// readForm decodes the body and refuses what the endpoint doesn't know, so that a misspelt parameter is noticed here
// rather than at the real gateway. A name that ends in "[" allows any key below it.
func readForm(w http.ResponseWriter, r *http.Request, known []string) (form, *Refusal) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		return form{}, invalid("", "parameter_unknown", "The body is not a form.")
	}
	for name, values := range r.PostForm {
		expected := slices.ContainsFunc(known, func(k string) bool {
			return k == name || strings.HasSuffix(k, "[") && strings.HasPrefix(name, k)
		})
		if !expected {
			return form{}, invalid("", "parameter_unknown", "The body has an unknown parameter.")
		}
		if len(values) > 1 || !storable(values[0], maxValue) {
			return form{}, invalid(name, "parameter_invalid", "The parameter must be given once, in plain text.")
		}
	}
	return form{r.PostForm}, nil
}

// storable tells whether a text column takes s.
func storable(s string, limit int) bool {
	return len(s) <= limit && utf8.ValidString(s) && !strings.ContainsRune(s, 0)
}

// amount reads units of the currency; nil if the parameter is absent.
func (f form) amount(name string) (*int64, *Refusal) {
	if !f.values.Has(name) {
		return nil, nil
	}
	n, err := strconv.ParseInt(f.values.Get(name), 10, 64)
	if err != nil || n < 1 || n > maxAmount {
		return nil, invalid(name, "parameter_invalid_integer", "The amount must be an integer between 1 and 999999999999.")
	}
	return &n, nil
}

// token reads the payment method; "" if the parameter is absent.
func (f form) token() (string, card, *Refusal) {
	if !f.values.Has("payment_method") {
		return "", card{}, nil
	}
	token := f.values.Get("payment_method")
	c, known := cardOf(token)
	if !known {
		refusal := missing("payment_method", "PaymentMethod")
		refusal.Status = http.StatusBadRequest
		return "", card{}, refusal
	}
	return token, c, nil
}

// currency reads the currency's code, and what the gateway knows of it.
func (f form) currency() (string, currency, *Refusal) {
	code := f.values.Get("currency")
	c, known := currencyOf(code)
	if !known {
		return "", currency{}, invalid("currency", "parameter_invalid", "The currency must be one that is known, in three lower-case letters.")
	}
	return code, c, nil
}
