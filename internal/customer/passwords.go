package customer

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"

	"pizzeria/internal/platform/fault"
)

// patience is how long anyone waits for a turn at hashing: a flood of sign-ins must not pile up.
const patience = 5 * time.Second

// Passwords hashes and verifies by argon2id with 19 MiB of memory, two passes and one lane, only so many at once: an
// attacker who sends many passwords gets a queue, not the server's memory. Safe for concurrent use.
type Passwords struct {
	params argon2id.Params
	turns  chan struct{}
	nobody string
}

// NewPasswords lets atOnce hashes run at once, at least one; each takes 19 MiB and one processor.
func NewPasswords(atOnce int) *Passwords {
	p := &Passwords{
		params: argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		turns:  make(chan struct{}, max(atOnce, 1)),
	}
	p.nobody = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.params.Memory, p.params.Iterations, p.params.Parallelism,
		base64.RawStdEncoding.EncodeToString(make([]byte, p.params.SaltLength)),
		base64.RawStdEncoding.EncodeToString(make([]byte, p.params.KeyLength)))
	return p
}

// Hash returns the password's hash with a salt of its own. It fails with UNAVAILABLE if its turn doesn't come in time.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	done, err := p.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	hash, err := argon2id.CreateHash(password, &p.params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// Verify tells whether the hash is the password's. For "", the hash of nobody, it does the same work and says no. It
// fails with UNAVAILABLE if its turn doesn't come in time.
func (p *Passwords) Verify(ctx context.Context, password, hash string) (bool, error) {
	done, err := p.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	against := hash
	if hash == "" {
		against = p.nobody
	}
	same, err := argon2id.ComparePasswordAndHash(password, against)
	if err != nil {
		return false, fmt.Errorf("verify password: %w", err)
	}
	return same && hash != "", nil
}

func (p *Passwords) turn(ctx context.Context) (done func(), err error) {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case p.turns <- struct{}{}:
		return func() { <-p.turns }, nil
	case <-waiting.Done():
		return nil, fault.New(fault.Unavailable, "Too many people are signing in. Try again in a moment.")
	}
}
