package events

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/platform/fault"
)

func TestSnapshotReadsWhatPostgresWrites(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"1:1:", "100:100:", "100:104:", "100:104:100,102", "7:18446744073709551615:7,9"} {
		s, err := ParseSnapshot(text)
		require.NoError(t, err, text)
		require.Equal(t, text, s.String())
	}
}

func TestSnapshotRefusesAnythingElse(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", ":", "::", "1:2", "1:2:3:4", "0:1:", "2:1:", "1:x:", "-1:2:", "+1:2:", "01:2:", " 1:2:", "1:2: ", "1:2:,",
		"5:9:4", "5:9:9", "5:9:7,6", "5:9:6,6", "1:18446744073709551616:",
	} {
		_, err := ParseSnapshot(text)
		require.Error(t, err, text)
	}
}

func TestSnapshotShowsWhatHadCommitted(t *testing.T) {
	t.Parallel()
	s, err := ParseSnapshot("100:105:100,103")
	require.NoError(t, err)

	var visible []uint64
	for xid := uint64(98); xid < 108; xid++ {
		if s.Visible(xid) {
			visible = append(visible, xid)
		}
	}

	require.Equal(t, []uint64{98, 99, 101, 102, 104}, visible)
}

func TestSnapshotUpToNewestEventMeansTheSameForEvents(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := snapshots(50).Draw(t, "snapshot")
		written := rapid.SliceOf(rapid.Uint64Range(1, 120)).Draw(t, "transactions with events")
		newest := uint64(0)
		for _, xid := range written {
			if s.Visible(xid) {
				newest = max(newest, xid)
			}
		}

		short := s.upTo(newest)

		require.NoError(t, short.check())
		for _, xid := range written {
			require.Equal(t, s.Visible(xid), short.Visible(xid), "%s and %s on %d", s, short, xid)
		}
	})
}

func TestCursorSurvivesEncoding(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Cursor{seen: snapshots(math.MaxUint64/2).Draw(t, "seen")}
		copy(c.database[:], rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "database"))
		if rapid.Bool().Draw(t, "within a batch") {
			c.batch = snapshots(math.MaxUint64/2).Draw(t, "batch")
			c.position = rapid.Int64Range(1, math.MaxInt64).Draw(t, "position")
		}

		again, err := Decode(c.Encode())

		require.NoError(t, err)
		require.Equal(t, c.Encode(), again.Encode())
		require.Equal(t, c.seen.String(), again.seen.String())
		require.Equal(t, c.batch.String(), again.batch.String())
		require.Equal(t, c.position, again.position)
		require.Equal(t, c.database, again.database)
	})
}

func TestCursorIsShort(t *testing.T) {
	t.Parallel()
	c, err := ParseMoment("7301234567890123456/16384/00000001 81234500:81234567:81234500,81234510 81234566")
	require.NoError(t, err)
	require.LessOrEqual(t, len(c.Encode()), 30)
}

func TestMalformedCursorIsRefused(t *testing.T) {
	t.Parallel()
	whole := Cursor{seen: Snapshot{xmin: 5, xmax: 9, running: []uint64{5, 7}}, batch: Snapshot{xmin: 8, xmax: 10}, position: 3}.Encode()
	bad := []string{"", "garbage", "====", "AQ", whole + "A", whole + "=", strings.Repeat("A", maxCursor+1), "é", "\x00"}
	for i := 1; i < len(whole); i++ {
		if i != len(Cursor{seen: Snapshot{xmin: 5, xmax: 9, running: []uint64{5, 7}}}.Encode()) {
			bad = append(bad, whole[:i])
		}
	}
	for _, text := range bad {
		_, err := Decode(text)
		refusal, ok := fault.As(err)
		require.True(t, ok, text)
		require.Equal(t, fault.BadUserInput, refusal.Code)
		require.Equal(t, []string{"after"}, refusal.Path)
	}
}

func TestParseMomentRefusesAnythingElse(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a b", "a 1:2: 3 4", "a 1:x: 3", "a 1:2: x"} {
		_, err := ParseMoment(text)
		require.Errorf(t, err, "%q", text)
	}
}

// snapshots draws any snapshot whose numbers are at most about twice the limit.
func snapshots(limit uint64) *rapid.Generator[Snapshot] {
	return rapid.Custom(func(t *rapid.T) Snapshot {
		s := Snapshot{xmin: rapid.Uint64Range(1, limit).Draw(t, "xmin")}
		s.xmax = s.xmin + rapid.Uint64Range(0, limit).Draw(t, "length")
		if s.xmax > s.xmin {
			s.running = rapid.SliceOfN(rapid.Uint64Range(s.xmin, s.xmax-1), 0, 20).Draw(t, "running")
			slices.Sort(s.running)
			s.running = slices.Compact(s.running)
		}
		return s
	})
}
