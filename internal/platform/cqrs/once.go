package cqrs

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
)

const (
	// lease is how long a claim keeps others away; a crash costs a repeated request at most this long.
	lease = 20 * time.Second
	// firstAnswerTimeout is how long a repeated request waits for the first request's answer before it is refused.
	firstAnswerTimeout = 10 * time.Second
)

// Intent is what a client wants done once, whatever the network does: its own key within an actor's scope.
type Intent struct {
	ActorID uuid.UUID
	Key     string
}

// Keyed is a command that names its intent. Its JSON form is what two requests are compared by (see Fingerprint), so what
// identifies neither the actor nor the request is left out of it.
type Keyed[C any] interface {
	Validator
	Intent() Intent
	// WithSubject returns the command with the id of what it creates. A second try gets the id of the first, finds
	// what that left and finishes it.
	WithSubject(id uuid.UUID) C
}

// Claim asks for the right to work on an intent.
type Claim struct {
	Intent
	Command     string
	RequestHash [sha256.Size]byte
	SubjectID   uuid.UUID
	At          time.Time
	LockedUntil time.Time
}

// Claimed is what became of a Claim.
type Claimed struct {
	// Acquired is true when the caller holds the claim until Claim.LockedUntil; SubjectID is then the id to use.
	Acquired  bool
	SubjectID uuid.UUID
	// RequestHash and Answer are those of the first request; Answer is nil while the request is being handled.
	RequestHash [sha256.Size]byte
	Answer      json.RawMessage
}

// Keys remembers intents and their answers.
type Keys interface {
	Claim(ctx context.Context, c Claim) (Claimed, error)
	// Answer stores the answer for good, if the claim is still the caller's; another request may have taken it over after
	// LockedUntil, and then it is stored false.
	Answer(ctx context.Context, c Claim, answer json.RawMessage) (stored bool, err error)
	// Release lets the next request try again at once. A claim that is no longer the caller's is left alone.
	Release(ctx context.Context, c Claim) error
}

// stored is how an answer is kept: a refusal is an answer too.
type stored[R any] struct {
	Answer  R            `json:"answer"`
	Refusal *fault.Error `json:"refusal,omitempty"`
}

// once lets one request of an intent through and gives its answer to all others. A fault, or a refusal that may pass, is
// no answer: the claim is released, and the next request does the work under the same id.
func once[C Keyed[C], R any](p Pipeline, name string, next Command[C, R]) HandlerFunc[C, R] {
	return func(ctx context.Context, cmd C) (R, error) {
		var none R
		if err := ValidKey(cmd.Intent().Key); err != nil {
			return none, err
		}
		hash, err := Fingerprint(cmd)
		if err != nil {
			return none, fmt.Errorf("hash %s: %w", name, err)
		}
		claim := Claim{Intent: cmd.Intent(), Command: name, RequestHash: hash, SubjectID: p.NewID()}
		for {
			claimed, err := acquireOrAnswer(ctx, p, &claim)
			if err != nil {
				return none, err
			}
			if !claimed.Acquired {
				var first stored[R]
				if err := json.Unmarshal(claimed.Answer, &first); err != nil {
					return none, fmt.Errorf("read stored answer of %s: %w", name, err)
				}
				return first.Answer, first.err()
			}
			claim.SubjectID = claimed.SubjectID
			answer, err := next.Handle(ctx, cmd.WithSubject(claim.SubjectID))
			if held, err := storeAnswer(ctx, p, claim, answer, err); held {
				return answer, err
			}
			// It took longer than the lease, and another request has taken over: its answer is the first.
		}
	}
}

// storeAnswer stores the outcome of the claim's request and returns it; held is false if another request has taken the claim
// over. It does so even if the client has gone, because the command has been run.
func storeAnswer[R any](ctx context.Context, p Pipeline, claim Claim, answer R, err error) (held bool, _ error) {
	ctx = context.WithoutCancel(ctx)
	refusal, refused := fault.As(err)
	if err != nil && (!refused || refusal.Code.Passing()) {
		release(ctx, p, claim, err)
		return true, err
	}
	document, err := json.Marshal(stored[R]{Answer: answer, Refusal: refusal})
	if err != nil {
		return true, fmt.Errorf("store answer of %s: %w", claim.Command, err)
	}
	held, err = p.Keys.Answer(ctx, claim, document)
	if err != nil {
		release(ctx, p, claim, err)
		return true, fmt.Errorf("store answer of %s: %w", claim.Command, err)
	}
	return held, stored[R]{Refusal: refusal}.err()
}

// release gives the claim back because of a fault. While the database is away the client need not wait for that.
func release(ctx context.Context, p Pipeline, claim Claim, because error) {
	if !p.Unavailable(because) {
		because = p.Keys.Release(ctx, claim)
	}
	if because != nil {
		p.Releaser.enqueue(claim)
	}
}

// err keeps a missing refusal from becoming a non-nil error.
func (s stored[R]) err() error {
	if s.Refusal == nil {
		return nil
	}
	return s.Refusal
}

// acquireOrAnswer claims the intent, or waits until the request that holds the claim has answered.
func acquireOrAnswer(ctx context.Context, p Pipeline, claim *Claim) (Claimed, error) {
	timeout := time.NewTimer(firstAnswerTimeout)
	defer timeout.Stop()
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, 200*time.Millisecond) {
		claim.At = p.Now()
		claim.LockedUntil = claim.At.Add(lease)
		claimed, err := p.Keys.Claim(ctx, *claim)
		switch {
		case err != nil:
			p.Releaser.enqueue(*claim) // it may have been taken all the same
			return Claimed{}, fmt.Errorf("claim %s: %w", claim.Command, err)
		case claimed.Acquired:
			return claimed, nil
		case claimed.RequestHash != claim.RequestHash:
			return Claimed{}, fault.New(fault.IdempotencyConflict, "This idempotency key was used for another request.").At("idempotencyKey")
		case claimed.Answer != nil:
			return claimed, nil
		}
		select {
		case <-ctx.Done():
			return Claimed{}, fmt.Errorf("wait for the first %s: %w", claim.Command, context.Cause(ctx))
		case <-timeout.C:
			return Claimed{}, fault.New(fault.IdempotencyConflict, "The first request with this idempotency key is still running; try again.").At("idempotencyKey")
		case <-time.After(pause):
		}
	}
}
