package guard

import (
	"errors"
	"net/http"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
)

// The codes of refusals, as `extensions.code` shows them.
const (
	ParseFailed           fault.Code = "GRAPHQL_PARSE_FAILED"
	ValidationFailed      fault.Code = "GRAPHQL_VALIDATION_FAILED"
	QueryTooLarge         fault.Code = "QUERY_TOO_LARGE"
	QueryTooDeep          fault.Code = "QUERY_TOO_DEEP"
	QueryTooComplex       fault.Code = "QUERY_TOO_COMPLEX"
	TooManyAliases        fault.Code = "TOO_MANY_ALIASES"
	IntrospectionDisabled fault.Code = "INTROSPECTION_DISABLED"
)

// Refusal says why an operation was not run. It is the cause (Unwrap) of the GraphQL error that the client sees.
type Refusal struct {
	Code fault.Code
	// Status is the HTTP status for application/graphql-response+json.
	Status int
	// Legacy is the HTTP status for application/json, in which a well-formed request is answered with 200 even if its
	// document is wrong.
	Legacy int
	// RetryAfter is how long a client over its rate has to wait; 0 otherwise.
	RetryAfter time.Duration
}

// Error implements error.
func (r *Refusal) Error() string { return string(r.Code) }

// RefusalOf finds the refusal among the errors of an answer.
func RefusalOf(errs gqlerror.List) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(errs, &r)
	return r, ok
}

// Refuse makes an error that carries its status for both media types. The message must not repeat the input.
func Refuse(code fault.Code, status int, message string) *gqlerror.Error {
	return explain(&Refusal{Code: code, Status: status, Legacy: status}, message)
}

// WrongDocument makes a request error in the sense of the GraphQL specification. The message must not repeat values.
func WrongDocument(code fault.Code, message string) *gqlerror.Error {
	return explain(&Refusal{Code: code, Status: http.StatusBadRequest, Legacy: http.StatusOK}, message)
}

func explain(r *Refusal, message string) *gqlerror.Error {
	return &gqlerror.Error{Err: r, Message: message, Extensions: map[string]any{"code": string(r.Code)}}
}
