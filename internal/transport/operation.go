package transport

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/fault"
	"pizzeria/internal/transport/guard"
)

// The codes of what is refused because much is open already: an operation of a socket, or an event stream; a socket.
const (
	TooManySubscriptions fault.Code = "TOO_MANY_SUBSCRIPTIONS"
	TooManySockets       fault.Code = "TOO_MANY_SOCKETS"
)

// operation is one subscribe message being served.
type operation struct {
	socket *socket
	id     string
	link   link
	ctx    context.Context
	cancel context.CancelFunc

	// Set when it starts to run.
	results context.Context // what they are computed in
	next    graphql.ResponseHandler
	many    bool
}

// maxID bounds an operation's id, in bytes: every message of the operation repeats it.
const maxID = 128

func (s *socket) subscribe(m message) *CloseError {
	if !s.acked {
		return &CloseError{CloseUnauthorized, "Unauthorized"}
	}
	params, refusal := parseParams(m.Payload)
	if m.ID == "" || len(m.ID) > maxID || refusal != nil || params.Query == "" {
		return &CloseError{CloseBadRequest, "Invalid message"}
	}
	now := graphql.Now()
	params.ReadTime = graphql.TraceTiming{Start: now, End: now}
	op := &operation{socket: s, id: m.ID}
	op.ctx, op.cancel = context.WithCancel(op.link.within(graphql.StartOperationTrace(s.ctx)))

	s.mu.Lock()
	_, duplicate := s.operations[m.ID]
	full := s.server.limits.PerSocket >= 0 && len(s.operations) >= s.server.limits.PerSocket
	if !duplicate && !full {
		s.operations[m.ID] = op
	}
	s.mu.Unlock()
	switch {
	case duplicate:
		op.cancel()
		return &CloseError{CloseDuplicate, "Subscriber already exists"}
	case full:
		op.fail(gqlerror.List{guard.Refuse(TooManySubscriptions, http.StatusTooManyRequests, "Too many operations run on this socket.")})
		op.cancel()
		return nil
	}
	s.work(func() { op.guarded(func() bool { return op.run(params) }) })
	return nil
}

// forget ends the operation with this id; if only is given, just that one, since the id may be in use again.
func (s *socket) forget(id string, only *operation) {
	s.mu.Lock()
	op := s.operations[id]
	known := op != nil && (only == nil || only == op)
	if known {
		delete(s.operations, id)
	}
	s.mu.Unlock()
	if known {
		op.stop()
	}
}

// stop is called without the socket's lock, which a source that wakes us needs.
func (op *operation) stop() {
	op.cancel()
	op.link.close()
}

// guarded does some of the operation's work, and forgets the operation if it is over then.
func (op *operation) guarded(work func() (over bool)) {
	over := true
	defer func() {
		if p := recover(); p != nil {
			op.fail(gqlerror.List{op.socket.server.panicked(op.ctx, p)})
		}
		if over {
			op.socket.forget(op.id, op)
		}
	}()
	over = work()
}

func (op *operation) run(params *graphql.RawParams) (over bool) {
	server := op.socket.server
	ctx := op.ctx
	created, errs := server.exec.CreateOperationContext(ctx, params)
	if errs == nil && created.Operation.Operation == ast.Mutation {
		errs = gqlerror.List{guard.Refuse(ForbiddenTransport, http.StatusBadRequest, "Send mutations by POST.")}
	}
	if errs != nil {
		op.fail(server.exec.DispatchError(graphql.WithOperationContext(ctx, created), errs).Errors)
		return true
	}
	if refusal := server.exec.Admit(ctx); refusal != nil {
		op.fail(gqlerror.List{refusal})
		return true
	}
	op.many = created.Operation.Operation == ast.Subscription
	op.next, op.results = server.exec.DispatchOperation(ctx, created)
	return op.proceed()
}

// proceed sends the results there are, and tells how it ended when there won't be more. It returns false if there are none
// for now: whoever has the next one has it called again.
func (op *operation) proceed() (over bool) {
	errs, over := op.deliver()
	if !over {
		return false
	}
	reason := op.link.reason()
	if closing, ok := errors.AsType[*CloseError](reason); ok {
		op.socket.close(closing)
		return true
	}
	if reason != nil {
		errs = gqlerror.List{op.socket.server.present(op.results, reason)}
	}
	if errs != nil {
		op.fail(errs)
		return true
	}
	op.finish(message{Type: "complete"})
	return true
}

// deliver sends every result, and asks for the next one when the connection has taken the last: that holds back whoever
// produces, who knows better what may be dropped. The errors that it returns ended the operation before it began.
func (op *operation) deliver() (errs gqlerror.List, over bool) {
	ctx := op.results
	for {
		if op.link.idle(ctx, op.wake) {
			return nil, false
		}
		resp := op.next(ctx)
		if resp == nil || ctx.Err() != nil {
			return nil, true //nolint:nilerr // whoever asked has gone: there is nobody to tell
		}
		if resp.Data == nil && len(resp.Errors) > 0 {
			return resp.Errors, true
		}
		payload, err := encode(resp)
		if err != nil {
			return gqlerror.List{op.socket.server.present(ctx, err)}, true
		}
		op.send(ctx, message{Type: "next", Payload: payload})
		if !op.many {
			return nil, true
		}
		op.socket.out.flush(ctx)
	}
}

func (op *operation) wake() {
	op.socket.work(func() { op.guarded(op.proceed) })
}

func (op *operation) fail(errs gqlerror.List) {
	op.socket.server.metrics.refuse(errs)
	payload, err := json.Marshal(errs)
	if err != nil {
		op.socket.server.log.Error("encode errors", "error", err)
		return
	}
	op.finish(message{Type: "error", Payload: payload})
}

// finish sends the operation's last message. An operation that was ended from outside has none: the client who ended it
// knows, and on a closing connection it would look like a normal end.
func (op *operation) finish(m message) {
	if op.ctx.Err() != nil {
		return
	}
	op.socket.forget(op.id, op) // the client may use the id again as soon as it has the message
	op.send(op.socket.ctx, m)
}

func (op *operation) send(ctx context.Context, m message) {
	m.ID = op.id
	data, err := json.Marshal(m)
	if err != nil {
		op.socket.server.log.Error("encode message", "error", err)
		return
	}
	op.socket.out.put(ctx, data)
}
