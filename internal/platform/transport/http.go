package transport

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/transport/guard"
)

// serve answers GET and POST as the GraphQL-over-HTTP draft has it, or opens an event stream.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	media := negotiate(r.Header.Get("Accept"))
	if media == "" {
		s.refuse(w, r, guard.Refuse(NotAcceptable, http.StatusNotAcceptable, "Accept application/graphql-response+json, application/json or text/event-stream."))
		return
	}
	params, refusal := s.read(w, r)
	if refusal != nil {
		errs := gqlerror.List{s.exec.Refused(r.Context(), refusal)}
		s.answer(w, r, status(errs, media), errs)
		return
	}
	op, errs := s.exec.CreateOperationContext(r.Context(), params)
	if errs == nil {
		errs = transportErrors(w, r.Method, media, op.Operation.Operation)
	}
	if errs != nil {
		errs = s.exec.RefusedAll(r.Context(), errs)
		resp := s.exec.DispatchError(graphql.WithOperationContext(r.Context(), op), errs)
		s.answer(w, r, status(errs, media), resp.Errors)
		return
	}
	ctx, refusal := s.signIn(w, r)
	if refusal == nil {
		refusal = s.exec.Admit(ctx, guard.CostOf(op))
	}
	if refusal != nil {
		s.refuse(w, r, refusal)
		return
	}
	if media == eventStream {
		ctx = withLastEventID(ctx, r.Header.Get("Last-Event-ID"))
		s.streamEvents(w, r.WithContext(ctx), op)
		return
	}
	next, ctx := s.exec.DispatchOperation(ctx, op)
	resp := next(ctx)
	switch {
	case resp == nil: // the client has gone
	case resp.Data == nil && len(resp.Errors) > 0: // an extension refused to run it
		s.answer(w, r, status(resp.Errors, media), resp.Errors)
	case isData(resp): // not copied again
		s.writeData(w, r, media, op.Operation.Operation, []byte(dataBegins), append(resp.Data, dataEnds...))
	default:
		s.encode(w, media, http.StatusOK, resp)
	}
}

// writeData writes an answer that is nothing but data, compressed if that is worth it and may be.
func (s *Server) writeData(w http.ResponseWriter, r *http.Request, media string, kind ast.Operation, body ...[]byte) {
	if !compresses(kind) || sizeOf(body) < compressFrom {
		s.write(w, media, http.StatusOK, body...)
		return
	}
	w.Header().Add("Vary", "Accept-Encoding")
	if !acceptsGzip(r.Header) {
		s.write(w, media, http.StatusOK, body...)
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	s.compressor.compress(body, func(packed []byte) { s.write(w, media, http.StatusOK, packed) })
}

func sizeOf(pieces [][]byte) (bytes int) {
	for _, piece := range pieces {
		bytes += len(piece)
	}
	return bytes
}

// transportErrors refuses kinds of operation that the way they came in doesn't allow.
func transportErrors(w http.ResponseWriter, method, media string, kind ast.Operation) gqlerror.List {
	switch {
	case method == http.MethodGet && kind == ast.Mutation:
		w.Header().Set("Allow", "POST")
		return gqlerror.List{guard.Refuse(MethodNotAllowed, http.StatusMethodNotAllowed, "Send mutations by POST.")}
	case media == eventStream && kind == ast.Mutation:
		return gqlerror.List{guard.Refuse(ForbiddenTransport, http.StatusBadRequest, "Send mutations by POST and accept application/graphql-response+json.")}
	case media != eventStream && kind == ast.Subscription:
		return gqlerror.List{guard.Refuse(ForbiddenTransport, http.StatusBadRequest, "Subscribe by graphql-transport-ws, or accept text/event-stream.")}
	}
	return nil
}

// status is that of an answer without data.
func status(errs gqlerror.List, media string) int {
	refusal, ok := guard.RefusalOf(errs)
	switch {
	case ok && media == legacyJSON:
		return refusal.Legacy
	case ok:
		return refusal.Status
	case media == legacyJSON:
		return http.StatusOK
	default:
		return http.StatusBadRequest
	}
}

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, refusal *gqlerror.Error) {
	why, _ := guard.RefusalOf(gqlerror.List{refusal})
	s.answer(w, r, why.Status, gqlerror.List{refusal})
}

// answer sends errors alone: an answer to a request that was not executed has no data entry.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, code int, errs gqlerror.List) {
	s.metrics.refuse(errs)
	media := negotiate(r.Header.Get("Accept"))
	if media != legacyJSON {
		media = graphqlJSON
	}
	if refusal, ok := guard.RefusalOf(errs); ok && refusal.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(refusal.RetryAfter.Seconds()))))
	}
	s.encode(w, media, code, struct {
		Errors gqlerror.List `json:"errors"`
	}{errs})
}

func (s *Server) encode(w http.ResponseWriter, media string, code int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		s.log.Error("encode answer", "error", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	s.write(w, media, code, body)
}

// write sends a body, in pieces. It gives the client Timing.Write to take it: the server as a whole has no write timeout,
// since that would end event streams.
func (s *Server) write(w http.ResponseWriter, media string, code int, body ...[]byte) {
	head := w.Header()
	head.Set("Content-Type", media+"; charset=utf-8")
	head.Set("Content-Length", strconv.Itoa(sizeOf(body)))
	head.Set("Cache-Control", "no-store")
	head.Add("Vary", "Accept")
	conn := http.NewResponseController(w)
	_ = conn.SetWriteDeadline(time.Now().Add(s.timing.Write))
	w.WriteHeader(code)
	for _, piece := range body {
		_, _ = w.Write(piece) // a client that went away is no fault
	}
	_ = conn.Flush()
	_ = conn.SetWriteDeadline(time.Time{}) // the connection serves further requests
}
