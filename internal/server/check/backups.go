package check

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// day is how old the newest backup may be: one of each day may be two hours late.
const day = 26 * time.Hour

// backups looks for the newest backup: a file, or the archive of Postgres's log.
func (s *shop) backups(ctx context.Context) []string {
	if s.config.Backups != "" {
		return s.backupFiles()
	}
	if s.pool == nil {
		return []string{silent}
	}
	var archives bool
	var last, failure *time.Time
	err := s.pool.QueryRow(ctx, `
		SELECT pg_catalog.current_setting('archive_mode') <> 'off', a.last_archived_time, a.last_failed_time
		FROM pg_catalog.pg_stat_archiver AS a`).Scan(&archives, &last, &failure)
	switch {
	case err != nil:
		return failed("the archive can't be asked", err)
	case !archives:
		return []string{"nothing is known of any: say by PIZZERIA_BACKUPS which files they leave, or have Postgres archive its log"}
	case last == nil:
		return []string{"Postgres has archived nothing of its log yet"}
	case failure != nil && failure.After(*last):
		return []string{"Postgres can't archive its log since " + failure.UTC().Format(time.RFC3339)}
	case s.now().Sub(*last) > day:
		return []string{"Postgres last archived its log " + age(s.now().Sub(*last))}
	}
	return nil
}

func (s *shop) backupFiles() []string {
	paths, err := filepath.Glob(s.config.Backups)
	if err != nil {
		return failed("PIZZERIA_BACKUPS is no pattern of files", err)
	}
	var newest time.Time
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	switch old := s.now().Sub(newest); {
	case newest.IsZero():
		return []string{fmt.Sprintf("there is no file %s", s.config.Backups)}
	case old > day:
		return []string{"the newest was made " + age(old)}
	}
	return nil
}

func age(of time.Duration) string { return fmt.Sprintf("%d hours ago", int(of.Hours())) }
