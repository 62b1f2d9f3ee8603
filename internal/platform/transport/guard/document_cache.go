package guard

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// minWeight is what a document weighs at least, in bytes.
const minWeight = 2048

// documentCache holds documents up to a total weight in bytes; those used longest ago make room. The library bounds the number
// of entries alone, but documents differ in size by a factor of a thousand. Safe for concurrent use.
type documentCache struct {
	capacity int

	mu      sync.Mutex
	used    int
	entries *simplelru.LRU[string, weighedDocument]
}

type weighedDocument struct {
	document
	weight int
}

func newDocumentCache(capacity int) *documentCache {
	c := &documentCache{capacity: capacity}
	fit := max(capacity/minWeight, 1) // more entries don't fit, whatever they weigh
	c.entries, _ = simplelru.NewLRU(fit, func(_ string, evicted weighedDocument) { c.used -= evicted.weight })
	return c
}

func (c *documentCache) get(query string) (document, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.entries.Get(query)
	return found.document, ok
}

// add keeps the document of a query, unless it alone would fill a sixteenth of the cache or the query's document is there
// already.
func (c *documentCache) add(query string, doc document) {
	entry := weighedDocument{doc, weight(query)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if entry.weight > c.capacity/16 || c.entries.Contains(query) {
		return
	}
	c.entries.Add(query, entry)
	c.used += entry.weight
	for c.used > c.capacity {
		c.entries.RemoveOldest()
	}
}

// weight estimates the memory of a parsed document in bytes: its tree takes 40 to 100 times its text.
func weight(query string) int { return minWeight + 100*len(query) }
