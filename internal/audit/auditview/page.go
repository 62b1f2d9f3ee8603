package auditview

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/readmodel"
)

// Page is a connection: some entries of the audit, and where they stand in it.
type Page struct {
	Nodes    []*Entry
	PageInfo readmodel.PageInfo
}

// Edge is an entry in the audit.
type Edge struct {
	Cursor string
	Node   *Entry
}

// Edges returns the page's entries with their cursors.
func (p *Page) Edges() []Edge {
	edges := make([]Edge, len(p.Nodes))
	for i, e := range p.Nodes {
		edges[i] = Edge{Cursor: e.key.encode(), Node: e}
	}
	return edges
}

// key is an entry's place in the audit: by time, and of what happened at the same time by the log's position.
type key struct {
	at       time.Time // microseconds, as Postgres keeps them
	position int64
}

// encode makes the key an edge's cursor: 16 bytes, base64url.
func (k key) encode() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(k.at.UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(b, uint64(k.position)))
}

func decodeKey(cursor string) (key, error) {
	refused := fault.New(fault.BadUserInput, "This is no cursor of this list.").At("after")
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) != 16 {
		return key{}, refused
	}
	k := key{at: time.UnixMicro(int64(binary.BigEndian.Uint64(b))).UTC(), position: int64(binary.BigEndian.Uint64(b[8:]))}
	if year := k.at.Year(); year < 1 || year > 9999 { // no entry is; Postgres would fail on the farthest
		return key{}, refused
	}
	return k, nil
}
