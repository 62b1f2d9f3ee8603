package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport/guard"
)

// events is one operation served as server-sent events, the "distinct connections" mode of graphql-sse.
type events struct {
	server *Server
	ctx    context.Context
	cancel context.CancelCauseFunc
	w      http.ResponseWriter
	conn   *http.ResponseController

	mu     sync.Mutex
	broken error
}

func (s *Server) streamEvents(w http.ResponseWriter, r *http.Request, op *graphql.OperationContext) {
	user := s.auth.User(r.Context())
	if !s.connections.claim(eventStreamsOf(user), s.limits.EventStreamsPerUser) {
		s.refuse(w, r, guard.Refuse(TooManySubscriptions, http.StatusTooManyRequests, "Too many event streams are open."))
		return
	}
	defer s.connections.release(eventStreamsOf(user))
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	e := &events{server: s, ctx: ctx, cancel: cancel, w: w, conn: http.NewResponseController(w)}
	if !s.connections.add(e) {
		w.Header().Set("Retry-After", "1")
		s.refuse(w, r, guard.Refuse(fault.Unavailable, http.StatusServiceUnavailable, "The server is restarting."))
		return
	}
	defer s.connections.remove(e)
	if s.auth.CanEnd(ctx) {
		s.sessions.add(e)
		defer s.sessions.remove(e)
	}
	defer e.end()
	e.begin()
	s.keepAlives.add(e) // the first comment may come at once, and must not come before the head
	defer s.keepAlives.remove(e)
	e.run(op)
}

var errEnded = errors.New("the stream has ended")

// end waits for a write under way and allows no other, since the connection goes back to the HTTP server.
func (e *events) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.broken = errEnded
	_ = e.conn.SetWriteDeadline(time.Time{})
}

// eventStreamsOf is the key by which an account's event streams are counted, apart from its sockets.
func eventStreamsOf(user string) string {
	if user == "" {
		return ""
	}
	return "events of " + user
}

func (e *events) begin() {
	head := e.w.Header()
	head.Set("Content-Type", eventStream+"; charset=utf-8")
	head.Set("Cache-Control", "no-cache, no-store")
	head.Set("X-Accel-Buffering", "no")
	e.w.WriteHeader(http.StatusOK)
	e.put(":\n\n")
}

func (e *events) run(op *graphql.OperationContext) {
	link := &link{}
	defer link.close()
	ctx := link.within(e.ctx)
	e.deliver(ctx, op, link)
	reason := link.reason()
	if ctx.Err() != nil {
		reason = context.Cause(ctx)
	}
	closing, closes := errors.AsType[*CloseError](reason)
	_, refused := fault.As(reason)
	switch {
	case reason == nil:
	case closes && closing.retryable(), ctx.Err() != nil && !refused:
		return // without "complete" the client connects again, and resumes
	case closes:
		e.next(&graphql.Response{Errors: gqlerror.List{guard.Refuse(fault.Forbidden, http.StatusForbidden, closing.Reason)}})
	default:
		e.next(&graphql.Response{Errors: gqlerror.List{e.server.present(context.WithoutCancel(ctx), reason)}})
	}
	e.put("event: complete\ndata:\n\n")
}

func (e *events) deliver(ctx context.Context, op *graphql.OperationContext, link *link) {
	defer func() {
		if p := recover(); p != nil {
			e.next(&graphql.Response{Errors: gqlerror.List{e.server.panicked(ctx, p)}})
		}
	}()
	next, ctx := e.server.exec.DispatchOperation(ctx, op)
	for {
		link.wait(ctx)
		resp := next(ctx)
		if resp == nil || ctx.Err() != nil {
			return
		}
		e.next(resp)
		if op.Operation.Operation != ast.Subscription || (resp.Data == nil && len(resp.Errors) > 0) {
			return
		}
	}
}

func (e *events) next(resp *graphql.Response) {
	data, err := encode(resp)
	if err != nil {
		e.server.log.Error("encode event", "error", err)
		return
	}
	id := e.server.cursor(resp.Data)
	if id != "" && !strings.ContainsAny(id, "\r\n\x00") {
		id = "id: " + id + "\n"
	} else {
		id = ""
	}
	e.put(fmt.Sprintf("event: next\n%sdata: %s\n\n", id, data))
}

// put writes one event or comment, and ends the stream when the client doesn't take it in time.
func (e *events) put(text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.broken != nil {
		return
	}
	_ = e.conn.SetWriteDeadline(time.Now().Add(e.server.timing.Write))
	_, err := e.w.Write([]byte(text))
	if e.broken = errors.Join(err, e.conn.Flush()); e.broken != nil {
		e.cancel(e.broken)
	}
}

func (e *events) kind() string { return "event_stream" }

func (e *events) session() context.Context { return e.ctx }

func (e *events) revoke() { e.cancel(fault.New(fault.Forbidden, "The session has ended.")) }

func (e *events) askToReconnect() { e.cancel(&CloseError{CloseServiceRestart, "Service restart"}) }

func (e *events) abort() {
	e.cancel(context.Canceled)
	_ = e.conn.SetWriteDeadline(time.Now())
}
