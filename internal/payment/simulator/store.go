package simulator

import (
	"context"
	"errors"
)

// Store keeps the intents, the ledger and the answers given by key.
type Store interface {
	// Apply has decide change one intent and keeps the change with its answer, all or nothing; requests for one intent
	// wait for each other. A key that was answered before gets that answer again and decide isn't asked. It fails with
	// errNoIntent, and with errKeyReused if the key belongs to a request with another fingerprint.
	Apply(ctx context.Context, r Request, decide func(Intent) Change) (Answer, error)

	// Intent fails with errNoIntent if there is none.
	Intent(ctx context.Context, id string) (Intent, error)

	// Of gives the intent that was made with the attempt named in its metadata, or fails with errNoIntent.
	Of(ctx context.Context, attempt string) (Intent, error)

	// Waiting gives the id of the order's newest intent that waits for an action, or fails with errNoIntent.
	Waiting(ctx context.Context, orderID string) (string, error)

	// Entries gives an order's entries, oldest first, or everyone's for "".
	Entries(ctx context.Context, orderID string) ([]Entry, error)
}

// Request names what is asked: the idempotency key ("" for none), a digest of all that was sent, and the intent ("" to
// make one).
type Request struct {
	Key         string
	Fingerprint string
	IntentID    string
}

// Change is what a request does.
type Change struct {
	Intent   Intent  // as it is afterwards; without an id, none was made
	Entries  []Entry // to be added to the ledger
	Answer   Answer
	Happened string // the type of the event that tells of it, "" for none
	About    string // the refund that the event is about, "" if it is about the intent or its charge
}

// Answer is an HTTP answer with a JSON body. Replayed ones were given before.
type Answer struct {
	Status   int
	Body     []byte
	Replayed bool
}

var (
	errNoIntent  = errors.New("no such intent")
	errKeyReused = errors.New("key used for another request")
)
