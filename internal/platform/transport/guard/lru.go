package guard

import (
	"container/list"
	"sync"
)

// lru holds values up to a total weight; those used longest ago make room.
type lru[V any] struct {
	mu       sync.Mutex
	capacity int
	used     int
	entries  map[string]*list.Element
	recent   *list.List
}

type entry[V any] struct {
	key    string
	value  V
	weight int
}

func newLRU[V any](capacity int) *lru[V] {
	return &lru[V]{capacity: capacity, entries: map[string]*list.Element{}, recent: list.New()}
}

func (c *lru[V]) get(key string) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if !ok {
		return value, false
	}
	c.recent.MoveToFront(e)
	return e.Value.(*entry[V]).value, true
}

// add keeps the value unless it alone would fill a sixteenth of the cache, or is there already. It returns what is kept.
func (c *lru[V]) add(key string, value V, weight int) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok {
		return e.Value.(*entry[V]).value
	}
	if weight > c.capacity/16 {
		return value
	}
	c.entries[key] = c.recent.PushFront(&entry[V]{key, value, weight})
	c.used += weight
	for c.used > c.capacity {
		oldest := c.recent.Back()
		gone := c.recent.Remove(oldest).(*entry[V])
		delete(c.entries, gone.key)
		c.used -= gone.weight
	}
	return value
}

// weight estimates the memory of a parsed document in bytes: its tree takes 40 to 100 times its text.
func weight(query string) int { return 2048 + 100*len(query) }
