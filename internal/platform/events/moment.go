package events

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
)

// momentSQL is what every cursor is made of: an expression that tells when and where the statement around it looks at the
// log. It has the cluster's identifier, the database's, that of the log's table (another one after a dump was restored in its
// place) and the timeline (another one begins when a standby takes over or a backup is recovered), the snapshot, and the
// transaction of the newest event in it, up to which a crash undoes nothing.
// It fails on a standby.
const momentSQL = `pg_catalog.format('%s/%s/%s/%s %s %s',
	(SELECT c.system_identifier FROM pg_catalog.pg_control_system() AS c),
	(SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()),
	'` + logTable + `'::regclass::oid,
	pg_catalog.left(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 8),
	pg_catalog.pg_current_snapshot(),
	coalesce((
		SELECT newest.xid::text FROM ` + logTable + ` AS newest
		WHERE newest.xid < pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())
		ORDER BY newest.xid DESC LIMIT 1
	), '0'))`

// moment is when and where a statement looked at the log.
type moment struct {
	database identity
	snapshot Snapshot // whole
	newest   uint64   // 0 if there is no event
}

func parseMoment(text string) (moment, error) {
	var m moment
	parts := strings.Fields(text)
	if len(parts) != 3 {
		return m, fmt.Errorf("read a moment of the log: %d parts instead of 3", len(parts))
	}
	sum := sha256.Sum256([]byte(parts[0]))
	copy(m.database[:], sum[:])
	var err error
	if m.snapshot, err = ParseSnapshot(parts[1]); err != nil {
		return m, fmt.Errorf("read a moment of the log: %w", err)
	}
	if m.newest, err = strconv.ParseUint(parts[2], 10, 64); err != nil {
		return m, fmt.Errorf("read a moment of the log: %w", err)
	}
	return m, nil
}

// cursor includes what Renumber makes of events, also where none of them can be seen yet.
func (m moment) cursor() Cursor {
	return Cursor{database: m.database, seen: m.snapshot.upTo(max(m.newest, firstXID))}
}

// accepts tells why a cursor can't be continued from here: ErrOtherDatabase or ErrFuture. A database that was put back
// to an earlier state has fewer transactions than the cursor.
func (m moment) accepts(c Cursor) error {
	switch {
	case c.database != m.database:
		return ErrOtherDatabase
	case c.latest().xmax > m.snapshot.xmax:
		return ErrFuture
	}
	return nil
}
