package transport

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// proceed sends the results there are, and the operation's last message when there won't be more. It returns false if there
// are none for now: the source calls op.wake when there is another.
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

// deliver sends every result, and asks for the next one when the connection has taken the last: that holds back the source,
// which knows better what may be dropped. The errors that it returns ended the operation before it began.
func (op *operation) deliver() (errs gqlerror.List, over bool) {
	ctx := op.results
	for {
		if op.link.idle(ctx, op.wake) {
			return nil, false
		}
		resp := op.next(ctx)
		if resp == nil || ctx.Err() != nil {
			return nil, true //nolint:nilerr // the client has gone
		}
		if resp.Data == nil && len(resp.Errors) > 0 {
			return resp.Errors, true
		}
		payload, err := encode(resp)
		if err != nil {
			return gqlerror.List{op.socket.server.present(ctx, err)}, true
		}
		op.send(ctx, message{Type: "next", Payload: payload})
		if !op.isSubscription {
			return nil, true
		}
		op.socket.out.flush(ctx)
	}
}

func (op *operation) wake() {
	op.socket.start(func() { op.guarded(op.proceed) })
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
	op.socket.out.enqueue(ctx, data)
}
