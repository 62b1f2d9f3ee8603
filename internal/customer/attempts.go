package customer

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"pizzeria/internal/platform/clientaddr"
	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// AttemptLimits bound the guessing of passwords.
type AttemptLimits struct {
	PerAccount Limit
	PerAddress Limit
}

// Limit allows Burst attempts at once and another one each Every. The zero Limit is none.
type Limit struct {
	Every time.Duration
	Burst int
}

// StandardAttemptLimits leave people who mistype alone: an account stands 10 wrong passwords and then one each 30 s, an
// address 60 attempts, because many may share it, and then one each 2 s.
func StandardAttemptLimits() AttemptLimits {
	return AttemptLimits{
		PerAccount: Limit{Every: 30 * time.Second, Burst: 10},
		PerAddress: Limit{Every: 2 * time.Second, Burst: 60},
	}
}

// maxTracked bounds the accounts and the addresses that are remembered, each: some 5 MB.
const maxTracked = 20_000

// Attempts counts attempts to sign in or up, in this process. An account that doesn't exist counts like one that does. Safe
// for concurrent use.
type Attempts struct {
	accounts  *buckets
	addresses *buckets
	clock     clock.Monotonic
}

// NewAttempts counts from nothing.
func NewAttempts(limits AttemptLimits, clock clock.Monotonic) *Attempts {
	return &Attempts{accounts: newBuckets(limits.PerAccount), addresses: newBuckets(limits.PerAddress), clock: clock}
}

// allow counts an attempt to sign in before its password is looked at, so that guesses sent at once don't slip through.
// The address comes first: who is over that limit shall not use up the account's.
func (a *Attempts) allow(email, address string) error {
	if err := a.allowFrom(address); err != nil {
		return err
	}
	if !a.accounts.take(text.Fold(email), a.clock()) {
		return tooMany()
	}
	return nil
}

// allowFrom counts an attempt by an address, whatever the account.
func (a *Attempts) allowFrom(address string) error {
	if address != "" && !a.addresses.take(clientaddr.Network(address), a.clock()) {
		return tooMany()
	}
	return nil
}

func tooMany() *fault.Error {
	return fault.New(fault.RateLimited, "Too many attempts. Try again later.")
}

// succeeded forgives the account its owner's slips. The address stays counted: or else an attacker would sign in to an
// account of their own between guesses.
func (a *Attempts) succeeded(email string) { a.accounts.forget(text.Fold(email)) }

// buckets holds a limiter for each key; those used longest ago make room.
type buckets struct {
	limit Limit
	byKey *lru.Cache[string, *rate.Limiter]
}

func newBuckets(limit Limit) *buckets {
	byKey, _ := lru.New[string, *rate.Limiter](maxTracked) // it fails for no size above zero
	return &buckets{limit: limit, byKey: byKey}
}

func (b *buckets) take(key string, now time.Duration) bool {
	if b.limit == (Limit{}) {
		return true
	}
	bucket, ok := b.byKey.Get(key)
	if !ok {
		bucket = rate.NewLimiter(rate.Every(b.limit.Every), b.limit.Burst)
		if first, known, _ := b.byKey.PeekOrAdd(key, bucket); known { // another attempt was faster
			bucket = first
		}
	}
	return bucket.AllowN(time.Unix(0, 0).Add(now), 1)
}

func (b *buckets) forget(key string) { b.byKey.Remove(key) }
