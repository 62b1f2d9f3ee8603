package guard

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheCacheKeepsWithinItsBytes(t *testing.T) {
	t.Parallel()
	c := newLRU[int](1600)
	for i := range 100 {
		c.add(strconv.Itoa(i), i, 100)
		_, kept := c.get("0")
		require.True(t, kept, "what is used stays")
	}

	require.Len(t, c.entries, 16)
	require.Equal(t, 1600, c.used)
	_, old := c.get("50")
	require.False(t, old)

	c.add("large", 1, 101)
	_, large := c.get("large")
	require.False(t, large, "one entry may not push out all others")
}
