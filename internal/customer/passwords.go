package customer

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// hashQueueTimeout limits how long a request waits to hash a password: a flood of sign-ins must not pile up.
const hashQueueTimeout = 5 * time.Second

// Passwords hashes and verifies by argon2id with 19 MiB of memory, two passes and one lane, only so many at once: an
// attacker who sends many passwords gets a queue, not the server's memory. A password is composed (NFC) first, since keyboards
// differ in how they write an accent. Safe for concurrent use.
type Passwords struct {
	params    argon2id.Params
	slots     chan struct{}
	dummyHash string
}

// NewPasswords lets concurrency hashes run at once, at least one; each takes 19 MiB and one processor.
func NewPasswords(concurrency int) *Passwords {
	p := &Passwords{
		params: argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		slots:  make(chan struct{}, max(concurrency, 1)),
	}
	p.dummyHash = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.params.Memory, p.params.Iterations, p.params.Parallelism,
		base64.RawStdEncoding.EncodeToString(make([]byte, p.params.SaltLength)),
		base64.RawStdEncoding.EncodeToString(make([]byte, p.params.KeyLength)))
	return p
}

// Hash returns the password's hash with a salt of its own. It fails with UNAVAILABLE if no slot becomes free in time.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	release, err := p.acquireSlot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	hash, err := argon2id.CreateHash(text.NFC(password), &p.params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// Verify tells whether the hash is the password's. For "", which stands for an account that doesn't exist, it does the same
// work on a dummy hash and returns false. It fails with UNAVAILABLE if no slot becomes free in time.
func (p *Passwords) Verify(ctx context.Context, password, hash string) (bool, error) {
	release, err := p.acquireSlot(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	target := hash
	if hash == "" {
		target = p.dummyHash
	}
	same, err := argon2id.ComparePasswordAndHash(text.NFC(password), target)
	if err != nil {
		return false, fmt.Errorf("verify password: %w", err)
	}
	return same && hash != "", nil
}

func (p *Passwords) acquireSlot(ctx context.Context) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, hashQueueTimeout)
	defer cancel()
	select {
	case p.slots <- struct{}{}:
		return func() { <-p.slots }, nil
	case <-ctx.Done():
		return nil, fault.New(fault.Unavailable, "Too many people are signing in. Try again in a moment.")
	}
}
