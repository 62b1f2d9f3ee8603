package postgres

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
	"golang.org/x/mod/semver"
)

// Migration is one file that changes tables.
type Migration struct {
	Number int64
	File   string
	// Contracts is the newest version of the program that can't work any more once the migration is applied; "" if it only
	// adds, and all can.
	Contracts string
}

var kind = regexp.MustCompile(`^-- (?:expands|contracts (v[0-9][^\s:]*)): \S`)

// Migrations lists those among files, in order. The first line of each must say what it is: "-- expands: what it adds" or
// "-- contracts v1.4.0: what it takes away".
func Migrations(files fs.FS) ([]Migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	all := make([]Migration, 0, len(names))
	for _, name := range names {
		m := Migration{File: name}
		if m.Number, err = goose.NumericComponent(name); err != nil {
			return nil, fmt.Errorf("read the number of migration %s: %w", name, err)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read migration %s: %w", name, err)
		}
		head, _, _ := strings.Cut(string(text), "\n")
		said := kind.FindStringSubmatch(head)
		if said == nil || said[1] != "" && !semver.IsValid(said[1]) {
			return nil, fmt.Errorf(`migration %s doesn't begin with "-- expands: <what>" or "-- contracts v<version>: <what>"`, name)
		}
		m.Contracts = said[1]
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Migration) int { return cmp.Compare(a.Number, b.Number) })
	for i := 1; i < len(all); i++ {
		if all[i].Number == all[i-1].Number {
			return nil, fmt.Errorf("migrations %s and %s have the same number", all[i-1].File, all[i].File)
		}
	}
	return all, nil
}

// Outdated tells whether a version of the program must not run once a migration that contracts another is applied: it is that
// one, an older one, or a build without a version.
func Outdated(version, contracts string) bool { return semver.Compare(version, contracts) <= 0 }
