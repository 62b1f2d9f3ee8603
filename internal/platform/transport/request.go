package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport/guard"
)

// The codes of requests that never become an operation.
const (
	BadRequest         fault.Code = "BAD_REQUEST"
	BatchNotAllowed    fault.Code = "BATCH_NOT_ALLOWED"
	MethodNotAllowed   fault.Code = "METHOD_NOT_ALLOWED"
	NotAcceptable      fault.Code = "NOT_ACCEPTABLE"
	UnsupportedMedia   fault.Code = "UNSUPPORTED_MEDIA_TYPE"
	BodyTooLarge       fault.Code = "PAYLOAD_TOO_LARGE"
	RequestTimeout     fault.Code = "REQUEST_TIMEOUT"
	ForbiddenTransport fault.Code = "FORBIDDEN_TRANSPORT"
	// PersistedQuery tells clients that try persisted queries first to send the document itself, from then on.
	PersistedQuery fault.Code = "PERSISTED_QUERY_NOT_SUPPORTED"
)

// read takes the operation out of a GET or POST request.
func (s *Server) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *gqlerror.Error) {
	started := graphql.Now()
	var params *graphql.RawParams
	var err *gqlerror.Error
	switch r.Method {
	case http.MethodGet:
		params, err = fromURL(r.URL)
	case http.MethodPost:
		params, err = s.fromBody(w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		err = guard.Refuse(MethodNotAllowed, http.StatusMethodNotAllowed, "Use GET or POST.")
	}
	if err != nil {
		return nil, err
	}
	if err := needsDocument(params); err != nil {
		return nil, err
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: started, End: graphql.Now()}
	return params, nil
}

// needsDocument refuses a request without a document: one that names it by its hash in the words that clients know, since they
// send the document then.
func needsDocument(params *graphql.RawParams) *gqlerror.Error {
	switch {
	case params.Query != "":
		return nil
	case namesDocument(params):
		return guard.WrongDocument(PersistedQuery, "PersistedQueryNotSupported")
	}
	return malformed("The parameter query is missing.")
}

// namesDocument tells whether a request gives a document's hash.
func namesDocument(params *graphql.RawParams) bool { return params.Extensions["persistedQuery"] != nil }

func fromURL(u *url.URL) (*graphql.RawParams, *gqlerror.Error) {
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, malformed("The query string is malformed.")
	}
	params := &graphql.RawParams{Query: q.Get("query"), OperationName: q.Get("operationName")}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if given := q.Get(name); given != "" && decode(strings.NewReader(given), into) != nil {
			return nil, malformed("The parameter " + name + " must be a JSON object.")
		}
	}
	return params, nil
}

func (s *Server) fromBody(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *gqlerror.Error) {
	media, args, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != legacyJSON || !utf8Only(args) || r.Header.Get("Content-Encoding") != "" {
		return nil, guard.Refuse(UnsupportedMedia, http.StatusUnsupportedMediaType, "The request body must be application/json in UTF-8.")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.maxBody))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, guard.Refuse(BodyTooLarge, http.StatusRequestEntityTooLarge, "The request body is too large.")
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		w.Header().Set("Connection", "close")
		return nil, guard.Refuse(RequestTimeout, http.StatusRequestTimeout, "The request body took too long.")
	}
	if err != nil {
		return nil, malformed("The request body could not be read.")
	}
	return parseParams(body)
}

const noRequest = "The request body is not a GraphQL request in JSON."

// parseParams reads the request object of GraphQL over HTTP; the payload of a subscribe message is the same.
func parseParams(body []byte) (*graphql.RawParams, *gqlerror.Error) {
	if bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("[")) {
		return nil, guard.Refuse(BatchNotAllowed, http.StatusBadRequest, "Send one operation per request.")
	}
	var given *struct {
		Query         string          `json:"query"`
		OperationName string          `json:"operationName"`
		Variables     json.RawMessage `json:"variables"`
		Extensions    json.RawMessage `json:"extensions"`
	}
	if err := json.Unmarshal(body, &given); err != nil || given == nil {
		return nil, malformed(noRequest)
	}
	params := &graphql.RawParams{Query: given.Query, OperationName: given.OperationName}
	if given.Variables != nil && decode(bytes.NewReader(given.Variables), &params.Variables) != nil {
		return nil, malformed(noRequest)
	}
	if given.Extensions != nil && decode(bytes.NewReader(given.Extensions), &params.Extensions) != nil {
		return nil, malformed(noRequest)
	}
	return params, nil
}

// decode reads one JSON value and nothing after it.
func decode(from io.Reader, into any) error {
	d := json.NewDecoder(from)
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}

func malformed(message string) *gqlerror.Error {
	return guard.Refuse(BadRequest, http.StatusBadRequest, message)
}
