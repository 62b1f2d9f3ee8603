package stripegateway

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

// Webhook answers POST requests by which Stripe tells what happened to intents. 200 means that Stripe need not tell it
// again: it was recorded, or it is none of the shop's business.
type Webhook struct {
	// Secrets are those of the endpoint at Stripe; each may have signed. There are several while one replaces another.
	Secrets []string
	// Record records an event; an event may come more than once. A *fault.Error refuses it for good, unless its code is
	// transient: after that, as after any other error, Stripe is to try again.
	Record func(ctx context.Context, e payment.Event) error
	Now    func() time.Time
	Log    *slog.Logger
	// BodyTimeout is how long the body may take to arrive; 5 s if zero.
	BodyTimeout time.Duration
}

// maxEvent is the most that an event may have in bytes; those of Stripe have about 5 kB.
const maxEvent = 64 << 10

// The codes of refused requests.
const (
	methodNotAllowed fault.Code = "METHOD_NOT_ALLOWED"
	payloadTooLarge  fault.Code = "PAYLOAD_TOO_LARGE"
	requestTimeout   fault.Code = "REQUEST_TIMEOUT"
	badRequest       fault.Code = "BAD_REQUEST"
	signatureInvalid fault.Code = "SIGNATURE_INVALID"
	signatureExpired fault.Code = "SIGNATURE_EXPIRED"
)

// ServeHTTP implements http.Handler. Refusals have a code and repeat nothing of the request.
func (h *Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	refused := h.receive(w, r)
	if refused == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	h.Log.WarnContext(r.Context(), "webhook refused", "code", refused.code)
	refused.write(w)
}

func (h *Webhook) receive(w http.ResponseWriter, r *http.Request) *refusedRequest {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return &refusedRequest{http.StatusMethodNotAllowed, methodNotAllowed, "Use POST."}
	}
	body, refused := h.read(w, r)
	if refused != nil {
		return refused
	}
	told, refused := h.verify(body, r.Header.Get("Stripe-Signature"))
	if refused != nil {
		return refused
	}
	e, ours, err := event(told)
	switch {
	case err != nil:
		return &refusedRequest{http.StatusBadRequest, badRequest, "The event is malformed."}
	case !ours:
		h.Log.DebugContext(r.Context(), "webhook is of no interest", "event", told.ID, "type", told.Type)
		return nil
	}
	return h.record(r.Context(), e)
}

func (h *Webhook) read(w http.ResponseWriter, r *http.Request) ([]byte, *refusedRequest) {
	deadline := http.NewResponseController(w)
	_ = deadline.SetReadDeadline(time.Now().Add(cmp.Or(h.BodyTimeout, 5*time.Second))) // recorders in tests have none
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEvent))
	_, large := errors.AsType[*http.MaxBytesError](err)
	switch {
	case err == nil:
		_ = deadline.SetReadDeadline(time.Time{}) // not before: the server reads what is left of a body that was refused
		return body, nil
	case large:
		return nil, &refusedRequest{http.StatusRequestEntityTooLarge, payloadTooLarge, "The request body is too large."}
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.Header().Set("Connection", "close")
		return nil, &refusedRequest{http.StatusRequestTimeout, requestTimeout, "The request body took too long."}
	default:
		return nil, &refusedRequest{http.StatusBadRequest, badRequest, "The request body could not be read."}
	}
}

func (h *Webhook) record(ctx context.Context, e payment.Event) *refusedRequest {
	err := h.Record(ctx, e)
	refusal, refused := fault.As(err)
	if refused && !refusal.Code.Transient() {
		return &refusedRequest{http.StatusBadRequest, badRequest, "The event makes no sense."}
	}
	if err != nil {
		level := slog.LevelError
		if refused {
			level = slog.LevelWarn
		}
		if ctx.Err() == nil {
			h.Log.Log(ctx, level, "record payment event", "event", e.ID, "error", err)
		}
		return &refusedRequest{http.StatusServiceUnavailable, fault.Unavailable, "The service is busy. Try again."}
	}
	return nil
}

// refusedRequest is answered in the same form as a refused GraphQL request.
type refusedRequest struct {
	status  int
	code    fault.Code
	message string // without characters that JSON escapes
}

func (r *refusedRequest) write(w http.ResponseWriter) {
	head := w.Header()
	head.Set("Content-Type", "application/json; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	if r.status == http.StatusServiceUnavailable {
		head.Set("Retry-After", "1")
	}
	w.WriteHeader(r.status)
	_, _ = io.WriteString(w, `{"errors":[{"message":"`+r.message+`","extensions":{"code":"`+string(r.code)+`"}}]}`)
}
