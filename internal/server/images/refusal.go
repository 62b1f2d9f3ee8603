package images

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/requestid"
)

// refusal is answered in the form of a refused GraphQL request.
type refusal struct {
	Message    string     `json:"message"`
	Extensions extensions `json:"extensions"`
}

type extensions struct {
	Code      fault.Code `json:"code"`
	RequestID string     `json:"requestId,omitempty"` // of faults of ours, which are in the log
}

func statusOf(code fault.Code) int {
	switch code {
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case notAllowed:
		return http.StatusMethodNotAllowed
	case tookTooLong:
		return http.StatusRequestTimeout
	case tooLarge:
		return http.StatusRequestEntityTooLarge
	case unsupported:
		return http.StatusUnsupportedMediaType
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusBadRequest
	}
}

// fail answers with a refusal, or hides and logs a fault.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	told := refusal{"Something went wrong on our side.", extensions{"INTERNAL_SERVER_ERROR", requestid.FromContext(r.Context())}}
	status := http.StatusInternalServerError
	if refused, ok := fault.As(err); ok {
		told, status = refusal{refused.Message, extensions{Code: refused.Code}}, statusOf(refused.Code)
	} else {
		level := slog.LevelError
		if errors.Is(err, context.Canceled) { // the client has gone
			level = slog.LevelDebug
		}
		h.Log.Log(r.Context(), level, "image request failed", "error", err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	_ = answer(w, status, map[string]any{"errors": []refusal{told}}) // nothing in it can't be written
}
