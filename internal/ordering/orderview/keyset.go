package orderview

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/fault"
)

// key is an order's place in lists, newest first: by time placed, then by id. It stays where it is while others come
// and go, so a page after it is the same whatever was inserted before it.
type key struct {
	placedAt time.Time // microseconds, as Postgres keeps them
	id       uuid.UUID
}

// compare orders keys as Postgres does: by time, then by id.
func (k key) compare(other key) int {
	return cmp.Or(k.placedAt.Compare(other.placedAt), bytes.Compare(k.id[:], other.id[:]))
}

// encode makes the key an edge's cursor: 24 bytes, base64url.
func (k key) encode() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(k.placedAt.UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(append(b, k.id[:]...))
}

func decodeKey(cursor string) (key, error) {
	refused := fault.New(fault.BadUserInput, "This is no cursor of this list.").At("after")
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) != 24 {
		return key{}, refused
	}
	k := key{placedAt: time.UnixMicro(int64(binary.BigEndian.Uint64(b))).UTC(), id: uuid.UUID(b[8:])}
	if year := k.placedAt.Year(); year < 1 || year > 9999 { // no order is; Postgres would fail on the farthest
		return key{}, refused
	}
	return k, nil
}
