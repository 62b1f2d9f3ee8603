package transport

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/transport/guard"
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
	results        context.Context // what they are computed in
	next           graphql.ResponseHandler
	isSubscription bool
}

// maxID bounds an operation's id, in bytes: every message of the operation repeats it.
const maxID = 128

func (s *socket) subscribe(m message) *CloseError {
	if !s.acked {
		return &CloseError{CloseUnauthorized, "Unauthorized"}
	}
	params, refusal := parseParams(m.Payload)
	if m.ID == "" || len(m.ID) > maxID || refusal != nil || (params.Query == "" && !namesDocument(params)) {
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
	s.start(func() { op.guarded(func() bool { return op.run(params) }) })
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
	if refusal := needsDocument(params); refusal != nil {
		op.fail(gqlerror.List{server.exec.Refused(ctx, refusal)})
		return true
	}
	created, errs := server.exec.CreateOperationContext(ctx, params)
	if errs == nil && created.Operation.Operation == ast.Mutation {
		errs = gqlerror.List{guard.Refuse(ForbiddenTransport, http.StatusBadRequest, "Send mutations by POST.")}
	}
	if errs != nil {
		errs = server.exec.RefusedAll(ctx, errs)
		op.fail(server.exec.DispatchError(graphql.WithOperationContext(ctx, created), errs).Errors)
		return true
	}
	if refusal := server.exec.Admit(ctx, guard.CostOf(created)); refusal != nil {
		op.fail(gqlerror.List{refusal})
		return true
	}
	op.isSubscription = created.Operation.Operation == ast.Subscription
	op.next, op.results = server.exec.DispatchOperation(ctx, created)
	return op.proceed()
}
