package events

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Snapshot says which transactions had committed at one moment; Postgres's pg_snapshot. Of one database, any two are
// nested: what the earlier one shows, the later one shows as well.
type Snapshot struct {
	xmin, xmax uint64
	running    []uint64 // ascending, in [xmin, xmax)
}

// ParseSnapshot reads Postgres's text form, xmin:xmax:xip,xip..., and nothing that Postgres would not write.
func ParseSnapshot(text string) (Snapshot, error) {
	var s Snapshot
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return s, fmt.Errorf("snapshot has %d parts instead of 3", len(parts))
	}
	var err error
	if s.xmin, err = parseXID(parts[0]); err != nil {
		return Snapshot{}, err
	}
	if s.xmax, err = parseXID(parts[1]); err != nil {
		return Snapshot{}, err
	}
	if parts[2] != "" {
		for part := range strings.SplitSeq(parts[2], ",") {
			xid, err := parseXID(part)
			if err != nil {
				return Snapshot{}, err
			}
			s.running = append(s.running, xid)
		}
	}
	return s, s.check()
}

func parseXID(text string) (uint64, error) {
	xid, err := strconv.ParseUint(text, 10, 64)
	if err != nil || text[0] == '0' || text[0] == '+' {
		return 0, fmt.Errorf("%q is not a transaction id", text)
	}
	return xid, nil
}

func (s Snapshot) check() error {
	if s.xmin == 0 || s.xmax < s.xmin {
		return fmt.Errorf("snapshot ends at %d before it begins at %d", s.xmax, s.xmin)
	}
	last := s.xmin - 1
	for _, xid := range s.running {
		if xid <= last || xid >= s.xmax {
			return fmt.Errorf("transaction %d is out of place in a snapshot", xid)
		}
		last = xid
	}
	return nil
}

// String returns Postgres's text form.
func (s Snapshot) String() string {
	running := make([]string, len(s.running))
	for i, xid := range s.running {
		running[i] = strconv.FormatUint(xid, 10)
	}
	return fmt.Sprintf("%d:%d:%s", s.xmin, s.xmax, strings.Join(running, ","))
}

// Visible tells whether what the transaction wrote is in the snapshot, if it committed at all; the same as
// pg_visible_in_snapshot.
func (s Snapshot) Visible(xid uint64) bool {
	switch {
	case xid < s.xmin:
		return true
	case xid >= s.xmax:
		return false
	}
	_, running := slices.BinarySearch(s.running, xid)
	return !running
}

// covers tells whether everything visible in the other snapshot is visible in this one.
func (s Snapshot) covers(other Snapshot) bool {
	return s.xmax >= other.xmax && !slices.ContainsFunc(s.running, other.Visible)
}

// upTo forgets the transactions above the newest one that any visible event was written by. For events, those there are
// and those to come, the result means the same as the snapshot. But it is shorter, does not move while nothing happens,
// and survives a crash: Postgres may give an id anew if its transaction was rolled back just before, never one whose
// commit it has acknowledged.
func (s Snapshot) upTo(newest uint64) Snapshot {
	end, _ := slices.BinarySearch(s.running, newest+1)
	return Snapshot{xmin: min(s.xmin, newest+1), xmax: min(s.xmax, newest+1), running: s.running[:end:end]}
}
