package customer

import (
	"strings"
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
	// PerAccountHere is for one account from one network, and for one account on one device that it knows.
	PerAccountHere Limit
	// PerAccount is for one account from everywhere, known devices apart. It is far higher, or strangers could keep the account's
	// owner out.
	PerAccount Limit
	PerAddress Limit
}

// Limit allows Burst attempts at once and another one each Every. The zero Limit is none.
type Limit struct {
	Every time.Duration
	Burst int
}

// StandardAttemptLimits leave people who mistype alone: an account stands 10 wrong passwords from a network and then one each 30 s,
// and 500 from everywhere and then one each 20 s; a network 60 attempts, because many may share it, and then one each 2 s.
func StandardAttemptLimits() AttemptLimits {
	return AttemptLimits{
		PerAccountHere: Limit{Every: 30 * time.Second, Burst: 10},
		PerAccount:     Limit{Every: 20 * time.Second, Burst: 500},
		PerAddress:     Limit{Every: 2 * time.Second, Burst: 60},
	}
}

// maxTracked bounds the accounts and the addresses that are remembered, each: some 5 MB.
const maxTracked = 20_000

// Attempts counts attempts to sign in or up, in this process. An account that doesn't exist counts like one that does. Safe
// for concurrent use.
type Attempts struct {
	here      *buckets
	accounts  *buckets
	addresses *buckets
	clock     clock.Monotonic
}

// NewAttempts counts from nothing.
func NewAttempts(limits AttemptLimits, clock clock.Monotonic) *Attempts {
	return &Attempts{
		here: newBuckets(limits.PerAccountHere), accounts: newBuckets(limits.PerAccount), addresses: newBuckets(limits.PerAddress), clock: clock,
	}
}

// allow counts an attempt to sign in before its password is looked at, so that guesses sent at once don't slip through. A device
// in from is one that the account knows, and is counted by itself. Otherwise the network comes first and the account last: what
// is over one limit shall not use up the next.
func (a *Attempts) allow(email string, from Origin) error {
	if from.Device == "" {
		if err := a.AllowFrom(from.Address); err != nil {
			return err
		}
	}
	if !a.here.take(hereKey(email, from), a.clock()) {
		return tooMany()
	}
	if from.Device == "" && !a.accounts.take(text.Fold(email), a.clock()) {
		return tooMany()
	}
	return nil
}

func hereKey(email string, from Origin) string {
	if from.Device != "" {
		return text.Fold(email) + " on " + from.Device
	}
	return text.Fold(email) + " from " + clientaddr.Network(from.Address)
}

// AllowFrom counts an attempt by an address, whatever the account. It refuses with RATE_LIMITED one too many.
func (a *Attempts) AllowFrom(address string) error {
	if address != "" && !a.addresses.take(clientaddr.Network(address), a.clock()) {
		return tooMany()
	}
	return nil
}

func tooMany() *fault.Error {
	return fault.New(fault.RateLimited, "Too many attempts. Try again later.")
}

// succeeded forgives the account its owner's slips here. The network and the account stay counted: or else an attacker would sign
// in to an account of their own between guesses, or guess on after each time that the owner signs in.
func (a *Attempts) succeeded(email string, from Origin) { a.here.forget(hereKey(email, from)) }

// forget forgets an account that was deleted. What is counted from its networks stays until others take the room.
func (a *Attempts) forget(email string) {
	a.accounts.forget(text.Fold(email))
	for _, key := range a.here.byKey.Keys() {
		if strings.HasPrefix(key, text.Fold(email)+" ") {
			a.here.forget(key)
		}
	}
}

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
