package transport

import (
	"context"
	"fmt"
	"sync"
)

// The close codes of graphql-transport-ws, and two of RFC 6455 that its clients answer by connecting again.
const (
	CloseBadRequest     = 4400
	CloseUnauthorized   = 4401
	CloseForbidden      = 4403
	CloseSubprotocol    = 4406
	CloseInitTimeout    = 4408
	CloseDuplicate      = 4409
	CloseTooMany        = 4429
	CloseServiceRestart = 1012
	CloseTryAgainLater  = 1013
)

// CloseError ends the whole connection. A resolver returns it, or hands it to EndWith. With a code that clients retry
// (1001, 1012, 1013) they resume from their last cursor.
type CloseError struct {
	Code int
	// Reason is shown to the client; at most 123 bytes.
	Reason string
}

// Error implements error.
func (e *CloseError) Error() string { return fmt.Sprintf("close %d: %s", e.Code, e.Reason) }

func (e *CloseError) retryable() bool { return e.Code < 4000 }

// EndWith says why a subscription's channel is about to be closed: a *CloseError closes the connection, any other error
// ends this subscription with an error message. Without it, a closed channel is a normal end: complete. Call it with
// the resolver's context before closing the channel; the first call counts.
func EndWith(ctx context.Context, err error) {
	if l, ok := ctx.Value(linkKey{}).(*link); ok {
		l.end(err)
	}
}

type linkKey struct{}

// link carries what a subscription's resolver has to say to its transport: where its events come from, and why they end.
type link struct {
	mu     sync.Mutex
	source source // nil if there is only a channel
	closed bool
	err    error
}

func (l *link) within(ctx context.Context) context.Context {
	return context.WithValue(ctx, linkKey{}, l)
}

func (l *link) end(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
}

func (l *link) reason() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}
