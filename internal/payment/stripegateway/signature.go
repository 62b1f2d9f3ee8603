package stripegateway

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/webhook"
)

// tolerance is how old a signature may be: whoever overheard a request can't repeat it for longer.
const tolerance = webhook.DefaultTolerance

// verify returns the event if one of the secrets has signed it, lately. The age is checked here, because the library
// knows no other clock than the machine's. The API version isn't: the few fields that matter are the same in all.
func (h *Webhook) verify(body []byte, header string) (stripe.Event, *refusedRequest) {
	forged := &refusedRequest{http.StatusBadRequest, signatureInvalid, "The signature is missing or wrong."}
	for _, secret := range h.Secrets {
		if secret == "" { // anybody could sign with it
			continue
		}
		told, err := webhook.ConstructEventWithOptions(body, header, secret, webhook.ConstructEventOptions{
			IgnoreTolerance: true, IgnoreAPIVersionMismatch: true,
		})
		switch {
		case errors.Is(err, webhook.ErrNoValidSignature):
			continue
		case errors.Is(err, webhook.ErrNotSigned) || errors.Is(err, webhook.ErrInvalidHeader):
			return stripe.Event{}, forged
		case h.Now().Sub(signedAt(header)).Abs() > tolerance:
			return stripe.Event{}, &refusedRequest{http.StatusBadRequest, signatureExpired, "The time of the signature is too far from now."}
		case err != nil:
			return stripe.Event{}, &refusedRequest{http.StatusBadRequest, badRequest, "The body is no event."}
		}
		return told, nil
	}
	return stripe.Event{}, forged
}

// signedAt reads the time out of a header that has been verified, as the library does: the last one counts.
func signedAt(header string) time.Time {
	var at time.Time
	for part := range strings.SplitSeq(header, ",") {
		if t, ok := strings.CutPrefix(part, "t="); ok {
			seconds, _ := strconv.ParseInt(t, 10, 64) // verified
			at = time.Unix(seconds, 0)
		}
	}
	return at
}
