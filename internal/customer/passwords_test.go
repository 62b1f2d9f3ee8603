package customer

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/fault"
)

func TestNobodysHashCostsWhatAnyHashCosts(t *testing.T) {
	t.Parallel()
	p := NewPasswords(1)
	hash, err := p.Hash(t.Context(), "correct horse")
	require.NoError(t, err)

	params, _, _, err := argon2id.DecodeHash(hash)
	require.NoError(t, err)
	nobodys, _, _, err := argon2id.DecodeHash(p.dummyHash)
	require.NoError(t, err)

	require.Equal(t, params, nobodys)
	require.Equal(t, &argon2id.Params{Memory: 19456, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}, params)
}

func TestVerify(t *testing.T) {
	t.Parallel()
	p := NewPasswords(1)
	hash, err := p.Hash(t.Context(), "correct horse")
	require.NoError(t, err)
	for _, c := range []struct {
		password, hash string
		want           bool
	}{
		{"correct horse", hash, true},
		{"wrong horse", hash, false},
		{"correct horse", "", false},
	} {
		same, err := p.Verify(t.Context(), c.password, c.hash)
		require.NoError(t, err)
		require.Equal(t, c.want, same)
	}
	_, err = p.Verify(t.Context(), "correct horse", "garbage")
	require.Error(t, err)
}

func TestHashesWaitForTheirTurnNoLongerThanTheirContext(t *testing.T) {
	t.Parallel()
	p := NewPasswords(1)
	done, err := p.acquireSlot(t.Context())
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()

	_, known := p.Verify(ctx, "correct horse", "any hash")
	_, unknown := p.Verify(ctx, "correct horse", "")
	_, fresh := p.Hash(ctx, "correct horse")

	for _, err := range []error{known, unknown, fresh} {
		require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
	}
	done()
	_, err = p.Hash(t.Context(), "correct horse")
	require.NoError(t, err)
}

func TestBucketsAreBoundedInMemory(t *testing.T) {
	t.Parallel()
	b := newBuckets(Limit{Every: time.Hour, Burst: 1})
	now := time.Duration(0)
	for i := range maxTracked + 100 {
		require.True(t, b.take(fmt.Sprint(i), now))
	}

	require.Equal(t, maxTracked, b.byKey.Len())
	require.False(t, b.take(fmt.Sprint(maxTracked+99), now), "the latest are remembered")
	require.True(t, b.take("0", now), "those used longest ago made room")
}

func TestAttemptsThatComeAtOnceShareABucket(t *testing.T) {
	t.Parallel()
	b, now := newBuckets(Limit{Every: time.Hour, Burst: 1}), time.Duration(0)
	for i := range 10_000 {
		key, start := fmt.Sprint(i), make(chan struct{})
		var allowed atomic.Int64
		var attempts sync.WaitGroup
		for range 8 {
			attempts.Go(func() {
				<-start
				if b.take(key, now) {
					allowed.Add(1)
				}
			})
		}
		close(start)
		attempts.Wait()

		require.EqualValues(t, 1, allowed.Load())
	}
}
