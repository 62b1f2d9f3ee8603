package events

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"

	"pizzeria/internal/platform/fault"
)

// Why a cursor that is well formed can't be continued from.
var (
	ErrOtherDatabase = errors.New("the cursor is of another database")
	ErrFuture        = errors.New("the cursor is ahead of the database")
)

// Cursor is a position in the log: everything visible in one snapshot has been read, and within a batch also what is
// visible in a second, later one, up to a position. So every event has a cursor that continues exactly after it.
type Cursor struct {
	database identity
	seen     Snapshot
	// batch and position are zero at the end of a batch, where seen tells all.
	batch    Snapshot
	position int64
}

// identity stands for one database of one cluster on one timeline.
type identity [8]byte

const (
	cursorVersion = 1
	// maxCursor is several times what a database of a thousand running transactions can make, in characters.
	maxCursor = 16 << 10
)

// Encode returns the cursor as the API shows it: opaque and safe in a URL, some 30 characters unless many transactions
// were open.
func (c Cursor) Encode() string {
	out := append([]byte{cursorVersion}, c.database[:]...)
	out = appendSnapshot(out, c.seen)
	if c.within() {
		out = appendSnapshot(out, c.batch)
		out = binary.AppendUvarint(out, uint64(c.position))
	}
	return base64.RawURLEncoding.EncodeToString(out)
}

// Decode reads what Encode wrote. Anything else is refused with fault.BadUserInput at "after".
func Decode(text string) (Cursor, error) {
	refused := fault.New(fault.BadUserInput, "This is not a cursor of the live feed.").At("after")
	if len(text) > maxCursor {
		return Cursor{}, refused
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) < 1+len(identity{}) || raw[0] != cursorVersion {
		return Cursor{}, refused
	}
	var c Cursor
	in := reader{left: raw[1+copy(c.database[:], raw[1:]):]}
	c.seen = in.snapshot()
	if len(in.left) > 0 && !in.failed {
		c.batch = in.snapshot()
		c.position = int64(in.uvarint())
		in.failed = in.failed || c.position <= 0
	}
	if in.failed || len(in.left) > 0 || c.Encode() != text {
		return Cursor{}, refused
	}
	return c, nil
}

// Includes tells whether an event has been read at this position.
func (c Cursor) Includes(e Recorded) bool {
	return c.seen.Visible(e.XID) || c.within() && c.batch.Visible(e.XID) && e.Position <= c.position
}

// Covers tells whether a reader that goes on from here can't meet an event that the other cursor includes. False may also
// mean that it is not known.
func (c Cursor) Covers(other Cursor) bool {
	return !other.within() && c.seen.covers(other.seen)
}

// Since returns the cursor of an event for a reader who did not come the same way: they had read everything up to the
// cursor given, which must be the end of a batch, and after it only what it doesn't include.
func (c Cursor) Since(joined Cursor) Cursor {
	if !c.within() || c.Covers(joined) {
		return c
	}
	c.seen = joined.seen
	return c
}

func (c Cursor) within() bool { return c.position > 0 }

// latest is the newest snapshot that the cursor mentions.
func (c Cursor) latest() Snapshot {
	if c.within() {
		return c.batch
	}
	return c.seen
}

func appendSnapshot(out []byte, s Snapshot) []byte {
	out = binary.AppendUvarint(out, s.xmin)
	out = binary.AppendUvarint(out, s.xmax-s.xmin)
	out = binary.AppendUvarint(out, uint64(len(s.running)))
	last := s.xmin
	for _, xid := range s.running {
		out = binary.AppendUvarint(out, xid-last)
		last = xid
	}
	return out
}

// reader takes numbers from the front of what is left until something is wrong.
type reader struct {
	left   []byte
	failed bool
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.left)
	if size <= 0 {
		r.failed, r.left = true, nil
		return 0
	}
	r.left = r.left[size:]
	return n
}

func (r *reader) snapshot() Snapshot {
	s := Snapshot{xmin: r.uvarint()}
	s.xmax = s.xmin + r.uvarint() // an overflow fails the check
	count := r.uvarint()
	if count > uint64(len(r.left)) {
		r.failed = true
		return s
	}
	s.running = slices.Grow(s.running, int(count))
	last := s.xmin
	for range count {
		last += r.uvarint()
		s.running = append(s.running, last)
	}
	r.failed = r.failed || s.check() != nil
	return s
}
