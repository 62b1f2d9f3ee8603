package guard

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheCacheKeepsWithinItsBytes(t *testing.T) {
	t.Parallel()
	query := func(i int) string { return fmt.Sprintf("{ query%03d }", i) }
	each := weight(query(0))
	c := newDocumentCache(16 * each)
	for i := range 100 {
		c.add(query(i), document{})
		c.add(query(i), document{})
		_, kept := c.get(query(0))
		require.True(t, kept, "what is used stays")
	}

	require.Equal(t, 16, c.entries.Len())
	require.Equal(t, 16*each, c.used)
	_, old := c.get(query(50))
	require.False(t, old)

	c.add(query(0)+" ", document{})
	_, large := c.get(query(0) + " ")
	require.False(t, large, "one document may not push out all others")
}

// The library bounds the number of entries: however small documents are, the bytes must be the bound that is met.
func TestTheCacheTakesAsManyDocumentsAsFit(t *testing.T) {
	t.Parallel()
	c := newDocumentCache(100 * minWeight)
	for i := range 1000 {
		c.add(strings.Repeat(" ", i%4)+fmt.Sprint(i), document{})
	}

	require.LessOrEqual(t, c.used, c.capacity)
	require.Greater(t, c.used, c.capacity-weight("    1000"))
}
