package kitchen

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"

	"github.com/google/uuid"
)

// Versions are those of a board's open tickets.
type Versions map[uuid.UUID]int

// Set takes a ticket as it stands.
func (v Versions) Set(ticket uuid.UUID, version int, status Status) {
	if status.Closed() {
		delete(v, ticket)
		return
	}
	v[ticket] = version
}

// Digest is a hash of the tickets and their versions, the same on each board that has them: FNV-1a in 64 bits of a line for each
// ticket, in the order of their ids as text: the id, a blank and the version.
func (v Versions) Digest() string {
	hash := fnv.New64a()
	line := make([]byte, 0, 64)
	for _, id := range slices.SortedFunc(maps.Keys(v), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		line = append(append(line[:0], id.String()...), ' ')
		line = append(strconv.AppendInt(line, int64(v[id]), 10), '\n')
		hash.Write(line)
	}
	return fmt.Sprintf("%016x", hash.Sum64())
}
